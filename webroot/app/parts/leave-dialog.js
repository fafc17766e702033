import { html } from 'lit';
import { Part } from './part.js';
import { t } from '../i18n.js';

/** Asks whether to leave and lose unsaved edits. */
class LeaveDialog extends Part {
  #answer = () => {};

  /** @returns {Promise<boolean>} whether to leave */
  ask() {
    this.#dialog.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  render() {
    return html`<dialog class="ask" aria-labelledby="leave-title" data-testid="leave-dialog" @close=${() => this.#end(false)} @click=${(event) => event.target === this.#dialog && this.#dialog.close()}>
      <article><h2 id="leave-title">${t('settings.leave_title')}</h2><p>${t('settings.leave_text')}</p>
        <footer><button type="button" class="act" autofocus @click=${() => this.#dialog.close()}>${t('settings.stay')}</button>
          <button type="button" class="act danger" data-testid="leave" @click=${() => this.#end(true)}>${t('settings.leave')}</button></footer>
      </article></dialog>`;
  }

  get #dialog() {
    return this.querySelector('dialog');
  }

  #end(leave) {
    this.#answer(leave);
    this.#answer = () => {};
    this.#dialog.close();
  }
}
customElements.define('sluice-leave-dialog', LeaveDialog);
