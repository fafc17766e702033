import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Part } from './part.js';
import { icon } from './icon.js';
import { addAll, linksIn, MOST_LINES } from '../adding.js';
import { t, tn, useTexts } from '../i18n.js';
import { say } from '../say.js';
import { useStyle } from '../style.js';

const MOST_ROWS = 8;

/** The box that adds rooms. Sends `room-added` and `room-jump`, each with the room. */
class AddBox extends Part {
  static properties = { text: { state: true }, busy: { state: true }, result: { state: true }, add: { attribute: false } };

  constructor() {
    super();
    this.text = '';
    this.busy = false;
    /** @type {{already: object[], failed: {text: string, why: string}[]} | null} */
    this.result = null;
    /** @type {(link: string) => Promise<object>} */
    this.add = null;
  }

  /** Puts a text in and moves the cursor there. @param {string} [text] behind what is there already */
  take(text) {
    if (text) this.text = [this.text.trim(), text.trim()].filter(Boolean).join('\n');
    const box = this.querySelector('textarea');
    box.focus();
    this.updateComplete.then(() => box.setSelectionRange(box.value.length, box.value.length));
  }

  render() {
    const rows = Math.min(MOST_ROWS, Math.max(1, this.text.split('\n').length));
    return html`<section class="add">
      <div class="add-line">
        <textarea data-testid="add-box" rows=${rows} spellcheck="false" autocapitalize="off" autocomplete="off"
          aria-label=${t('add.label')} placeholder=${t('add.placeholder')} .value=${live(this.text)} ?readonly=${this.busy}
          @input=${(event) => (this.text = event.target.value)} @keydown=${this.#key}></textarea>
        <button type="button" class="main" data-testid="add-button" ?disabled=${this.busy || !this.text.trim()} aria-busy=${this.busy}
          @click=${this.#submit}>${this.busy ? nothing : icon('plus')}<span>${t('add.button')}</span></button>
      </div>
      <div aria-live="polite">${this.result ? this.#results(this.result) : nothing}</div>
    </section>`;
  }

  #results({ already, failed }) {
    if (already.length + failed.length === 0) return nothing;
    return html`<ul class="add-results" data-testid="add-results">
      ${already.map((room) => html`<li><span class="mark tone-live">${icon('done')}</span>
        <span class="add-words">${t('add.already', { name: room.name })}</span>
        <button type="button" class="act" data-testid="add-jump" @click=${() => this.#send('room-jump', room)}>${t('add.jump')}</button></li>`)}
      ${failed.map((each) => html`<li class="failed"><span class="mark tone-trouble">${icon('unknown')}</span>
        <span class="add-words"><bdi class="quoted">${each.text}</bdi><br>${each.why}</span></li>`)}
    </ul>`;
  }

  #key(event) {
    if (event.key === 'Escape') event.target.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  async #submit() {
    const entries = linksIn(this.text);
    if (this.busy || entries.length === 0) return;
    this.busy = true;
    this.result = null;
    const [result] = await Promise.all([addAll(entries, this.add), ...resultWords()]);
    const left = entries.slice(MOST_LINES).map((entry) => ({ text: entry.text, why: t('add.too_many', { most: MOST_LINES }) }));
    this.busy = false;
    this.result = { ...result, failed: [...result.failed, ...left.slice(0, 1)] };
    this.text = [...result.failed, ...left].map((each) => each.text).join('\n');
    result.added.forEach((room) => this.#send('room-added', room));
    if (result.added.length === 1) say('success', t('add.added', { name: result.added[0].name }));
    if (result.added.length > 1) say('success', tn('add.added_many', result.added.length));
  }

  #send(type, room) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: room }));
  }
}
customElements.define('sluice-add-box', AddBox);

/** What is said of a result is not needed before there is one; without it, it is said in English or plain. */
const resultWords = () => [useTexts('adding'), useStyle('parts/adding.css')].map((each) => each.catch(() => {}));
