import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StorePart } from '../parts/part.js';
import { icon } from '../parts/icon.js';
import '../parts/add-box.js';
import '../parts/empty-note.js';
import '../parts/room-card.js';
import '../parts/totals.js';
import { addRoom } from '../api.js';
import { t } from '../i18n.js';
import { RoomActs } from '../roomacts.js';
import { keepInAddress } from '../route.js';
import { GROUPS, inOrder, matches } from '../roomview.js';
import { arriving, store } from '../store.js';

const NO_RATES = [];

/** The rooms: totals, the box that adds, and a card for each. */
class RoomsPlace extends StorePart {
  static properties = { query: { attribute: false } };
  #acts = new RoomActs(() => this.requestUpdate());

  constructor() {
    super();
    /** @type {URLSearchParams} `q` words to look for, `show` a group */
    this.query = new URLSearchParams();
  }

  /** Puts the cursor into the box that adds, and a text if there is one. @param {string} [text] */
  add(text) {
    this.querySelector('sluice-add-box').take(text);
  }

  /** Puts the cursor into the search box. */
  search() {
    this.querySelector('input[type=search]')?.focus();
  }

  render() {
    const known = store.snapshots > 0;
    return html`<h1 class="unseen">${t('nav.rooms')}</h1>
      ${known ? html`<sluice-totals .totals=${totals()} .chosen=${this.#group} @filter=${(event) => this.#filter({ show: event.detail })}></sluice-totals>` : nothing}
      <div class="tools">
        <sluice-add-box .add=${addRoom} @room-added=${(event) => store.keepRoom(event.detail)} @room-jump=${(event) => this.#jump(event.detail)}></sluice-add-box>
        ${store.rooms.size > 0 ? this.#searchBox() : nothing}
      </div>
      ${known ? this.#list() : html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`}`;
  }

  #list() {
    if (store.rooms.size === 0) {
      return html`<sluice-empty-note sign="rooms" .text=${t('rooms.empty')} .action=${t('rooms.empty_action')} @go=${() => this.add()}></sluice-empty-note>`;
    }
    const shown = this.#shown();
    if (shown.length === 0) {
      return html`<sluice-empty-note sign="search" .text=${t('rooms.none_found')} .action=${t('rooms.show_all')} @go=${() => this.#filter({ q: null, show: null })}></sluice-empty-note>`;
    }
    return html`<div class="cards" @room-action=${(event) => this.#acts.act(event.detail)}>${repeat(shown, (room) => room.id, (room) => html`
      <sluice-room-card .room=${room} .rates=${store.rates.get(room.id) ?? NO_RATES} .busy=${this.#acts.busy.has(room.id)}></sluice-room-card>`)}</div>`;
  }

  #searchBox() {
    return html`<label class="search">${icon('search')}<span class="unseen">${t('rooms.search')}</span>
      <input type="search" data-testid="search-box" placeholder=${t('rooms.search')} .value=${this.query.get('q') ?? ''}
        @input=${(event) => this.#filter({ q: event.target.value })} @keydown=${(event) => event.key === 'Escape' && event.target.blur()}></label>`;
  }

  get #group() {
    const show = this.query.get('show');
    return GROUPS.includes(show) ? show : null;
  }

  #shown() {
    const words = this.query.get('q')?.trim();
    const inGroup = (room) => !this.#group || store.groups.get(room.id) === this.#group;
    return inOrder([...store.rooms.values()].filter((room) => inGroup(room) && (!words || matches(room, words))), store.groups);
  }

  #filter(change) {
    keepInAddress('rooms', { ...Object.fromEntries(this.query), ...change });
  }

  async #jump(room) {
    if (!this.#shown().some((each) => each.id === room.id)) this.#filter({ q: null, show: null });
    store.rooms.has(room.id) || store.keepRoom(room);
    await new Promise(requestAnimationFrame);
    const card = this.querySelector(`[data-room-id="${CSS.escape(room.id)}"]`);
    card?.scrollIntoView({ block: 'center' });
    card?.focus({ preventScroll: true });
  }
}
customElements.define('sluice-rooms', RoomsPlace);

function totals() {
  const rooms = [...store.rooms.values()];
  const deliveries = [...store.deliveries.values()];
  const groups = {};
  for (const group of store.groups.values()) groups[group] = (groups[group] ?? 0) + 1;
  return {
    groups,
    bytesPerSecond: rooms.reduce((sum, room) => sum + (room.recording ? arriving(room.recording) : 0), 0),
    sending: deliveries.filter((each) => each.state === 'sending').length,
    needsYou: deliveries.filter((each) => each.state === 'needs_you').length,
    storage: [...store.storage.values()],
  };
}
