/** Adding rooms from pasted text. */
import { errorText } from './say.js';

/** More than this is no paste of links but a file gone astray. */
export const MOST_LINES = 200;

// Share texts go on in Chinese right behind the link; no space separates them.
const LINK = /https?:\/\/[^\s<>"'`，。、；：！？（）【】《》「」『』“”]+/gi;

/**
 * The links in a text, each with the words it stood in. A line without an address (a bare number, a name) is taken
 * whole, for the server to judge.
 * @param {string} text
 * @returns {{text: string, link: string}[]}
 */
export function linksIn(text) {
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
 * Adds each link, one after the other, so that fifty of them do not meet a platform at once.
 * @param {{text: string, link: string}[]} entries
 * @param {(link: string) => Promise<object>} add
 * @returns {Promise<{added: object[], already: object[], failed: {text: string, why: string}[]}>}
 */
export async function addAll(entries, add) {
  const result = { added: [], already: [], failed: [] };
  for (const entry of entries.slice(0, MOST_LINES)) {
    try {
      const room = await add(entry.link);
      (room.already ? result.already : result.added).push(room);
    } catch (error) {
      result.failed.push({ text: entry.text, why: errorText(error) });
    }
  }
  return result;
}
