import { html } from 'lit';
import { Part } from './part.js';
import { t } from '../i18n.js';

const KEYS = [['a', 'add'], ['/', 'search'], ['j k', 'move'], ['Enter', 'open'], ['Ctrl V', 'paste'], ['Enter', 'enter'], ['Esc', 'escape'], ['?', 'help']];

/** The list of keys. */
class HelpDialog extends Part {
  /** Opens it. */
  open() {
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  render() {
    return html`<dialog class="ask" aria-labelledby="help-title" @click=${(event) => event.target === this.#dialog && this.#dialog.close()}>
      <article>
        <h2 id="help-title">${t('help.title')}</h2>
        <dl class="keys">${KEYS.map(([key, name]) => html`<div><dt>${key.split(' ').map((each) => html`<kbd>${each}</kbd> `)}</dt><dd>${t(`help.${name}`)}</dd></div>`)}</dl>
        <footer><button type="button" class="act" autofocus @click=${() => this.#dialog.close()}>${t('action.close')}</button></footer>
      </article>
    </dialog>`;
  }

  get #dialog() {
    return this.querySelector('dialog');
  }
}
customElements.define('sluice-help-dialog', HelpDialog);
