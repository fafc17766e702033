/** What the buttons of a room's card do. */
import { changeRoom, commandRoom, removeRoom, restoreRoom } from './api.js';
import { t } from './i18n.js';
import { say, sayError } from './say.js';
import { store } from './store.js';

const SAID = { check: 'said.check', cut: 'said.cut' };

/** Carries out the `room-action` of cards, one at a time for each room. */
export class RoomActs {
  #changed;
  /** @type {Set<string>} ids of rooms with one under way */
  busy = new Set();

  /** @param {() => void} changed called when `busy` is another */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {{action: string, room: object, value?: string}} detail */
  async act({ action, room, value }) {
    if (action === 'remove') return this.#askToRemove(room);
    await this.#run(room, async () => {
      const mode = action === 'resume' ? 'record' : value;
      store.keepRoom(await (mode ? changeRoom(room.id, { mode }) : commandRoom(room.id, action)));
      if (SAID[action]) say('info', t(SAID[action], { name: room.name }));
    });
  }

  /** Seconds that are not recorded meanwhile cannot be brought back; all else can. */
  async #askToRemove(room) {
    if (!['recording', 'grace'].includes(room.state)) return this.#remove(room);
    const { ask } = await import('./parts/ask.js');
    const question = { title: t('remove.title', { name: room.name }), text: t('remove.recording'), yes: t('action.remove') };
    if (await ask(question)) await this.#remove(room);
  }

  #remove(room) {
    return this.#run(room, async () => {
      const left = await removeRoom(room.id);
      if (left) store.keepRoom(left);
      else store.forgetRoom(room.id);
      say('success', t('said.removed', { name: room.name }), { words: t('action.undo'), run: () => this.#restore(room) });
    });
  }

  #restore(room) {
    return this.#run(room, async () => {
      store.keepRoom(await restoreRoom(room.id));
      say('success', t('said.restored', { name: room.name }));
    });
  }

  async #run(room, work) {
    if (this.busy.has(room.id)) return;
    this.busy.add(room.id);
    this.#changed();
    try {
      await work();
    } catch (error) {
      sayError(error);
    } finally {
      this.busy.delete(room.id);
      this.#changed();
    }
  }
}
