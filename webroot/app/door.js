/** The door of the page: fetched when somebody is to come in. */
import { knock } from './api.js';
import { setupState } from './api-door.js';
import { t, tOr, useTexts } from './i18n.js';
import { useStyle } from './style.js';

const CODE = /^#code=([\w-]+)$/;

/** Lets somebody in, by the code in the address or by asking. @returns {Promise<void>} when somebody is in */
export async function enter() {
  const code = takeCode();
  await Promise.all([useTexts('door'), useStyle('places/door.css')]);
  if ((await setupState()).state === 'needed') return ask('sluice-first-start', { code }, import('./places/first-start.js'));
  const trouble = code ? await redeem(code) : '';
  if (trouble !== null) await ask('sluice-sign-in', { trouble }, import('./places/sign-in.js'));
}

/** The code is good for one use and nobody else's business: it leaves the address at once. */
function takeCode() {
  const code = CODE.exec(location.hash)?.[1] ?? '';
  if (location.hash.startsWith('#code=')) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

/** @returns {Promise<string | null>} why not; null when it signed in */
async function redeem(code) {
  try {
    await knock('session', { code });
    return null;
  } catch (error) {
    return reason(error);
  }
}

/** In the language shown. @param {import('./api.js').ApiError} error */
export const reason = (error) => tOr(`error.${error.key}`, {}, error.detail ?? error.message ?? t('door.failed'));

async function ask(name, values, module) {
  await module;
  const element = Object.assign(document.createElement(name), values);
  document.body.append(element);
  await new Promise((resolve) => element.addEventListener('entered', resolve, { once: true }));
  element.remove();
}
