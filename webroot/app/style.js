/** Styles of places that are fetched when they are first gone to. */
const loaded = new Map();

/**
 * Adds a style sheet to the page once, after the shell's own.
 * @param {string} path below `app/`, for example `places/storage.css`
 * @returns {Promise<void>} when it holds; rejected when it cannot be had
 */
export function useStyle(path) {
  if (!loaded.has(path)) loaded.set(path, fetched(path));
  return loaded.get(path);
}

function fetched(path) {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL(path, import.meta.url).href;
    link.onload = () => resolve();
    link.onerror = () => {
      loaded.delete(path);
      link.remove();
      reject(new Error(`${path} cannot be had`));
    };
    document.head.append(link);
  });
}
