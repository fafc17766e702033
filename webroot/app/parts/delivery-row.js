import { html, nothing } from 'lit';
import { Part } from './part.js';
import './next-look.js';
import './state-mark.js';
import { age, dateTime, percent, rate, size } from '../format.js';
import { t, tn } from '../i18n.js';

/** One file on its way to one target. */
class DeliveryRow extends Part {
  static properties = { delivery: { attribute: false } };

  constructor() {
    super();
    /** @type {object} a delivery of the API */
    this.delivery = null;
  }

  render() {
    const { delivery } = this;
    return html`<article class="card delivery" data-testid="delivery-row" data-delivery-id=${delivery.id} data-state=${delivery.state}>
      <header class="card-head">
        <div class="card-name">
          <h2 class="file-name"><bdi>${delivery.file}</bdi></h2>
          <p class="quiet"><bdi>${delivery.room_name}</bdi> → <bdi class="target">${delivery.target}</bdi></p>
        </div>
        <sluice-state-mark kind="delivery" .state=${delivery.state} .tone=${delivery.state}></sluice-state-mark>
      </header>
      ${delivery.state === 'sending' ? this.#progress(delivery) : nothing}
      ${delivery.error && delivery.state !== 'done' ? html`<p class="why far-side"><bdi>${delivery.error}</bdi></p>` : nothing}
      <p class="facts">
        <span>${size(delivery.bytes)}</span>
        ${delivery.state === 'retry' ? html`<span><sluice-next-look words="try" .at=${delivery.next_try_at}></sluice-next-look></span>` : nothing}
        ${delivery.tries > 1 ? html`<span>${tn('tries', delivery.tries)}</span>` : nothing}
        <span>${delivery.done_at ? t('delivery.done_at', { time: dateTime(delivery.done_at) }) : t('delivery.created_at', { time: dateTime(delivery.created_at) })}</span>
      </p>
    </article>`;
  }

  #progress({ bytes, sent_bytes: sent, bytes_per_second: speed }) {
    const left = speed > 0 ? t('delivery.left', { time: age(((bytes - sent) / speed) * 1000) }) : null;
    return html`<div class="progress-line">
      <progress max=${Math.max(1, bytes)} value=${Math.min(sent, bytes)} aria-label=${t('delivery.sending')}></progress>
      <p class="facts"><strong>${percent(sent, bytes)}</strong><span>${rate(speed)}</span>${left ? html`<span>${left}</span>` : nothing}</p>
    </div>`;
  }
}
customElements.define('sluice-delivery-row', DeliveryRow);
