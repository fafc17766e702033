import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { resolveText } from '../api-adding.js';
import { t, tn, tOr } from '../i18n.js';

const TYPING_MS = 350;
const LOOKING = Symbol('looking');

/** What the text in the box that adds names, while one types; then what became of it. Sends `room-jump` with a room. */
class AddPreview extends Part {
  static properties = { text: { attribute: false }, result: { attribute: false }, busy: { attribute: false }, found: { state: true } };

  #timer = 0;
  #asking = new AbortController();

  constructor() {
    super();
    this.text = '';
    /** @type {{already: object[], failed: {text: string, why: string}[]} | null} */
    this.result = null;
    this.busy = false;
    /** @type {{items: object[], more: boolean} | typeof LOOKING | null} */
    this.found = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  willUpdate(changed) {
    if (!changed.has('text') && !changed.has('busy') && !changed.has('result')) return;
    this.#forget();
    if (!this.text.trim() || this.busy || this.result) return;
    this.found = LOOKING;
    this.#timer = setTimeout(() => this.#ask(this.text), TYPING_MS);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.found = null;
  }

  async #ask(text) {
    const { signal } = (this.#asking = new AbortController());
    const found = await resolveText(text, signal).catch(() => null);
    if (!signal.aborted) this.found = found;
  }

  render() {
    return html`<div aria-live="polite" data-testid="add-preview" data-phase=${this.#phase()}>${this.result ? this.#results(this.result) : this.#named()}</div>`;
  }

  #phase() {
    if (this.result) return 'done';
    return this.found === LOOKING ? 'looking' : this.found ? 'found' : 'none';
  }

  #named() {
    if (this.found === LOOKING) return html`<p class="add-note quiet" aria-busy="true">${t('add.looking')}</p>`;
    if (!this.found?.items.length) return nothing;
    const { items, rest } = this.found;
    return html`${items.length > 1 ? html`<p class="add-note">${this.#sum(items, rest)}</p>` : nothing}
      <ul class="add-results" data-testid="add-found">${items.map((item) => (item.room ? this.#room(item) : this.#failed(item.text, this.#why(item.error))))}</ul>`;
  }

  #sum(items, rest) {
    const fresh = items.filter((each) => each.room && !each.room.watched && !each.repeated).length;
    const known = items.filter((each) => each.room?.watched && !each.repeated).length;
    const repeated = items.filter((each) => each.repeated).length;
    const failed = items.filter((each) => each.error).length;
    const counts = [tn('add.new', fresh), known && tn('add.known', known), repeated && tn('add.repeated', repeated), failed && tn('add.unknown', failed)];
    return [...counts.filter(Boolean), ...(rest ? [t('add.more')] : [])].join(t('mark.comma'));
  }

  #room({ room, repeated }) {
    const sign = room.live === null ? 'unknown' : room.live ? 'live' : 'waiting';
    return html`<li data-testid="add-room" data-live=${String(room.live)} data-watched=${room.watched ?? ''}>
      <span class="mark tone-${room.live ? 'live' : 'quiet'}">${icon(room.watched ? 'done' : sign)}</span>
      <span class="add-words"><b><bdi>${room.name}</bdi></b> <span class="quiet">${room.platform}</span><br>
        <span class="quiet">${[this.#standing(room, repeated), room.quality].filter(Boolean).join(' · ')}</span></span>
      ${room.watched ? this.#jump(room) : nothing}</li>`;
  }

  #standing(room, repeated) {
    if (repeated) return t('add.twice');
    const live = { true: t('add.live'), false: t('add.offline'), null: '' }[room.live];
    if (room.watched) return [t('add.watched'), live].filter(Boolean).join(' · ');
    return live || tOr(`reason.${room.reason_key}`, room.reason_values, room.reason);
  }

  #why(error) {
    return tOr(`error.${error.key}`, { detail: error.detail }, error.detail);
  }

  #results({ already, failed }) {
    if (already.length + failed.length === 0) return nothing;
    return html`<ul class="add-results" data-testid="add-results">
      ${already.map((room) => html`<li><span class="mark tone-live">${icon('done')}</span>
        <span class="add-words">${t('add.already', { name: room.name })}</span>${this.#jump(room)}</li>`)}
      ${failed.map((each) => this.#failed(each.text, each.why))}
    </ul>`;
  }

  #failed(text, why) {
    return html`<li class="failed"><span class="mark tone-trouble">${icon('unknown')}</span>
      <span class="add-words"><bdi class="quoted">${text}</bdi><br>${why}</span></li>`;
  }

  #jump(room) {
    return html`<button type="button" class="act" data-testid="add-jump"
      @click=${() => this.dispatchEvent(new CustomEvent('room-jump', { bubbles: true, detail: room }))}>${t('add.jump')}</button>`;
  }
}
customElements.define('sluice-add-preview', AddPreview);
