/** Settings in the words of the language shown. */
import { currentLang, t } from './i18n.js';

/** A value as text. @param {object} field a row of the field table @param {unknown} value */
export function valueWords(field, value) {
  if (value === null || value === undefined || value === '') return t('settings.nothing');
  if (value === 'off') return t('settings.off');
  if (Array.isArray(value)) return value.length ? value.join(t('mark.comma')) : t('settings.nothing');
  if (field.type === 'switch') return t(value === 'true' ? 'settings.yes' : 'settings.no');
  if (field.key === 'rooms[].mode') return t(`settings.mode.${value}`);
  if (typeof value === 'object') return Object.keys(value).length ? Object.keys(value).join(t('mark.comma')) : t('settings.nothing');
  return String(value);
}

const WHENS = ['now', 'next_segment', 'next_broadcast', 'next_start'];

/**
 * What a save came to, one line for each moment at which something takes effect.
 * @param {{key: string, when: string}[]} applied keys as they stand in the whole file
 * @param {object[]} fields of the level that was saved
 * @returns {string[]}
 */
export function appliedWords(applied, fields) {
  const named = ({ key }) => {
    const path = key.replace(/^(rooms\[\d+\]|platforms\.[^.]+)\./, '');
    return fields.find((each) => each.path === path)?.label[currentLang()] ?? key;
  };
  return WHENS.map((when) => [when, applied.filter((each) => each.when === when)])
    .filter(([, some]) => some.length)
    .map(([when, some]) => t(`settings.applied.${when}`, { names: [...new Set(some.map(named))].join(t('mark.comma')) }));
}
