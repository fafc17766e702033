/** What a person wants of deliveries. */
import { send } from './api.js';

/** @param {string} id @param {'retry' | 'pause' | 'resume' | 'skip'} wish @returns {Promise<object>} the delivery as it stands then */
export const wishDelivery = (id, wish) => send('POST', `deliveries/${encodeURIComponent(id)}/${wish}`);

/** @returns {Promise<{count: number}>} how many are tried again */
export const retryDeliveries = () => send('POST', 'deliveries/retry');

/** @param {'pause' | 'resume'} wish for all sending @returns {Promise<{held_since: string | null}>} */
export const holdDeliveries = (wish) => send('POST', `deliveries/${wish}`);

/**
 * Delivers a recording to the targets that it has not gone to.
 * @param {string} id of the recording @param {boolean} again also to those that it has gone to
 * @returns {Promise<{count: number}>} how many deliveries wait because of it
 */
export const orderDeliveries = (id, again) => send('POST', `recordings/${encodeURIComponent(id)}/deliveries`, { again });
