/** Adding rooms from pasted text. */
import { t, tn } from './i18n.js';
import { errorText, say } from './say.js';

/** More than this is no paste of links but a file gone astray. */
const MOST_LINES = 200;

// Share texts go on in Chinese right behind the link; no space separates them.
const LINK = /https?:\/\/[^\s<>"'`，。、；：！？（）【】《》「」『』“”]+/gi;

/**
 * The links in a text, each with the words it stood in. A line without an address (a bare number, a name) is taken
 * whole, for the server to judge.
 * @param {string} text
 * @returns {{text: string, link: string}[]}
 */
function linksIn(text) {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .flatMap(linksOfLine);
}

function linksOfLine(line) {
  const links = [...line.matchAll(LINK)].map(([link]) => link.replace(/[.,;:!?]+$/, ''));
  if (links.length === 0) return [{ text: line, link: line }];
  if (links.length === 1) return [{ text: line, link: links[0] }];
  return [...new Set(links)].map((link) => ({ text: link, link }));
}

/**
 * Adds each room that the text names, one after the other, so that fifty of them do not meet a platform at once.
 * @param {string} text
 * @param {(link: string) => Promise<object>} add
 * @returns {Promise<{added: object[], already: object[], failed: {text: string, why: string}[], left: string}>} `left`
 *   is the text of the lines that failed
 */
export async function addText(text, add) {
  const entries = linksIn(text);
  const result = { added: [], already: [], failed: [] };
  for (const entry of entries.slice(0, MOST_LINES)) {
    try {
      const room = await add(entry.link);
      const known = room.already && ![...result.added, ...result.already].some((each) => each.id === room.id);
      if (known) result.already.push(room);
      if (!room.already) result.added.push(room);
    } catch (error) {
      result.failed.push({ text: entry.text, why: errorText(error) });
    }
  }
  const over = entries.slice(MOST_LINES).map((entry) => ({ text: entry.text, why: t('add.too_many', { most: MOST_LINES }) }));
  if (result.added.length === 1) say('success', t('add.added', { name: result.added[0].name }));
  if (result.added.length > 1) say('success', tn('add.added_many', result.added.length));
  const left = [...result.failed, ...over].map((each) => each.text).join('\n');
  return { ...result, failed: [...result.failed, ...over.slice(0, 1)], left };
}
