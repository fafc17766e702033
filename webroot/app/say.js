/** Short messages to the person, shown by the toasts. */
import { tOr } from './i18n.js';

/** @typedef {{kind: 'success' | 'error' | 'info', text: string}} Message */

const listeners = new Set();

/** @param {(message: Message) => void} listener @returns {() => void} ends it */
export function onMessage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {Message['kind']} kind @param {string} text */
export function say(kind, text) {
  listeners.forEach((listener) => listener({ kind, text }));
}

/** @param {unknown} error */
export const sayError = (error) => say('error', errorText(error));

/** What went wrong, in the language shown if the page knows the error's key. @param {unknown} error */
export function errorText(error) {
  const detail = error?.detail ?? String(error?.message ?? error);
  return tOr(`error.${error?.key}`, { detail }, detail);
}
