import { html, svg } from 'lit';
import { Part } from './part.js';
import { t } from '../i18n.js';
import { linkTo } from '../route.js';

const PERSON = svg`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="8" r="4"/><path d="M4.500 20c.5-4 3.500-6 7.500-6s7 2 7.500 6"/></svg>`;

/** The way to the owner's place. */
class AccountLink extends Part {
  render() {
    const label = t('nav.account');
    return html`<a class="badge quiet" href=${linkTo('account')} data-testid="nav-account" title=${label} aria-label=${label}>${PERSON}</a>`;
  }
}
customElements.define('sluice-account-link', AccountLink);
