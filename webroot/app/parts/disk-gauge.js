import { html, svg, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { rate, size, span } from '../format.js';
import { t, useTexts } from '../i18n.js';

await useTexts('storage');

/** One recordings root: how full its disk is and with what, the reserve, and when it is full. */
class DiskGauge extends Part {
  static properties = { root: { attribute: false } };

  constructor() {
    super();
    /** @type {object | null} a root of the API's overview */
    this.root = null;
  }

  render() {
    const { root } = this;
    return html`<h2 class="disk-name">${icon('storage')}<bdi>${root.root}</bdi></h2>
      ${root.total_bytes > 0 ? this.#gauge(root) : html`<p class="quiet">${t('disk.unknown')}</p>`}
      ${this.#legend(root)}
      ${root.total_bytes > 0 ? this.#forecast(root) : nothing}`;
  }

  #gauge(root) {
    const parts = shares(root);
    const low = root.free_bytes < root.reserve_bytes;
    const label = t('disk.label', { free: size(root.free_bytes), total: size(root.total_bytes), reserve: size(root.reserve_bytes) });
    let at = 0;
    return html`<svg class="gauge ${low ? 'low' : ''}" role="img" aria-label=${label}>${svg`
      <rect class="gauge-ground" width="100%" height="100%" rx="5"/>
      ${parts.map(({ kind, bytes }) => {
        const x = at;
        at += bytes;
        return svg`<rect class="gauge-${kind}" x="${percent(x, root)}%" width="${percent(bytes, root)}%" height="100%"><title>${t(`disk.${kind}`)}: ${size(bytes)}</title></rect>`;
      })}
      <rect class="gauge-reserve" x="${percent(root.total_bytes - Math.min(root.reserve_bytes, root.total_bytes), root)}%" width="${percent(Math.min(root.reserve_bytes, root.total_bytes), root)}%" height="100%"><title>${t('disk.reserve')}: ${size(root.reserve_bytes)}</title></rect>`}
    </svg>`;
  }

  #legend(root) {
    const parts = root.total_bytes > 0 ? shares(root) : [{ kind: 'used', bytes: root.used_bytes }, { kind: 'trash', bytes: root.trash_bytes }];
    return html`<ul class="legend">
      ${parts.map(({ kind, bytes }) => html`<li><span class="swatch swatch-${kind}" aria-hidden="true"></span>${t(`disk.${kind}`)} <strong>${size(bytes)}</strong></li>`)}
      ${root.total_bytes > 0 ? html`<li><span class="swatch swatch-free" aria-hidden="true"></span>${t('disk.free')} <strong>${size(root.free_bytes)}</strong></li>
        ${root.reserve_bytes > 0 ? html`<li><span class="swatch swatch-reserve" aria-hidden="true"></span>${t('disk.reserve')} <strong>${size(root.reserve_bytes)}</strong></li>` : nothing}` : nothing}
    </ul>`;
  }

  #forecast(root) {
    if (!root.open) return html`<p class="why far-side">${t('disk.closed')}</p>`;
    if (root.free_bytes < root.reserve_bytes) return html`<p class="why far-side">${t('disk.low')}</p>`;
    const now = root.full_in_seconds === null ? t(root.bytes_per_second > 0 ? 'disk.never_now' : 'disk.idle') : t('disk.full_now', { time: about(root.full_in_seconds), rate: rate(root.bytes_per_second) });
    const habit = root.full_in_seconds_by_habit === null ? nothing : html`<span>${t('disk.full_habit', { time: about(root.full_in_seconds_by_habit), size: size(root.bytes_per_day) })}</span>`;
    return html`<p class="facts" data-testid="forecast"><span>${now}</span>${habit}</p>`;
  }
}
customElements.define('sluice-disk-gauge', DiskGauge);

/** A root may be shared: what is neither ours nor free is somebody else's. */
function shares({ total_bytes: total, free_bytes: free, used_bytes: used, trash_bytes: trash }) {
  const other = Math.max(0, total - free - used - trash);
  return [{ kind: 'used', bytes: used }, { kind: 'trash', bytes: trash }, { kind: 'other', bytes: other }];
}

const percent = (bytes, root) => ((bytes / root.total_bytes) * 100).toFixed(3);

/** Whole hours are enough days ahead. */
const about = (seconds) => span(seconds > 172_800 ? Math.floor(seconds / 86_400) * 86_400_000 : seconds * 1000);
