/** The place shown, in the part of the address after `#`, so that the page works below any path. */

/** @typedef {{place: string, query: URLSearchParams}} Route */

/** @returns {Route} */
export function currentRoute() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  // Its name of before stays good for bookmarks.
  const place = path === 'recordings' ? 'broadcasts' : path || 'rooms';
  return { place, query: new URLSearchParams(query) };
}

/** @param {string} place @param {Record<string, string | null | undefined>} [query] @returns {string} an href */
export function linkTo(place, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  return given.length ? `#/${place}?${new URLSearchParams(given)}` : `#/${place}`;
}

/** Goes to a place as if its link had been clicked. */
export function go(place, query) {
  location.hash = linkTo(place, query);
}

/** Writes a filter into the address without a step in the history. */
export function keepInAddress(place, query) {
  history.replaceState(null, '', linkTo(place, query));
  dispatchEvent(new Event('hashchange'));
}
