import { html, svg } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { t, useTexts } from '../i18n.js';
import { linkTo } from '../route.js';
import { useStyle } from '../style.js';

await Promise.all([useTexts('more'), useStyle('parts/more.css')]);

const line = (path) => svg`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;
const SIGNS = {
  more: line(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.500"/>`),
  log: line(svg`<path d="M5 6h14M5 12h14M5 18h9"/>`),
  health: line(svg`<path d="M3 12h4l3-7 4 14 3-7h4"/>`),
  account: line(svg`<circle cx="12" cy="8" r="4"/><path d="M4.500 20c.5-4 3.500-6 7.500-6s7 2 7.500 6"/>`),
};

/** The places that have no tab of their own, behind one button; on a phone the settings are among them. */
class MorePlaces extends Part {
  static properties = { here: {} };

  constructor() {
    super();
    /** @type {string} the place that is shown */
    this.here = '';
  }

  listen() {
    const outside = (event) => this.contains(event.target) || this.#close();
    document.addEventListener('click', outside);
    return [() => document.removeEventListener('click', outside)];
  }

  render() {
    const among = ['log', 'health', 'account'].includes(this.here);
    return html`<details class="more-places ${among ? 'among' : ''}" @keydown=${(event) => event.key === 'Escape' && this.#back()}>
      <summary data-testid="nav-more">${SIGNS.more}<span>${t('nav.more')}</span></summary>
      <ul @click=${() => this.#close()}>${['settings', 'log', 'health', 'account'].map((place) => html`<li class=${place}>
        <a href=${linkTo(place)} data-testid=${place === 'settings' ? 'more-settings' : `nav-${place}`} aria-current=${this.here === place ? 'page' : 'false'}>
          ${SIGNS[place] ?? icon(place)}<span>${t(`nav.${place}`)}</span></a></li>`)}</ul>
    </details>`;
  }

  get #details() {
    return this.querySelector('details');
  }

  #close() {
    this.#details?.removeAttribute('open');
  }

  #back() {
    this.#close();
    this.querySelector('summary').focus();
  }
}
customElements.define('sluice-more-places', MorePlaces);
