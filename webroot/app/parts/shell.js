import { html, nothing } from 'lit';
import { StorePart } from './part.js';
import { icon } from './icon.js';
import './conn-banner.js';
import './lang-switch.js';
import './theme-switch.js';
import './toasts.js';
import '../places/rooms.js';
import { sameClock } from '../format.js';
import { t, useTexts } from '../i18n.js';
import { PLACES, isHere } from '../places.js';
import { currentRoute, go, linkTo } from '../route.js';
import { sayError } from '../say.js';
import { store } from '../store.js';
import { useStyle } from '../style.js';

/** The frame round all places. Sends `retry` when the connection is to be tried at once. */
class Shell extends StorePart {
  static properties = { route: { state: true } };

  constructor() {
    super();
    this.route = currentRoute();
  }

  listen() {
    const moved = () => (this.route = currentRoute());
    addEventListener('hashchange', moved);
    return [...super.listen(), () => removeEventListener('hashchange', moved)];
  }

  willUpdate(changed) {
    const { place } = this.route;
    const fetch = PLACES[place]?.fetch;
    if (!changed.has('route') || !fetch || isHere(place)) return;
    fetch().then(() => this.requestUpdate()).catch(sayError);
  }

  /** Opens the box that adds rooms, wherever one is. @param {string} [text] put into it */
  async add(text) {
    (await this.#rooms()).add(text);
  }

  /** Opens the search for rooms. */
  async search() {
    (await this.#rooms()).search();
  }

  /** Puts the focus on the next card of the place, or on the one before. @param {1 | -1} by */
  move(by) {
    const cards = [...this.querySelectorAll('main .card[tabindex]')];
    const at = cards.indexOf(document.activeElement?.closest('.card'));
    const next = cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }

  /** Opens the list of keys. */
  async help() {
    await Promise.all([import('./help-dialog.js'), useTexts('help'), useStyle('parts/help.css')]);
    const dialog = this.querySelector('sluice-help-dialog');
    await dialog.updateComplete;
    dialog.open();
  }

  render() {
    const { live, server } = store;
    return html`<header class="top"><div class="top-in">
        <a class="brand" href=${linkTo('rooms')}>${icon('logo')}<span>Sluice</span></a>
        <nav class="places" aria-label=${t('nav.label')}>${Object.keys(PLACES).filter((place) => !PLACES[place].aside).map((place) => this.#tab(place))}<sluice-more-places .here=${this.route.place}></sluice-more-places></nav>
        <div class="switches"><sluice-bell></sluice-bell>
          <button type="button" class="act bare keyboard-only" title=${t('help.title')} aria-label=${t('help.title')} @click=${() => this.help()}>${icon('help')}</button>
          <sluice-theme-switch></sluice-theme-switch><sluice-lang-switch></sluice-lang-switch>
        </div></div>
      </header>
      <sluice-conn-banner .live=${live} @retry=${() => this.dispatchEvent(new CustomEvent('retry'))}></sluice-conn-banner>
      <main class=${live.phase === 'lost' ? 'stale' : ''}>${this.#place()}</main>
      <footer class="bottom quiet">${server.version ? html`Sluice ${server.version}` : nothing}${this.#zone(server.zone)}</footer>
      <sluice-toasts></sluice-toasts>
      <sluice-help-dialog></sluice-help-dialog>`;
  }

  #tab(place) {
    const here = this.route.place === place;
    return html`<a href=${linkTo(place)} data-testid="nav-${place}" aria-current=${here ? 'page' : 'false'}>${icon(place)}<span>${t(`nav.${place}`)}</span></a>`;
  }

  #place() {
    const { place, query } = this.route;
    if (!PLACES[place]) return PLACES.rooms.show(query);
    return isHere(place) ? PLACES[place].show(query) : html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
  }

  #zone(zone) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return zone && !sameClock(zone, own) ? html` · ${t('zone.differs', { server: zone, own })}` : nothing;
  }

  async #rooms() {
    if (!this.querySelector('sluice-rooms')) {
      go('rooms');
      this.route = currentRoute();
      await this.updateComplete;
    }
    const rooms = this.querySelector('sluice-rooms');
    await rooms.updateComplete;
    return rooms;
  }
}
customElements.define('sluice-shell', Shell);
