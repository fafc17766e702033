/** What the page makes of a recording before showing it. No I/O. */
import { tOr } from './i18n.js';

/** The cause of a gap in the language shown; a cause that the page does not know stays as it is. @param {string} cause */
export function causeText(cause) {
  return tOr(`cause.${String(cause).toLowerCase().replace(/[^a-z0-9]+/g, '_')}`, {}, cause);
}

/**
 * A listed recording with the numbers that the live connection has of it, which are younger.
 * @param {object} recording
 * @param {object | undefined} room the room it is of, if it is still watched
 */
export function withLiveNumbers(recording, room) {
  const now = room?.recording;
  if (!now || now.id !== recording.id) return recording;
  return { ...recording, bytes: now.bytes, duration_ms: now.duration_ms };
}

/** Tones of a recording's states. */
export const RECORDING_TONES = { recording: 'recording', interrupted: 'trouble', done: 'done' };
