/** The places of the page, in the order in which they are shown; all but home are fetched when first gone to. */
import { html } from 'lit';
import { useStyle } from './style.js';
import { useTexts } from './i18n.js';

/**
 * @typedef {object} Place
 * @property {() => Promise<unknown>} [fetch] brings its module, and what goes with it
 * @property {boolean} [aside] it has no tab of its own
 * @property {(query: object) => unknown} show its element; the custom element is `sluice-<name>`
 */

/** @type {Record<string, Place>} by the name in the address */
export const PLACES = {
  rooms: { show: (query) => html`<sluice-rooms .query=${query}></sluice-rooms>` },
  broadcasts: {
    fetch: () => useTexts('play').then(withOwn('broadcasts', () => import('./places/broadcasts.js'))),
    show: (query) => html`<sluice-broadcasts .query=${query}></sluice-broadcasts>`,
  },
  deliveries: {
    fetch: withOwn('deliveries', () => import('./places/deliveries.js')),
    show: (query) => html`<sluice-deliveries .query=${query}></sluice-deliveries>`,
  },
  storage: { fetch: withOwn('storage', () => import('./places/storage.js')), show: () => html`<sluice-storage></sluice-storage>` },
  settings: { fetch: () => import('./places/settings.js'), show: (query) => html`<sluice-settings .query=${query}></sluice-settings>` },
  room: { aside: true, fetch: withOwn('room', () => import('./places/room.js')), show: (query) => html`<sluice-room .query=${query}></sluice-room>` },
  play: { aside: true, fetch: withOwn('play', () => withOwn('broadcasts', () => import('./places/play.js'))()), show: (query) => html`<sluice-play .query=${query}></sluice-play>` },
  health: { aside: true, fetch: withOwn('health', () => import('./places/health.js')), show: () => html`<sluice-health></sluice-health>` },
  account: { aside: true, fetch: withOwn('account', () => import('./places/account.js')), show: () => html`<sluice-account></sluice-account>` },
  log: { aside: true, fetch: withOwn('log', () => import('./places/log.js')), show: (query) => html`<sluice-log .query=${query}></sluice-log>` },
};

/**
 * For a place with texts and styles of its own, `i18n/<name>.<language>.json` and `app/places/<name>.css`.
 * @param {string} name
 * @param {() => Promise<unknown>} load imports its module
 */
export function withOwn(name, load) {
  return () => Promise.all([useTexts(name), useStyle(`places/${name}.css`)]).then(load);
}

/** @param {string} name @returns {boolean} whether it can be shown at once */
export const isHere = (name) => Boolean(customElements.get(`sluice-${name}`));
