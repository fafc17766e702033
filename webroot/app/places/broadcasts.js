import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StorePart } from '../parts/part.js';
import { icon } from '../parts/icon.js';
import '../parts/empty-note.js';
import '../parts/recording-row.js';
import { listRecordings } from '../api.js';
import { t } from '../i18n.js';
import { go, linkTo } from '../route.js';
import { withLiveNumbers } from '../recordingview.js';
import { errorText } from '../say.js';
import { store } from '../store.js';
import { Listing } from './listing.js';

const REFRESH_MS = 2000;

/** The recordings, newest first; of one room if the address says so. */
class BroadcastsPlace extends StorePart {
  static properties = { query: { attribute: false }, inside: { type: Boolean } };
  #list = new Listing((before) => listRecordings({ before, room: this.query.get('room') }), () => this.requestUpdate());
  #seen = 0;
  #timer = 0;

  constructor() {
    super();
    /** @type {URLSearchParams} `room` id of a room */
    this.query = new URLSearchParams();
    /** It stands inside of a room's place, which has a head of its own. */
    this.inside = false;
  }

  listen() {
    const restored = () => this.#list.refresh();
    document.addEventListener('restored', restored);
    return [...super.listen(), () => document.removeEventListener('restored', restored)];
  }

  willUpdate(changed) {
    if (changed.has('query') && (changed.get('query')?.get('room') !== this.query.get('room') || !this.hasUpdated)) {
      this.#seen = store.recordingsChanged;
      this.#list.restart();
    } else if (this.#seen !== store.recordingsChanged) {
      this.#seen = store.recordingsChanged;
      this.#refreshSoon();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    const room = this.query.get('room');
    if (this.inside) return this.#body();
    return html`<div class="place-head"><h1>${t('nav.broadcasts')}</h1>
        ${room ? html`<a class="chip" href=${linkTo('broadcasts')} aria-label=${t('broadcasts.all')}><bdi>${store.rooms.get(room)?.name ?? room}</bdi>${icon('close')}</a>` : nothing}</div>
      ${this.#body()}`;
  }

  #body() {
    const { phase, items, next, error } = this.#list;
    if (phase === 'loading') return html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
    if (phase === 'failed') {
      return html`<sluice-empty-note sign="grace" .text=${errorText(error)} .action=${t('action.again')} @go=${() => this.#list.restart()}></sluice-empty-note>`;
    }
    if (items.size === 0) {
      return html`<sluice-empty-note sign="broadcasts" .text=${t('broadcasts.empty')} .action=${t('broadcasts.empty_action')} @go=${() => go('rooms')}></sluice-empty-note>`;
    }
    const sorted = [...items.values()].sort((a, b) => b.started_at.localeCompare(a.started_at) || Number(b.id) - Number(a.id));
    return html`<div class="rows" @trashed=${(event) => this.#list.drop(event.detail)}>${repeat(sorted, (each) => each.id, (each) => html`
      <sluice-recording-row .recording=${withLiveNumbers(each, store.rooms.get(each.room_id))}></sluice-recording-row>`)}</div>
      ${next ? html`<button type="button" class="act more" @click=${() => this.#list.more()}>${t('action.more')}</button>` : nothing}`;
  }

  #refreshSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#list.refresh(), this.#list.phase === 'failed' ? 0 : REFRESH_MS);
  }
}
customElements.define('sluice-broadcasts', BroadcastsPlace);
