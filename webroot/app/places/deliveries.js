import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StorePart } from '../parts/part.js';
import '../parts/delivery-row.js';
import '../parts/empty-note.js';
import { icon } from '../parts/icon.js';
import { listDeliveries } from '../api.js';
import { t } from '../i18n.js';
import { linkTo } from '../route.js';
import { errorText } from '../say.js';
import { newestFirst, store } from '../store.js';
import { Listing } from './listing.js';

/** All states of the API, in the order a person asks for them. */
const STATES = ['needs_you', 'retry', 'sending', 'waiting', 'done'];

/** The deliveries, newest first; of one state if the address says so. */
class DeliveriesPlace extends StorePart {
  static properties = { query: { attribute: false } };
  #list = new Listing((before) => listDeliveries({ before, state: this.#state }), () => this.requestUpdate());
  #seen = 0;

  constructor() {
    super();
    /** @type {URLSearchParams} `state` a state */
    this.query = new URLSearchParams();
  }

  willUpdate(changed) {
    const other = changed.has('query') && changed.get('query')?.get('state') !== this.query.get('state');
    // After a snapshot the page cannot know what it missed.
    if (!other && this.hasUpdated && this.#seen === store.snapshots) return;
    this.#seen = store.snapshots;
    this.#list.restart();
  }

  render() {
    return html`<div class="place-head"><h1>${t('nav.deliveries')}</h1>
        <nav class="chips" aria-label=${t('deliveries.filter')}>
          ${this.#chip(null, t('deliveries.all'))}${STATES.map((state) => this.#chip(state, t(`delivery.${state}`)))}</nav></div>
      ${this.#body()}`;
  }

  #chip(state, words) {
    const chosen = this.#state === state;
    return html`<a class="chip ${state ? `tone-${state}` : ''}" href=${linkTo('deliveries', { state })} aria-current=${chosen ? 'true' : 'false'}>
      ${state ? icon(state) : nothing}<span>${words}</span></a>`;
  }

  get #state() {
    const state = this.query.get('state');
    return STATES.includes(state) ? state : null;
  }

  #body() {
    const { phase, next, error } = this.#list;
    const shown = this.#shown();
    if (shown.length === 0 && phase === 'loading') return html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
    if (shown.length === 0 && phase === 'failed') {
      return html`<sluice-empty-note sign="grace" .text=${errorText(error)} .action=${t('action.again')} @go=${() => this.#list.restart()}></sluice-empty-note>`;
    }
    if (shown.length === 0) return html`<sluice-empty-note sign="deliveries" .text=${t(this.#state ? 'deliveries.none' : 'deliveries.empty')}></sluice-empty-note>`;
    return html`<div class="rows">${repeat(shown, (each) => each.id, (each) => html`
      <sluice-delivery-row .delivery=${each}></sluice-delivery-row>`)}</div>
      ${next ? html`<button type="button" class="act more" @click=${() => this.#list.more()}>${t('action.more')}</button>` : nothing}`;
  }

  /** What the live connection says of a delivery is younger than what a list said. */
  #shown() {
    const all = new Map([...this.#list.items, ...store.deliveries]);
    return [...all.values()].filter((each) => !this.#state || each.state === this.#state).sort(newestFirst);
  }
}
customElements.define('sluice-deliveries', DeliveriesPlace);
