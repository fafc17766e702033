import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from './part.js';
import { icon } from './icon.js';
import './next-look.js';
import './state-mark.js';
import { wishDelivery } from '../api-deliveries.js';
import { baseName, stateOf } from '../deliveryview.js';
import { age, dateTime, percent, rate, size } from '../format.js';
import { t, tn } from '../i18n.js';
import { say, sayError } from '../say.js';
import { store } from '../store.js';

/** What may be done in each state, the likeliest first. */
const WISHES = {
  needs_you: ['retry', 'skip', 'pause'],
  retry: ['retry', 'skip', 'pause'],
  sending: ['pause', 'skip'],
  waiting: ['pause', 'skip'],
  paused: ['resume', 'skip'],
  skipped: ['resume'],
};
const SIGNS = { retry: 'retry', pause: 'paused', resume: 'resume', skip: 'skipped' };

/** One file on its way to its targets. */
class DeliveryRow extends Part {
  static properties = { deliveries: { attribute: false }, busy: { state: true } };

  constructor() {
    super();
    /** @type {object[]} deliveries of the API, all of the same file */
    this.deliveries = [];
    /** @type {Set<string>} ids with a wish under way */
    this.busy = new Set();
  }

  render() {
    const [first] = this.deliveries;
    return html`<article class="card delivery" data-testid="delivery-row" data-state=${stateOf(this.deliveries)} tabindex="-1" aria-label=${baseName(first.file)}>
      <header class="card-head">
        <div class="card-name">
          <h3 class="file-name" title=${first.file}><bdi>${baseName(first.file)}</bdi></h3>
          <p class="facts"><bdi>${first.room_name}</bdi>${first.bytes > 0 ? html`<span>${size(first.bytes)}</span>` : nothing}
            <span>${t('delivery.created_at', { time: dateTime(first.created_at) })}</span></p>
        </div>
      </header>
      <ul class="targets">${repeat(this.deliveries, (each) => each.id, (each) => this.#target(each))}</ul>
    </article>`;
  }

  #target(delivery) {
    return html`<li class="target-line" data-testid="delivery-target" data-delivery-id=${delivery.id} data-state=${delivery.state}>
      <div class="target-head"><bdi class="target">${delivery.target}</bdi>
        <sluice-state-mark kind="delivery" .state=${delivery.state} .tone=${delivery.state}></sluice-state-mark>
        <span class="card-ends">${(WISHES[delivery.state] ?? []).map((wish) => this.#button(delivery, wish))}</span></div>
      ${this.#facts(delivery)}
      ${delivery.state === 'sending' ? this.#progress(delivery) : nothing}
      ${delivery.error && delivery.state !== 'done' ? html`<p class="why far-side"><bdi>${delivery.error}</bdi></p>` : nothing}</li>`;
  }

  #button(delivery, wish) {
    const label = t('delivery.of', { act: t(`delivery.act.${wish}`), file: baseName(delivery.file), target: delivery.target });
    return html`<button type="button" class="act ${wish === 'retry' || wish === 'resume' ? '' : 'bare'}" data-testid=${wish} title=${label} aria-label=${label}
      ?disabled=${this.busy.has(delivery.id)} @click=${() => this.#wish(delivery, wish)}>${icon(SIGNS[wish])}${wish === 'retry' || wish === 'resume' ? html`<span>${t(`delivery.act.${wish}`)}</span>` : nothing}</button>`;
  }

  async #wish(delivery, wish) {
    this.busy = new Set(this.busy).add(delivery.id);
    try {
      store.keepDelivery(await wishDelivery(delivery.id, wish));
      if (wish === 'skip') {
        const text = t('delivery.said.skip', { file: baseName(delivery.file), target: delivery.target });
        say('success', text, { words: t('action.undo'), run: () => this.#wish(delivery, 'resume') });
      }
    } catch (error) {
      sayError(error);
    } finally {
      this.busy = new Set([...this.busy].filter((id) => id !== delivery.id));
    }
  }

  #facts(delivery) {
    const facts = [
      delivery.state === 'retry' ? html`<sluice-next-look words="try" .at=${delivery.next_try_at}></sluice-next-look>` : null,
      delivery.tries > 1 ? tn('tries', delivery.tries) : null,
      delivery.done_at ? t('delivery.done_at', { time: dateTime(delivery.done_at) }) : null,
    ].filter(Boolean);
    return facts.length ? html`<p class="facts">${facts.map((each) => html`<span>${each}</span>`)}</p>` : nothing;
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
