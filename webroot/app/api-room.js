/** What the place of one room asks for. */
import { send } from './api.js';

/** @param {string} id of a room @returns {Promise<{step_ms: number, received: (number | null)[], written: (number | null)[]}>} */
export const getRates = (id) => send('GET', `rooms/${encodeURIComponent(id)}/rates`);
