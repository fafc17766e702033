/** What the box that adds rooms asks for. */
import { send } from './api.js';

/**
 * What a text names.
 * @param {string} text @param {AbortSignal} signal ends it
 * @returns {Promise<{items: object[], more: boolean}>}
 */
export const resolveText = (text, signal) => send('POST', 'rooms/resolve', { text }, {}, signal);
