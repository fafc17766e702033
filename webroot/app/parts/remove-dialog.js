import { html } from 'lit';
import { Part } from './part.js';
import { t } from '../i18n.js';

/** Asks before a room that records is removed. Sends `remove` with the room. */
class RemoveDialog extends Part {
  static properties = { room: { state: true } };

  constructor() {
    super();
    this.room = null;
  }

  /** @param {object} room */
  async ask(room) {
    this.room = room;
    await this.updateComplete;
    this.#dialog.showModal();
  }

  render() {
    return html`<dialog class="ask" aria-labelledby="remove-title" @click=${(event) => event.target === this.#dialog && this.#dialog.close()}>
      <article>
        <h2 id="remove-title">${t('remove.title', { name: this.room?.name ?? '' })}</h2>
        <p>${t('remove.recording')}</p>
        <footer>
          <button type="button" class="act" autofocus @click=${() => this.#dialog.close()}>${t('action.cancel')}</button>
          <button type="button" class="act danger" data-testid="btn-confirm-remove" @click=${this.#yes}>${t('action.remove')}</button>
        </footer>
      </article>
    </dialog>`;
  }

  get #dialog() {
    return this.querySelector('dialog');
  }

  #yes() {
    this.#dialog.close();
    this.dispatchEvent(new CustomEvent('remove', { detail: this.room }));
  }
}
customElements.define('sluice-remove-dialog', RemoveDialog);
