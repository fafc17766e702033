/** What deliveries mean for the page. No I/O. */
import { newestFirst } from './store.js';

/** All states of the API, the one that matters most first; it is also the order of the list. */
export const STATES = ['needs_you', 'retry', 'sending', 'waiting', 'paused', 'skipped', 'done'];

/** Nothing is to come of them by itself any more. */
const FINISHED = ['skipped', 'done'];

/** The folder says no more than the room's name beside it. @param {string} file */
export const baseName = (file) => file.slice(file.lastIndexOf('/') + 1);

/** The state of a file: that of its targets which matters most. @param {object[]} deliveries */
export const stateOf = (deliveries) => STATES.find((state) => deliveries.some((each) => each.state === state)) ?? 'done';

/**
 * One entry for each file, in the groups of the list.
 * @param {Iterable<object>} deliveries
 * @returns {{group: string, files: {key: string, deliveries: object[]}[]}[]} groups that hold something
 */
export function inGroups(deliveries) {
  const files = new Map();
  for (const each of [...deliveries].sort(newestFirst)) {
    const key = `${each.recording_id}/${each.file}`;
    files.set(key, [...(files.get(key) ?? []), each]);
  }
  const groups = new Map(STATES.filter((state) => state !== 'skipped').map((state) => [state, []]));
  for (const [key, all] of files) {
    const state = stateOf(all);
    groups.get(FINISHED.includes(state) ? 'done' : state).push({ key, deliveries: all.sort((a, b) => a.target.localeCompare(b.target)) });
  }
  return [...groups].filter(([, all]) => all.length).map(([group, all]) => ({ group, files: all }));
}
