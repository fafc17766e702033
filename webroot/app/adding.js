/** Adding rooms from pasted text. */
import { linksIn } from './api-adding.js';
import { t, tn } from './i18n.js';
import { errorText, say } from './say.js';

/**
 * Adds each room that the text names, one after the other, so that fifty of them do not meet a platform at once.
 * @param {string} text
 * @param {(link: string) => Promise<object>} add
 * @returns {Promise<{added: object[], already: object[], failed: {text: string, why: string}[], left: string}>} `left`
 *   is the text of the lines that failed
 */
export async function addText(text, add) {
  const { items, rest } = await linksIn(text);
  const result = { added: [], already: [], failed: [] };
  for (const { text: where, link } of items) {
    try {
      const room = await add(link);
      const known = room.already && ![...result.added, ...result.already].some((each) => each.id === room.id);
      if (known) result.already.push(room);
      if (!room.already) result.added.push(room);
    } catch (error) {
      result.failed.push({ text: where, why: errorText(error) });
    }
  }
  if (result.added.length === 1) say('success', t('add.added', { name: result.added[0].name }));
  if (result.added.length > 1) say('success', tn('add.added_many', result.added.length));
  const over = rest.split('\n').filter(Boolean);
  const left = [...result.failed.map((each) => each.text), ...over].join('\n');
  const tooMany = over.slice(0, 1).map((where) => ({ text: where, why: t('add.too_many', { most: items.length }) }));
  return { ...result, failed: [...result.failed, ...tooMany], left };
}
