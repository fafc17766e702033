/** What the page knows, as the server told it last. Only messages and answers of the server change it. */
import { groupOf } from './roomview.js';

const RATES_KEPT = 60;
const SAMPLE_MS = 900;
const DONE_KEPT = 200;

/** The state of the page and whom to tell of changes. */
export class Store {
  #listeners = new Set();
  #sampledAt = 0;
  /** @type {Map<string, object>} by id, in the order of the settings */
  rooms = new Map();
  /** @type {Map<string, string>} group by room id */
  groups = new Map();
  /** @type {Map<string, number[]>} the last bytes a second by room id, at most 60 */
  rates = new Map();
  /** @type {Map<string, object>} by id */
  deliveries = new Map();
  /** @type {Map<string, object>} by root */
  storage = new Map();
  /** @type {Map<string, object>} by id */
  notices = new Map();
  /** @type {{version?: string, zone?: string}} */
  server = {};
  /** @type {import('./live.js').LiveState} */
  live = { phase: 'connecting', retryAt: null, heardAt: null };
  /** How many snapshots came; 0 means that nothing is known yet. */
  snapshots = 0;
  /** Rises when recordings are worth asking for again. */
  recordingsChanged = 0;

  /** @param {() => void} listener @returns {() => void} ends it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {object} message a snapshot or delta */
  apply(message) {
    if (message.type === 'snapshot') this.#startAfresh(message);
    for (const id of message.removed ?? []) this.#forget(id);
    for (const room of message.rooms ?? []) this.#keepRoom(room);
    for (const delivery of message.deliveries ?? []) this.deliveries.set(delivery.id, delivery);
    for (const root of message.storage ?? []) this.storage.set(root.root, root);
    for (const id of message.notices_gone ?? []) this.notices.delete(id);
    for (const id of message.deliveries_gone ?? []) this.deliveries.delete(id);
    for (const notice of message.notices ?? []) this.notices.set(notice.id, notice);
    if (message.recordings?.length) this.recordingsChanged++;
    this.#dropOldDeliveries();
    this.#sample(performance.now());
    this.#tell();
  }

  /** @param {object} room as a command answered it */
  keepRoom(room) {
    this.#keepRoom(room);
    this.#tell();
  }

  /** @param {object} delivery as a command answered it */
  keepDelivery(delivery) {
    this.deliveries.set(delivery.id, delivery);
    this.#tell();
  }

  /** @param {string} id */
  forgetRoom(id) {
    this.#forget(id);
    this.#tell();
  }

  /** @param {import('./live.js').LiveState} state */
  setLive(state) {
    this.live = state;
    this.#tell();
  }

  /** To be called about once a second: a rate that stays the same is news as well. */
  tick() {
    if (this.live.phase !== 'open' || performance.now() - this.#sampledAt < SAMPLE_MS) return;
    this.#sample(performance.now());
    if (this.rates.size) this.#tell();
  }

  #startAfresh(message) {
    const seen = new Set((message.rooms ?? []).map((room) => room.id));
    for (const id of this.groups.keys()) if (!seen.has(id)) this.#forget(id);
    this.rooms.clear();
    this.deliveries.clear();
    this.storage.clear();
    this.notices.clear();
    this.server = message.server ?? {};
    this.snapshots++;
    this.recordingsChanged++;
  }

  #keepRoom(room) {
    const before = this.rooms.get(room.id);
    if (before?.recording?.id !== room.recording?.id) this.recordingsChanged++;
    this.rooms.set(room.id, room);
    this.groups.set(room.id, groupOf(room.state, this.groups.get(room.id)));
  }

  #forget(id) {
    this.rooms.delete(id);
    this.groups.delete(id);
    this.rates.delete(id);
  }

  #sample(now) {
    if (now - this.#sampledAt < SAMPLE_MS) return;
    this.#sampledAt = now;
    for (const [id, room] of this.rooms) {
      if (!room.recording) this.rates.delete(id);
      else this.rates.set(id, [...(this.rates.get(id) ?? []), arriving(room.recording)].slice(-RATES_KEPT));
    }
  }

  #dropOldDeliveries() {
    const done = [...this.deliveries.values()].filter((each) => each.state === 'done');
    if (done.length <= DONE_KEPT) return;
    done.sort(newestFirst);
    for (const each of done.slice(DONE_KEPT)) this.deliveries.delete(each.id);
  }

  #tell() {
    this.#listeners.forEach((listener) => listener());
  }
}

/** Bytes a second that really arrive. @param {{receiving: boolean, bytes_per_second: number}} recording */
export const arriving = (recording) => (recording.receiving ? recording.bytes_per_second : 0);

/** Order for deliveries. */
export function newestFirst(a, b) {
  return b.created_at.localeCompare(a.created_at) || Number(b.id) - Number(a.id);
}

/** The page's one store. */
export const store = new Store();
