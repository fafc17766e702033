/** The page's two languages. Texts are flat JSON files with the same keys; `{name}` stands for a value. */
const KEY = 'sluice.lang';
const LANGS = ['zh', 'en'];
const listeners = new Set();
/** Bundles beside the shell's own: the name of each place that was gone to. */
const bundles = new Set();
let lang = 'en';
let texts = {};

/** @returns {'zh' | 'en'} the language shown */
export const currentLang = () => lang;

/** @returns {string} the locale for Intl */
export const locale = () => (lang === 'zh' ? 'zh-CN' : 'en');

/**
 * Calls back after each change of the language, until the returned function is called.
 * @param {() => void} listener
 * @returns {() => void}
 */
export function onLangChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Loads the remembered language, or else the browser's. */
export function startI18n() {
  return setLang(remembered() ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'));
}

/**
 * Changes the language without a reload.
 * @param {'zh' | 'en'} next
 * @returns {Promise<void>} rejected when its texts cannot be had; the old language then stays
 */
export async function setLang(next) {
  const files = [next, ...[...bundles].map((name) => `${name}.${next}`)];
  texts = Object.assign({}, ...(await Promise.all(files.map(load))));
  lang = next;
  document.documentElement.lang = locale();
  remember(next);
  listeners.forEach((listener) => listener());
}

/**
 * Adds the texts of a place that is fetched when it is first gone to, `i18n/<name>.<language>.json`; they follow the
 * language from then on.
 * @param {string} name
 * @returns {Promise<void>} rejected when its texts cannot be had
 */
export async function useTexts(name) {
  if (bundles.has(name)) return;
  const shown = lang;
  const more = await load(`${name}.${shown}`);
  // The language was changed meanwhile: those words would stand between the others.
  if (shown !== lang) return useTexts(name);
  texts = { ...texts, ...more };
  bundles.add(name);
}

async function load(name) {
  const answer = await fetch(new URL(`../i18n/${name}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`i18n/${name}.json: ${answer.status}`);
  return answer.json();
}

/**
 * The text for a key; the key itself when there is none, so that a slip is seen.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  return has(key) ? fill(texts[key], values) : key;
}

/**
 * The text for a number of things: `<key>.one` or `<key>.other`, with `{n}`.
 * @param {string} key
 * @param {number} n
 */
export function tn(key, n) {
  const form = new Intl.PluralRules(locale()).select(n) === 'one' ? 'one' : 'other';
  return t(`${key}.${form}`, { n: new Intl.NumberFormat(locale()).format(n) });
}

/**
 * The text for a key that the server chose, or its English sentence when this page does not know the key.
 * @param {string} key
 * @param {Record<string, unknown> | null | undefined} values
 * @param {string | null | undefined} otherwise
 */
export function tOr(key, values, otherwise) {
  return has(key) ? fill(texts[key], values ?? {}) : (otherwise ?? '');
}

const has = (key) => Object.hasOwn(texts, key);

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? plain(values[name]) : whole));
}

/** Marks that turn the direction of writing would reach beyond the value into our own words. */
function plain(value) {
  return String(value).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function remembered() {
  try {
    const stored = localStorage.getItem(KEY);
    return LANGS.includes(stored) ? stored : null;
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // Storage is switched off: the choice then lasts as long as the page.
  }
}
