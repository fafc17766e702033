/** The notices' part of the REST interface. */
import { send } from './api.js';

/** Hides a notice until its matter comes up anew. @param {string} id @returns {Promise<null>} */
export const dismissNotice = (id) => send('POST', `notices/${encodeURIComponent(id)}/dismiss`);
