import { html } from 'lit';
import { Part } from './part.js';
import { t } from '../i18n.js';

/** A question before something that cannot be taken back. */
class Ask extends Part {
  static properties = { question: { state: true } };
  #answer = () => {};

  constructor() {
    super();
    /** @type {Question | null} */
    this.question = null;
  }

  /** @param {Question} question @returns {Promise<boolean>} */
  async ask(question) {
    this.question = question;
    await this.updateComplete;
    this.#dialog.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  render() {
    const { title = '', text = '', yes = '' } = this.question ?? {};
    return html`<dialog class="ask" aria-labelledby="ask-title" data-testid="ask" @close=${() => this.#end(false)}
        @click=${(event) => event.target === this.#dialog && this.#dialog.close()}>
      <article>
        <h2 id="ask-title">${title}</h2>
        <p>${text}</p>
        <footer>
          <button type="button" class="act" autofocus @click=${() => this.#dialog.close()}>${t('action.cancel')}</button>
          <button type="button" class="act danger" data-testid="btn-yes" @click=${() => this.#end(true)}>${yes}</button>
        </footer>
      </article>
    </dialog>`;
  }

  get #dialog() {
    return this.querySelector('dialog');
  }

  #end(yes) {
    this.#answer(yes);
    this.remove();
  }
}
customElements.define('sluice-ask', Ask);

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} text what will have happened
 * @property {string} yes the words on the button that does it
 */

/** Asks a person. @param {Question} question @returns {Promise<boolean>} */
export function ask(question) {
  const before = document.activeElement;
  const dialog = document.createElement('sluice-ask');
  document.body.append(dialog);
  return dialog.ask(question).finally(() => before?.focus?.());
}
