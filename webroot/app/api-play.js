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

/** All files of a recording as one. @param {string} id */
export const joinedUrl = (id) => new URL(`recordings/${encodeURIComponent(id)}/joined.mp4`, API_BASE).href;

/**
 * Why a playlist or fragment was not to be had, in the server's words.
 * @param {string} url
 * @returns {Promise<{detail: string, key: string} | null>} null when it can be had by now, or nobody answers
 */
export async function whyNotPlayed(url) {
  const answer = await fetch(url, { cache: 'no-store' }).catch(() => null);
  return !answer || answer.ok ? null : answer.json().catch(() => null);
}
