import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { rate, size } from '../format.js';
import { t, tn } from '../i18n.js';
import { linkTo } from '../route.js';
import { GROUPS } from '../roomview.js';

const SIGNS = { recording: 'recording', trouble: 'unknown', live: 'live', waiting: 'waiting', paused: 'paused' };

/** @typedef {{groups: Record<string, number>, bytesPerSecond: number, sending: number, needsYou: number, storage: object[]}} Totals */

/** The line of totals. A count is also the filter to what it counts: sends `filter` with the group, or null. */
class TotalsLine extends Part {
  static properties = { totals: { attribute: false }, chosen: {} };

  constructor() {
    super();
    /** @type {Totals} */
    this.totals = null;
    /** @type {string | null} the group that is filtered for */
    this.chosen = null;
  }

  render() {
    const { groups, bytesPerSecond, sending, needsYou, storage } = this.totals;
    return html`<div class="totals">
      <div class="chips" role="toolbar" aria-label=${t('totals.label')}>${GROUPS.map((group) => this.#chip(group, groups[group] ?? 0))}</div>
      <p class="facts">
        ${groups.recording ? html`<span>${rate(bytesPerSecond)}</span>` : nothing}
        ${sending ? html`<a href=${linkTo('deliveries')}>${tn('totals.sending', sending)}</a>` : nothing}
        ${needsYou ? html`<a class="needs" href=${linkTo('deliveries', { state: 'needs_you' })}>${tn('totals.needs_you', needsYou)}</a>` : nothing}
        ${storage.map((root) => this.#root(root))}
      </p>
    </div>`;
  }

  #chip(group, n) {
    if (n === 0 && group !== 'recording' && this.chosen !== group) return nothing;
    const chosen = this.chosen === group;
    return html`<button type="button" class="chip tone-${n ? group : 'none'}" aria-pressed=${chosen}
      @click=${() => this.dispatchEvent(new CustomEvent('filter', { detail: chosen ? null : group }))}>
      ${icon(SIGNS[group])}<strong>${n}</strong><span>${t(`group.${group}`)}</span></button>`;
  }

  #root(root) {
    const text = root.open ? t('totals.free', { size: size(root.free_bytes) }) : t('totals.closed', { size: size(root.free_bytes) });
    return html`<span class="${root.open ? '' : 'needs'}" title=${root.root}>${icon('storage')} ${text} <sluice-full-in .root=${root.root}></sluice-full-in></span>`;
  }
}
customElements.define('sluice-totals', TotalsLine);
