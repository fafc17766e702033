/** Short messages to the person, shown by the toasts. */
import { tOr } from './i18n.js';

/** @typedef {{kind: 'success' | 'error' | 'info', text: string, act?: {words: string, run: () => void}}} Message */

const listeners = new Set();

/** @param {(message: Message) => void} listener @returns {() => void} ends it */
export function onMessage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {Message['kind']} kind @param {string} text @param {Message['act']} [act] a button, such as one that takes it back */
export function say(kind, text, act) {
  listeners.forEach((listener) => listener({ kind, text, act }));
}

/** @param {unknown} error */
export const sayError = (error) => say('error', errorText(error));

/** What went wrong, in the language shown if the page knows the error's key. @param {unknown} error */
export function errorText(error) {
  const detail = error?.detail ?? String(error?.message ?? error);
  return tOr(`error.${error?.key}`, { detail }, detail);
}
