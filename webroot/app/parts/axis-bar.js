import { html, svg, nothing } from 'lit';
import { Part } from './part.js';
import { clock, span } from '../format.js';
import { t, tn } from '../i18n.js';
import { causeText } from '../recordingview.js';

const THINNEST_PERCENT = 0.5;
let axes = 0;

/** A recording as an axis of time: its segments, and over them its gaps, hatched. */
class AxisBar extends Part {
  static properties = { recording: { attribute: false } };
  #hatch = `hatch-${++axes}`;

  constructor() {
    super();
    /** @type {object} a recording of the API */
    this.recording = null;
  }

  render() {
    const spans = segmentSpans(this.recording);
    const gaps = this.recording.gaps ?? [];
    const total = lengthOf(this.recording, spans);
    const label = [tn('segments', spans.length), gaps.length ? tn('gaps', gaps.length) : t('gaps.none')].join(', ');
    return html`<svg class="axis" role="img" aria-label=${label}>
        ${svg`<defs><pattern id=${this.#hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="gap-ground" width="6" height="6"/><rect class="gap-stripe" width="2.5" height="6"/></pattern></defs>
        <rect class="axis-ground" width="100%" height="100%" rx="4"/>
        ${spans.map((each, i) => this.#segment(each, i, total))}
        ${gaps.map((gap) => this.#gap(gap, total))}`}
      </svg>
      <div class="axis-ends quiet" aria-hidden="true"><span>0:00</span><span>${clock(total)}${
        this.recording.state === 'recording' ? html` · ${t('recording.now')}` : nothing}</span></div>`;
  }

  #segment({ from, to, name, open }, i, total) {
    return svg`<rect class="axis-segment ${i % 2 ? 'odd' : ''} ${open ? 'open' : ''}" y="0" height="100%"
      x="${place(from, total)}%" width="${width(from, to, total)}%"><title>${name}: ${clock(from)} – ${clock(to)}</title></rect>`;
  }

  #gap(gap, total) {
    const words = t('gap.words', { at: clock(gap.at_ms), length: span(gap.duration_ms), cause: causeText(gap.cause) });
    return svg`<rect class="axis-gap" fill="url(#${this.#hatch})" y="0" height="100%"
      x="${place(gap.at_ms, total)}%" width="${width(gap.at_ms, gap.at_ms + gap.duration_ms, total)}%"><title>${words}</title></rect>`;
  }
}
customElements.define('sluice-axis-bar', AxisBar);

/** An open file has no end yet: it reaches as far as the recording does. */
function segmentSpans({ files, duration_ms: duration }) {
  let end = 0;
  return (files ?? []).filter((file) => file.kind === 'segment').map((file) => {
    const from = file.start_ms ?? end;
    const to = Math.max(from, file.state === 'open' ? duration : (file.end_ms ?? duration));
    end = to;
    return { from, to, name: file.name, open: file.state === 'open' };
  });
}

function lengthOf({ duration_ms: duration, gaps }, spans) {
  const ends = [...spans.map((each) => each.to), ...(gaps ?? []).map((gap) => gap.at_ms + gap.duration_ms)];
  return Math.max(1, duration ?? 0, ...ends);
}

const place = (at, total) => Math.min(100 - THINNEST_PERCENT, Math.max(0, (at / total) * 100)).toFixed(3);
const width = (from, to, total) => Math.max(THINNEST_PERCENT, ((to - from) / total) * 100).toFixed(3);
