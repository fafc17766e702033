/** Asks before a place with unsaved edits is left, by whatever way: link, key, the browser's own buttons. */

/**
 * @param {{dirty: () => boolean, ask: () => Promise<boolean>}} place `ask` answers whether to leave all the same
 * @returns {() => void} ends it
 */
export function guardLeaving({ dirty, ask }) {
  let here = location.href;
  const unload = (event) => {
    if (dirty()) event.preventDefault();
  };
  // Comes before hashchange: whoever listens to that then finds the address that was left back in its place.
  const popped = async () => {
    const there = location.href;
    if (there === here || !dirty()) return;
    history.pushState(null, '', here);
    if (await ask()) location.href = there;
  };
  const moved = () => (here = location.href);
  addEventListener('beforeunload', unload);
  addEventListener('popstate', popped);
  addEventListener('hashchange', moved);
  return () => {
    removeEventListener('beforeunload', unload);
    removeEventListener('popstate', popped);
    removeEventListener('hashchange', moved);
  };
}
