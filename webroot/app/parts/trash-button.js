import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { ask } from './ask.js';
import { restoreRecording, trashRecording } from '../api-storage.js';
import { t, tOr, useTexts } from '../i18n.js';
import { say, sayError } from '../say.js';

await useTexts('storage');

/**
 * Puts a recording into the trash, with a way back in the toast; asks only where there is none, or where targets have not
 * confirmed it. Sends `trashed` with the id, which bubbles; the document gets `restored` when it was undone, for the row
 * and this button are gone by then.
 */
class TrashButton extends Part {
  static properties = { recording: { attribute: false }, busy: { state: true } };

  constructor() {
    super();
    /** @type {{id: string, room_name: string} | null} */
    this.recording = null;
    this.busy = false;
  }

  render() {
    const label = t('trash.put', { name: this.recording.room_name });
    return html`<button type="button" class="act bare" data-testid="btn-trash" title=${label} aria-label=${label} aria-disabled=${this.busy} @click=${this.#put}>${icon('trash')}</button>`;
  }

  async #put() {
    const { recording } = this;
    if (this.busy) return;
    this.busy = true; // not disabled: that would lose the focus
    try {
      const said = await putAway(recording);
      if (said === false) return;
      say('success', said ? words(said) : t('trash.done', { name: recording.room_name }), { words: t('trash.undo'), run: () => undo(recording.id) });
      this.dispatchEvent(new CustomEvent('trashed', { detail: recording.id, bubbles: true }));
    } catch (error) {
      sayError(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('sluice-trash-button', TrashButton);

/** What is to be said of it, null for nothing, false when the person thought better of it. */
async function putAway(recording, sure = {}) {
  try {
    return await trashRecording(recording.id, sure);
  } catch (error) {
    const more = { 'lock.delivery': 'force', 'trash.off': 'final' }[error.key];
    if (!more || sure[more]) throw error;
    const yes = await ask({
      title: t('trash.ask', { name: recording.room_name }),
      text: more === 'force' ? t('trash.ask_undelivered', { detail: error.detail }) : t('trash.ask_final'),
      yes: t('trash.yes'),
    });
    return yes ? putAway(recording, { ...sure, [more]: true }) : false;
  }
}

async function undo(id) {
  try {
    const said = await restoreRecording(id);
    say('info', said ? words(said) : t('trash.undone'));
    document.dispatchEvent(new CustomEvent('restored', { detail: id }));
  } catch (error) {
    sayError(error);
  }
}

/** What the server says of something that was done. @param {{key: string, detail: string}} said */
export const words = (said) => tOr(`storage.${said.key}`, { detail: said.detail }, said.detail);
