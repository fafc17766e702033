/** Numbers, sizes, lengths and dates for people, in the language shown. */
import { locale, t } from './i18n.js';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param {number} bytes */
export function size(bytes) {
  let value = Number.isFinite(bytes) && bytes > 0 ? bytes : 0;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${number(value, { maximumSignificantDigits: 3 })} ${UNITS[unit]}`;
}

/** @param {number} bytesPerSecond */
export const rate = (bytesPerSecond) => `${size(bytesPerSecond)}/s`;

/** A running length: `1:02:03`. @param {number} ms */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor((ms || 0) / 1000));
  const two = (n) => String(n).padStart(2, '0');
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`;
}

/** A length in words, with its one or two largest units: `1.4 s`, `3 min 20 s`. @param {number} ms */
export function span(ms) {
  if (ms < 10_000) return unit('s', number(Math.max(0, ms) / 1000, { maximumFractionDigits: 1 }));
  if (ms < MINUTE) return unit('s', number(Math.round(ms / 1000)));
  if (ms < HOUR) return pair('min', ms / MINUTE, 's', (ms % MINUTE) / 1000);
  if (ms < DAY) return pair('h', ms / HOUR, 'min', (ms % HOUR) / MINUTE);
  return pair('d', ms / DAY, 'h', (ms % DAY) / HOUR);
}

/** Whole seconds, minutes or hours: for ages and countdowns. @param {number} ms */
export const age = (ms) => span(Math.max(0, Math.round(ms / 1000)) * 1000);

/** Date and time in the viewer's zone, without the date if it is today. @param {string} iso */
export function dateTime(iso) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '–';
  const today = when.toDateString() === new Date().toDateString();
  return today ? clockTime(when) : dates({ dateStyle: 'medium', timeStyle: 'short' }).format(when);
}

/** Time of day in the viewer's zone. @param {string | Date} when */
export const clockTime = (when) => dates({ timeStyle: 'short' }).format(new Date(when));

/** Whether clocks in two zones show the same now; zones of different names may. @param {string} a @param {string} b */
export function sameClock(a, b) {
  const now = new Date();
  const at = (timeZone) => new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(now);
  try {
    return a === b || at(a) === at(b);
  } catch {
    return false;
  }
}

/** @param {number} part @param {number} whole @returns {string} `42%`; never 100% before all of it is there */
export function percent(part, whole) {
  const share = whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(Math.floor(share * 100) / 100);
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export const number = (value, options) => new Intl.NumberFormat(locale(), options).format(value);

const formats = new Map();

/** Making one of these is slow, and 300 cards ask for the same two. */
function dates(options) {
  const key = locale() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), options));
  return formats.get(key);
}

const unit = (name, n) => t(`unit.${name}`, { n });

function pair(large, n, small, rest) {
  const second = Math.floor(rest);
  const first = unit(large, number(Math.floor(n)));
  return second > 0 ? `${first} ${unit(small, number(second))}` : first;
}
