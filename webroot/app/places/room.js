import { html, nothing } from 'lit';
import { StorePart } from '../parts/part.js';
import '../parts/empty-note.js';
import '../parts/room-card.js';
import '../parts/room-now.js';
import { t } from '../i18n.js';
import { PLACES } from '../places.js';
import { RoomActs } from '../roomacts.js';
import { go, keepInAddress, linkTo } from '../route.js';
import { sayError } from '../say.js';
import { store } from '../store.js';

const NO_RATES = [];

/** What stands behind each tab, brought when it is first opened. */
const TABS = {
  now: { show: (room) => html`<sluice-room-now .room=${room}></sluice-room-now>` },
  broadcasts: {
    fetch: () => PLACES.broadcasts.fetch(),
    show: (room) => html`<sluice-broadcasts inside .query=${new URLSearchParams({ room: room.id })}></sluice-broadcasts>`,
  },
  settings: {
    fetch: () => import('../parts/settings-editor.js'),
    show: (room) => html`<sluice-settings-editor scope="room" .id=${room.id}></sluice-settings-editor>`,
  },
  log: {
    fetch: () => PLACES.log.fetch(),
    show: (room, query) => html`<sluice-log place="room" .query=${withRoom(query, room)}></sluice-log>`,
  },
};
const NAMES = Object.keys(TABS);

/** One room: its card, and behind tabs what is now, what was, its settings and its log. */
class RoomPlace extends StorePart {
  static properties = { query: { attribute: false }, here: { state: true } };
  #acts = new RoomActs(() => this.requestUpdate());

  constructor() {
    super();
    /** @type {URLSearchParams} `id` of the room, `tab` */
    this.query = new URLSearchParams();
    /** @type {Set<string>} tabs whose modules are here */
    this.here = new Set(['now']);
  }

  willUpdate() {
    const tab = this.#tab;
    if (this.here.has(tab)) return;
    TABS[tab].fetch().then(() => (this.here = new Set(this.here).add(tab))).catch(sayError);
  }

  get #tab() {
    const tab = this.query.get('tab');
    return NAMES.includes(tab) ? tab : 'now';
  }

  render() {
    const room = store.rooms.get(this.query.get('id'));
    if (!room && store.snapshots === 0) return html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
    if (!room) {
      return html`<sluice-empty-note sign="rooms" .text=${t('room.gone')} .action=${t('room.back')} @go=${() => go('rooms')}></sluice-empty-note>`;
    }
    const tab = this.#tab;
    return html`<h1 class="unseen">${room.name}</h1>
      <div class="room-head" @room-action=${(event) => this.#acts.act(event.detail)}>
        <sluice-room-card .room=${room} .rates=${store.rates.get(room.id) ?? NO_RATES} .busy=${this.#acts.busy.has(room.id)}></sluice-room-card></div>
      <div class="tabs" role="tablist" aria-label=${t('room.tabs')} @keydown=${this.#key}>${NAMES.map((name) => this.#head(room, name, tab))}</div>
      <section id="room-panel" role="tabpanel" aria-labelledby="tab-${tab}" class="tab-panel">
        ${this.here.has(tab) ? TABS[tab].show(room, this.query) : html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`}</section>`;
  }

  #head(room, name, chosen) {
    const mine = name === chosen;
    return html`<a role="tab" id="tab-${name}" data-testid="tab-${name}" href=${linkTo('room', { id: room.id, tab: name })} aria-selected=${mine}
      aria-controls=${mine ? 'room-panel' : nothing} tabindex=${mine ? 0 : -1}
      @keydown=${(event) => event.key === ' ' && (event.preventDefault(), event.target.click())}>${t(`room.tab.${name}`)}</a>`;
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const end = { Home: 0, End: NAMES.length - 1 }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    const at = end ?? (NAMES.indexOf(this.#tab) + step + NAMES.length) % NAMES.length;
    keepInAddress('room', { id: this.query.get('id'), tab: NAMES[at] });
    this.updateComplete.then(() => this.querySelector(`#tab-${NAMES[at]}`)?.focus());
  }
}
customElements.define('sluice-room', RoomPlace);

function withRoom(query, room) {
  const all = new URLSearchParams(query);
  all.set('room', room.id);
  return all;
}
