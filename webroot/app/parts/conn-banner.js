import { html, nothing } from 'lit';
import { TickingPart } from './part.js';
import { icon } from './icon.js';
import { age } from '../format.js';
import { t } from '../i18n.js';

/** Says that the connection is lost and how old the numbers are. Sends `retry`. */
class ConnBanner extends TickingPart {
  static properties = { live: { attribute: false } };

  constructor() {
    super();
    /** @type {import('../live.js').LiveState} */
    this.live = { phase: 'connecting', retryAt: null, heardAt: null };
  }

  render() {
    if (this.live.phase !== 'lost') return nothing;
    const { heardAt, retryAt } = this.live;
    const now = performance.now();
    return html`<div class="banner" data-testid="conn-banner">
      ${icon('grace')}
      <p><span role="status">${heardAt === null ? t('conn.never') : t('conn.lost')}</span>
        ${heardAt === null ? nothing : html`<span>${t('conn.age', { time: age(now - heardAt) })}</span>`}
        <span>${retryAt > now ? t('conn.retry_in', { time: age(retryAt - now) }) : t('conn.retrying')}</span></p>
      <button type="button" class="act" @click=${() => this.dispatchEvent(new CustomEvent('retry'))}>${t('conn.retry_now')}</button>
    </div>`;
  }
}
customElements.define('sluice-conn-banner', ConnBanner);
