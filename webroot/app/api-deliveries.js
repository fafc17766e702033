/** What a person wants of deliveries. */
import { send } from './api.js';

/** @param {string} id @returns {Promise<object>} the delivery, which waits for its turn now */
export const retryDelivery = (id) => send('POST', `deliveries/${encodeURIComponent(id)}/retry`);
