/**
 * One timer for everything on the page that counts seconds, and the server's idea of the time: a viewer's clock that is
 * wrong must not turn "next look in 23 s" into nonsense.
 */
const listeners = new Set();
let timer = 0;
let offsetMs = 0;

/**
 * Calls back about once a second until the returned function is called.
 * @param {() => void} listener
 * @returns {() => void} ends it
 */
export function everySecond(listener) {
  listeners.add(listener);
  if (!timer) timer = setInterval(() => listeners.forEach((each) => each()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = 0;
    }
  };
}

/** @param {string | undefined} at the server's present time, ISO 8601 */
export function heardServerTime(at) {
  const ms = Date.parse(at ?? '');
  if (!Number.isNaN(ms)) offsetMs = ms - Date.now();
}

/** @returns {number} the server's present time as far as known, in milliseconds since 1970 */
export function serverNow() {
  return Date.now() + offsetMs;
}
