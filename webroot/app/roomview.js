/** What a room's state means for the page: its group, its place in the list, its buttons, its sentence. No I/O. */
import { tOr } from './i18n.js';

/** All states of the API. */
export const ROOM_STATES = ['paused', 'waiting', 'unknown', 'live', 'starting', 'recording', 'grace', 'stopping', 'refused'];

/** The groups of the list, first one first. */
export const GROUPS = ['recording', 'trouble', 'live', 'waiting', 'paused'];

const SETTLED = {
  recording: 'recording',
  unknown: 'trouble',
  refused: 'trouble',
  grace: 'trouble',
  live: 'live',
  waiting: 'waiting',
  paused: 'paused',
};
const PASSING = { starting: 'waiting', stopping: 'recording' };

/**
 * The group of a state. A passing state keeps the group that the room had: a room that is asked every ten seconds must
 * not jump through the list each time.
 * @param {string} state
 * @param {string | undefined} before the room's group until now
 */
export function groupOf(state, before) {
  return SETTLED[state] ?? before ?? PASSING[state] ?? 'trouble';
}

/** The word that picks a state's colour. @param {string} state */
export const toneOf = (state) => SETTLED[state] ?? 'passing';

/**
 * Rooms in the order of the page: by group, and inside a group as the settings have them.
 * @param {object[]} rooms
 * @param {Map<string, string>} groups group by room id
 */
export function inOrder(rooms, groups) {
  const rank = (room) => GROUPS.indexOf(groups.get(room.id));
  return [...rooms].sort((a, b) => rank(a) - rank(b));
}

/** @param {object} room @param {string} words what was typed into the search box */
export function matches(room, words) {
  const text = `${room.name} ${room.platform} ${room.link} ${room.key}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/**
 * The commands that make sense now, the likeliest first.
 * @param {object} room
 * @returns {('start' | 'stop' | 'cut' | 'check' | 'resume')[]}
 */
export function actionsFor(room) {
  const stoppedByUser = room.reason_key === 'stopped.by_user';
  switch (room.state) {
    case 'recording':
      return ['stop', 'cut'];
    case 'starting':
      return ['stop'];
    case 'grace':
      return ['stop', 'check'];
    case 'stopping':
      return [];
    case 'paused':
      return room.record ? ['start'] : ['resume', 'start'];
    case 'live':
      return ['start', 'check'];
    default:
      return stoppedByUser ? ['start', 'check'] : ['check'];
  }
}

/** Why the room does not record, in the language shown. @param {object} room */
export function whyNot(room) {
  return tOr(`reason.${room.reason_key}`, room.reason_values, room.reason);
}

/** The first letter or sign of a name that can be seen, for the avatar. @param {string} name */
export function initial(name) {
  const found = String(name ?? '').match(/[\p{L}\p{N}\p{Extended_Pictographic}]/u);
  return found ? found[0].toUpperCase() : '#';
}

/** One of eight hues, the same for the same room each time. @param {string} id */
export function hue(id) {
  let sum = 0;
  for (const sign of String(id)) sum = (sum * 31 + sign.codePointAt(0)) % 1009;
  return sum % 8;
}

/** The host in a link, or null: query and user info may hold secrets and stay out of sight. @param {string} link */
export function hostOf(link) {
  try {
    return new URL(link).host || null;
  } catch {
    return null;
  }
}
