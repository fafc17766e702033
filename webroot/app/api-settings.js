/** What the settings pages ask of the REST interface. */
import { search, send } from './api.js';

/** @typedef {{scope: 'global' | 'platform' | 'room', id: string}} Level whose settings; the id is a platform's name or a room's id */

const path = ({ scope, id }) => `settings/fields${search(scope === 'global' ? {} : { [scope]: id })}`;

/** @param {Level} level @returns {Promise<object>} `fields`, `etag`, `writable`; of the whole also `platforms`, `targets`, `webhooks` */
export const readFields = (level) => send('GET', path(level));

/**
 * @param {Level} level
 * @param {Record<string, unknown>} values by path; null goes back to what is inherited
 * @param {string} etag the state of the file that was edited
 * @returns {Promise<{applied: {key: string, when: string}[], etag: string}>}
 */
export const saveFields = (level, values, etag) => send('PATCH', path(level), values, { 'if-match': `"${etag}"` });

/** Sends one event to try it. @param {string} name @returns {Promise<{ok: boolean, status: number | null, error: string | null}>} */
export const testWebhook = (name) => send('POST', `webhooks/${encodeURIComponent(name)}/test`, {});
