/** Where somebody stopped watching, by recording; in this browser alone. */
const KEY = 'sluice.places';
const MOST = 200;

/** @param {string} id @returns {number | null} milliseconds in the recording */
export function keptPlace(id) {
  const found = read().find(([each]) => each === id);
  return found ? found[1] : null;
}

/** @param {string} id @param {number | null} ms null forgets it */
export function keepPlace(id, ms) {
  const others = read().filter(([each]) => each !== id);
  const all = ms === null ? others : [...others, [id, Math.round(ms)]];
  try {
    localStorage.setItem(KEY, JSON.stringify(all.slice(-MOST)));
  } catch {
    // Storage is switched off: the place is lost with the page.
  }
}

function read() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(all) ? all.filter((each) => Array.isArray(each) && Number.isFinite(each[1])) : [];
  } catch {
    return [];
  }
}
