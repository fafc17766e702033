import { html } from 'lit';
import { Part } from './part.js';
import { t } from '../i18n.js';

/** Asks before a room that records is removed. */
class RemoveDialog extends Part {
  static properties = { room: { state: true } };
  #answer = () => {};

  constructor() {
    super();
    this.room = null;
  }

  /** @param {object} room @returns {Promise<boolean>} whether to remove it */
  async ask(room) {
    this.room = room;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
    return new Promise((answer) => (this.#answer = answer));
  }

  render() {
    return html`<dialog class="ask" aria-labelledby="remove-title" @close=${() => this.#answer(false)} @click=${(event) => event.target.matches('dialog') && event.target.close()}>
      <article>
        <h2 id="remove-title">${t('remove.title', { name: this.room?.name ?? '' })}</h2>
        <p>${t('remove.recording')}</p>
        <footer>
          <button type="button" class="act" autofocus @click=${() => this.querySelector('dialog').close()}>${t('action.cancel')}</button>
          <button type="button" class="act danger" data-testid="btn-confirm-remove" @click=${this.#yes}>${t('action.remove')}</button>
        </footer>
      </article>
    </dialog>`;
  }

  #yes() {
    this.#answer(true);
    this.querySelector('dialog').close();
  }
}
customElements.define('sluice-remove-dialog', RemoveDialog);

/** @param {object} room @returns {Promise<boolean>} */
export async function askToRemove(room) {
  let dialog = document.querySelector('sluice-remove-dialog');
  if (!dialog) document.body.append((dialog = document.createElement('sluice-remove-dialog')));
  return dialog.ask(room);
}
