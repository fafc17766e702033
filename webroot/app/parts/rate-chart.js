import { html, svg } from 'lit';
import { Part } from './part.js';
import { rate, span } from '../format.js';
import { t } from '../i18n.js';

const WIDTH = 600;
const HEIGHT = 120;

/** Received against written over the last minutes: two lines that should lie on each other. */
class RateChart extends Part {
  static properties = { rates: { attribute: false } };

  constructor() {
    super();
    /** @type {{step_ms: number, received: (number | null)[], written: (number | null)[]}} */
    this.rates = { step_ms: 1, received: [], written: [] };
  }

  render() {
    const { received, written, step_ms: step } = this.rates;
    const top = Math.max(1, ...received, ...written);
    const newest = (all) => all.findLast((each) => each !== null) ?? 0;
    return html`<figure class="rate-chart" data-testid="rate-chart">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT + 2}" preserveAspectRatio="none" role="img" aria-label=${t('room.chart', { received: rate(newest(received)), written: rate(newest(written)) })}>
        ${svg`<polyline class="spark-floor" points="0,${HEIGHT + 1} ${WIDTH},${HEIGHT + 1}"/>
          ${runs(received, top).map((points) => svg`<polyline class="rate-received" points=${points}/>`)}
          ${runs(written, top).map((points) => svg`<polyline class="rate-written" points=${points}/>`)}`}</svg>
      <figcaption class="facts"><span class="key-received">${t('room.received')} <strong>${rate(newest(received))}</strong></span>
        <span class="key-written">${t('room.written')} <strong>${rate(newest(written))}</strong></span>
        <span>${t('room.highest', { rate: rate(top) })}</span><span>${t('room.span', { time: span(received.length * step) })}</span></figcaption>
    </figure>`;
  }
}
customElements.define('sluice-rate-chart', RateChart);

/** One line for each stretch without a hole. */
function runs(values, top) {
  const width = WIDTH / Math.max(1, values.length - 1);
  const lines = [[]];
  values.forEach((value, i) => {
    if (value === null) lines.push([]);
    else lines.at(-1).push(`${(i * width).toFixed(1)},${(HEIGHT + 1 - (value / top) * (HEIGHT - 2)).toFixed(1)}`);
  });
  return lines.filter((line) => line.length).map((line) => (line.length === 1 ? `${line[0]} ${line[0]}` : line.join(' ')));
}
