import { html, svg } from 'lit';
import { Part } from './part.js';
import { rate } from '../format.js';
import { t } from '../i18n.js';

const POINTS = 60;
const WIDTH = 118;
const HEIGHT = 28;

/** The rates of the last minute as a small line; its top is the highest of them. */
class Sparkline extends Part {
  static properties = { rates: { attribute: false } };

  constructor() {
    super();
    /** @type {number[]} bytes a second, oldest first */
    this.rates = [];
  }

  render() {
    const line = points(this.rates);
    const label = t('card.rate_line', { highest: rate(Math.max(0, ...this.rates)) });
    return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT + 2}" preserveAspectRatio="none" role="img" aria-label=${label}>
      ${svg`<polyline class="spark-floor" points="0,${HEIGHT + 1} ${WIDTH},${HEIGHT + 1}"/>
      <polyline class="spark-line" points=${line}/>`}
    </svg>`;
  }
}
customElements.define('sluice-sparkline', Sparkline);

/** @param {number[]} rates */
function points(rates) {
  const top = Math.max(1, ...rates);
  const step = WIDTH / (POINTS - 1);
  const first = POINTS - rates.length;
  return rates.map((value, i) => `${((first + i) * step).toFixed(1)},${(HEIGHT + 1 - (value / top) * (HEIGHT - 1)).toFixed(1)}`).join(' ');
}
