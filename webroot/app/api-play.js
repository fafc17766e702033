/** What the player asks for. */
import { API_BASE, send } from './api.js';

/** @param {string} id @returns {Promise<object>} a recording */
export const getRecording = (id) => send('GET', `recordings/${encodeURIComponent(id)}`);

/**
 * The playlist of a recording.
 * @param {string} id @param {boolean} live only the newest minutes, close behind what is being recorded
 */
export function playlistUrl(id, live) {
  const url = new URL(`recordings/${encodeURIComponent(id)}/play/master.m3u8`, API_BASE);
  if (live) url.searchParams.set('live', '1');
  return url.href;
}
