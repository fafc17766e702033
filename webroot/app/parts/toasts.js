import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from './part.js';
import { icon } from './icon.js';
import { t } from '../i18n.js';
import { onMessage } from '../say.js';

const MOST = 4;
const SHOWN_MS = { success: 5000, info: 8000, error: 12_000 };
const SIGNS = { success: 'done', info: 'look', error: 'unknown' };

/** Short messages that go away by themselves. */
class Toasts extends Part {
  static properties = { shown: { state: true } };
  #number = 0;

  constructor() {
    super();
    /** @type {{id: number, kind: string, text: string}[]} */
    this.shown = [];
  }

  listen() {
    return [onMessage((message) => this.#show(message))];
  }

  render() {
    return html`<div class="toasts" role="status" aria-live="polite">${repeat(this.shown, (each) => each.id, (each) => html`
      <div class="toast ${each.kind}" data-testid="toast">${icon(SIGNS[each.kind])}<p>${each.text}</p>
        ${each.act ? html`<button type="button" class="act" data-testid="btn-undo" @click=${() => this.#run(each)}>${each.act.words}</button>` : nothing}
        <button type="button" class="act bare" aria-label=${t('action.close')} @click=${() => this.#drop(each.id)}>${icon('close')}</button></div>`)}
    </div>`;
  }

  #show(message) {
    const id = ++this.#number;
    const others = this.shown.filter((each) => each.text !== message.text);
    this.shown = [...others, { id, ...message }].slice(-MOST);
    setTimeout(() => this.#drop(id), message.act ? SHOWN_MS.error : SHOWN_MS[message.kind]);
  }

  #run({ id, act }) {
    this.#drop(id);
    act.run();
  }

  #drop(id) {
    this.shown = this.shown.filter((each) => each.id !== id);
  }
}
customElements.define('sluice-toasts', Toasts);
