import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { ask } from './ask.js';
import { words } from './trash-button.js';
import { removeFromTrash, restoreRecording } from '../api-storage.js';
import { dateTime, size } from '../format.js';
import { t, useTexts } from '../i18n.js';
import { say, sayError } from '../say.js';

await useTexts('storage');

/** One recording in the trash, with the way back and the way out. Sends `left` with the id when it is there no more. */
class TrashRow extends Part {
  static properties = { recording: { attribute: false }, busy: { state: true } };

  constructor() {
    super();
    /** @type {object | null} an item of the API's trash */
    this.recording = null;
    this.busy = false;
  }

  render() {
    const { recording } = this;
    const moving = recording.state !== 'trashed';
    return html`<div class="trashed" data-testid="trash-row" data-recording-id=${recording.id}>
      <div><p class="going-name"><bdi>${recording.room_name}</bdi>${recording.title ? html` <bdi class="quiet">${recording.title}</bdi>` : nothing}
          <span class="quiet">${dateTime(recording.started_at)} · ${size(recording.bytes)}</span></p>
        <p class="quiet">${moving ? t(`trash.state.${recording.state}`) : t('trash.until', { time: dateTime(recording.removed_after) })} · ${t(`trash.by.${recording.cause}`)}</p></div>
      <div class="card-ends">
        <button type="button" class="act" data-testid="btn-restore" aria-disabled=${this.busy} @click=${() => this.#do(restoreRecording, 'trash.undone')}>${icon('retry')}${t('trash.restore')}</button>
        <button type="button" class="act bare" data-testid="btn-remove" title=${t('trash.remove')} aria-label=${t('trash.remove')} aria-disabled=${this.busy} @click=${this.#remove}>${icon('trash')}</button>
      </div></div>`;
  }

  async #remove() {
    const yes = await ask({ title: t('trash.remove_ask', { name: this.recording.room_name }), text: t('trash.remove_text', { size: size(this.recording.bytes) }), yes: t('trash.remove') });
    if (yes) await this.#do(removeFromTrash, 'trash.removed');
  }

  async #do(command, done) {
    if (this.busy) return;
    this.busy = true;
    try {
      const said = await command(this.recording.id);
      say('success', said ? words(said) : t(done));
      this.dispatchEvent(new CustomEvent('left', { detail: this.recording.id, bubbles: true }));
    } catch (error) {
      sayError(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('sluice-trash-row', TrashRow);
