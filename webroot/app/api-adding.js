/** What the box that adds rooms asks for. */
import { send } from './api.js';

/**
 * What a text names; where it is few, with a look whether they are live.
 * @param {string} text @param {AbortSignal} signal ends it
 * @returns {Promise<{items: object[], rest: string}>}
 */
export const resolveText = (text, signal) => send('POST', 'rooms/resolve', { text }, {}, signal);

/** The same without a look. */
export const linksIn = (text) => send('POST', 'rooms/resolve', { text, look: false });
