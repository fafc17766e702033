/** Durations and sizes as the settings file has them, taken apart into a number and a unit, and put together. */

const MILLIS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'KiB', 'MiB', 'GiB', 'TiB'];

/** The units to choose from, from the small to the large. */
export const UNITS = { duration: ['ms', 's', 'm', 'h', 'd'], size: SIZES };

/**
 * @param {'duration' | 'size'} type
 * @param {string} text such as `1h30m` or `5GB`
 * @returns {{number: string, unit: string}} `90`, `m`; the whole text as the number where it cannot be read
 */
export function apart(type, text) {
  return (type === 'duration' ? durationApart(text) : sizeApart(text)) ?? { number: text, unit: type === 'duration' ? 's' : 'GB' };
}

/** The text for the file. @param {string} number @param {string} unit */
export const together = (number, unit) => (/^\d+$/.test(number.trim()) ? `${number.trim()}${unit === 'B' ? '' : unit}` : number.trim());

function durationApart(text) {
  const parts = [...text.matchAll(/(\d+)(ms|[smhd])/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return null;
  const millis = parts.reduce((sum, [, number, unit]) => sum + Number(number) * MILLIS[unit], 0);
  const last = parts.at(-1)[2];
  if (parts.length === 1) return { number: parts[0][1], unit: last };
  return { number: String(millis / MILLIS[last]), unit: last };
}

function sizeApart(text) {
  const [, number, word] = /^(\d+) ?([a-z]*)$/i.exec(text) ?? [];
  const unit = word === '' ? 'B' : SIZES.find((each) => each.toLowerCase() === word?.toLowerCase());
  return unit ? { number, unit } : null;
}
