import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Part } from './part.js';
import { icon } from './icon.js';
import { t, useTexts } from '../i18n.js';
import { sayError } from '../say.js';
import { useStyle } from '../style.js';

const MOST_ROWS = 8;

/** The box that adds rooms. Sends `room-added` and `room-jump`, each with the room. */
class AddBox extends Part {
  static properties = { text: { state: true }, busy: { state: true }, result: { state: true }, add: { attribute: false } };

  constructor() {
    super();
    this.text = '';
    this.busy = false;
    /** @type {{already: object[], failed: {text: string, why: string}[]} | null} of the last time, until the text is changed */
    this.result = null;
    /** @type {(link: string) => Promise<object>} */
    this.add = null;
  }

  /** Puts a text in and moves the cursor there. @param {string} [text] behind what is there already */
  take(text) {
    if (text) this.#write([this.text.trim(), text.trim()].filter(Boolean).join('\n'));
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
          @input=${(event) => this.#write(event.target.value)} @keydown=${this.#key}></textarea>
        <button type="button" class="main" data-testid="add-button" ?disabled=${this.busy || !this.text.trim()} aria-busy=${this.busy}
          @click=${this.#submit}>${this.busy ? nothing : icon('plus')}<span>${t('add.button')}</span></button>
      </div>
      <sluice-add-preview .text=${this.text} .result=${this.result} .busy=${this.busy}></sluice-add-preview>
    </section>`;
  }

  #write(text) {
    this.text = text;
    this.result = null;
    preview().catch(sayError);
  }

  #key(event) {
    if (event.key === 'Escape') event.target.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  async #submit() {
    if (this.busy || !this.text.trim()) return;
    this.busy = true;
    this.result = null;
    try {
      const [{ addText }] = await Promise.all([import('../adding.js'), preview()]);
      const { added, left, ...result } = await addText(this.text, this.add);
      this.text = left;
      this.result = result;
      added.forEach((room) => this.dispatchEvent(new CustomEvent('room-added', { bubbles: true, detail: room })));
    } catch (error) {
      sayError(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('sluice-add-box', AddBox);

/** What is said of a text is not needed before there is one. */
const preview = () => Promise.all([import('./add-preview.js'), useTexts('adding'), useStyle('parts/adding.css')]);
