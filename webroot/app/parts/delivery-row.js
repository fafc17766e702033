import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import './next-look.js';
import './state-mark.js';
import { retryDelivery } from '../api-deliveries.js';
import { age, dateTime, percent, rate, size } from '../format.js';
import { t, tn, useTexts } from '../i18n.js';
import { sayError } from '../say.js';

await useTexts('deliveries');

const FAILED = ['retry', 'needs_you'];

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
          <h2 class="file-name" title=${delivery.file}><bdi>${baseName(delivery.file)}</bdi></h2>
        </div>
        <sluice-state-mark kind="delivery" .state=${delivery.state} .tone=${delivery.state}></sluice-state-mark>
      </header>
      ${this.#facts(delivery)}
      ${delivery.state === 'sending' ? this.#progress(delivery) : nothing}
      ${delivery.error && delivery.state !== 'done' ? html`<p class="why far-side"><bdi>${delivery.error}</bdi></p>` : nothing}
      ${FAILED.includes(delivery.state) ? this.#retry(delivery) : nothing}
    </article>`;
  }

  #retry(delivery) {
    return html`<p class="acts"><button type="button" class="act" data-testid="retry" @click=${() => retryDelivery(delivery.id).catch(sayError)}>
      ${icon('retry')}<span>${t('action.again')}</span></button></p>`;
  }

  #facts(delivery) {
    return html`<p class="facts">
        <span><bdi>${delivery.room_name}</bdi> → <bdi class="target">${delivery.target}</bdi></span>
        ${delivery.bytes > 0 ? html`<span>${size(delivery.bytes)}</span>` : nothing}
        ${delivery.state === 'retry' ? html`<span><sluice-next-look words="try" .at=${delivery.next_try_at}></sluice-next-look></span>` : nothing}
        ${delivery.tries > 1 ? html`<span>${tn('tries', delivery.tries)}</span>` : nothing}
        <span>${delivery.done_at ? t('delivery.done_at', { time: dateTime(delivery.done_at) }) : t('delivery.created_at', { time: dateTime(delivery.created_at) })}</span>
      </p>`;
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

/** The folder says no more than the room's name beside it. */
const baseName = (file) => file.slice(file.lastIndexOf('/') + 1);
