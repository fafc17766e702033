import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StorePart } from '../parts/part.js';
import '../parts/delivery-row.js';
import '../parts/empty-note.js';
import { icon } from '../parts/icon.js';
import { listDeliveries } from '../api.js';
import { holdDeliveries, retryDeliveries } from '../api-deliveries.js';
import { inGroups, STATES } from '../deliveryview.js';
import { dateTime } from '../format.js';
import { t, tn } from '../i18n.js';
import { linkTo } from '../route.js';
import { errorText, say, sayError } from '../say.js';
import { store } from '../store.js';
import { Listing } from './listing.js';

/** The deliveries by what they wait for, each file once with its targets; of one state if the address says so. */
class DeliveriesPlace extends StorePart {
  static properties = { query: { attribute: false }, held: { state: true } };
  #list = new Listing((before) => this.#ask(before), () => this.requestUpdate());
  #seen = 0;
  #told = false;

  constructor() {
    super();
    /** @type {URLSearchParams} `state` a state */
    this.query = new URLSearchParams();
    /** @type {string | null} since when nothing is sent */
    this.held = null;
  }

  async #ask(before) {
    const page = await listDeliveries({ before, state: this.#state });
    this.held = page.held_since;
    return page;
  }

  willUpdate(changed) {
    const other = changed.has('query') && changed.get('query')?.get('state') !== this.query.get('state');
    // The notice may be dismissed while it holds: that it came or went is only a hint.
    const told = [...store.notices.values()].some((each) => each.key === 'delivery.held');
    if (told !== this.#told) {
      this.#told = told;
      if (this.hasUpdated) this.#list.refresh();
    }
    // After a snapshot the page cannot know what it missed.
    if (!other && this.hasUpdated && this.#seen === store.snapshots) return;
    this.#seen = store.snapshots;
    this.#list.restart();
  }

  render() {
    return html`<div class="place-head"><h1>${t('nav.deliveries')}</h1>${this.#acts()}
        <nav class="chips" aria-label=${t('deliveries.filter')}>
          ${this.#chip(null, t('deliveries.all'))}${STATES.map((state) => this.#chip(state, t(`delivery.${state}`)))}</nav></div>
      ${this.held ? this.#held() : nothing}
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
    return html`${inGroups(shown).map(({ group, files }) => html`<section class="delivery-group" data-testid="group-${group}">
        <h2 class="group-head tone-${group}">${icon(group)}<span>${t(group === 'done' ? 'deliveries.group.done' : `delivery.${group}`)}</span></h2>
        <div class="rows">${repeat(files, (file) => file.key, (file) => html`<sluice-delivery-row .deliveries=${file.deliveries}></sluice-delivery-row>`)}</div></section>`)}
      ${next ? html`<button type="button" class="act more" @click=${() => this.#list.more()}>${t('action.more')}</button>` : nothing}`;
  }

  /** Buttons for all of them. */
  #acts() {
    const failed = [...store.deliveries.values()].some((each) => ['needs_you', 'retry'].includes(each.state));
    const open = [...store.deliveries.values()].some((each) => ['waiting', 'sending', 'retry'].includes(each.state));
    return html`<div class="place-acts">
      ${failed ? html`<button type="button" class="act" data-testid="retry-all" @click=${() => this.#retryAll().catch(sayError)}>${icon('retry')}<span>${t('deliveries.retry_all')}</span></button>` : nothing}
      ${this.held ? nothing : open ? html`<button type="button" class="act" data-testid="pause-all" @click=${() => this.#hold('pause')}>${icon('paused')}<span>${t('deliveries.pause_all')}</span></button>` : nothing}</div>`;
  }

  #hold(wish) {
    holdDeliveries(wish).then(({ held_since: since }) => (this.held = since)).catch(sayError);
  }

  async #retryAll() {
    const { count } = await retryDeliveries();
    say('success', tn('delivery.said.retry_all', count));
  }

  #held() {
    return html`<div class="held" role="status" data-testid="held">${icon('paused')}<p>${t('deliveries.held', { time: dateTime(this.held) })}</p>
      <button type="button" class="act main" data-testid="resume-all" @click=${() => this.#hold('resume')}>${icon('resume')}<span>${t('deliveries.resume_all')}</span></button></div>`;
  }

  /** What the live connection says of a delivery is younger than what a list said. */
  #shown() {
    const all = new Map([...this.#list.items, ...store.deliveries]);
    return [...all.values()].filter((each) => !this.#state || each.state === this.#state);
  }
}
customElements.define('sluice-deliveries', DeliveriesPlace);
