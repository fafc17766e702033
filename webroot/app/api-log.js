/** The log's part of the REST interface. */
import { search, send } from './api.js';

/**
 * @param {{level?: string, room?: string | null, text?: string, before?: string | null, after?: string | null, limit?: number}} query
 * @returns {Promise<{items: object[], next: string | null, newest: string}>} newest first
 */
export const listLog = (query) => send('GET', `log${search(query)}`);
