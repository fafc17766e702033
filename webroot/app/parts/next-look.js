import { html, nothing } from 'lit';
import { TickingPart } from './part.js';
import { serverNow } from '../clock.js';
import { age, clockTime } from '../format.js';
import { t } from '../i18n.js';

const COUNT_DOWN_MS = 10 * 60_000;

/** "next look in 23 s"; further away, the time of day. */
class NextLook extends TickingPart {
  static properties = { at: {}, words: {} };

  constructor() {
    super();
    /** @type {string | null} an instant */
    this.at = null;
    /** @type {'look' | 'try'} */
    this.words = 'look';
  }

  render() {
    const at = Date.parse(this.at ?? '');
    if (Number.isNaN(at)) return nothing;
    const left = at - serverNow();
    if (left > COUNT_DOWN_MS) return html`${t(`next.${this.words}.at`, { time: clockTime(this.at) })}`;
    // Below that it would count to "0 s".
    return html`${left >= 500 ? t(`next.${this.words}.in`, { time: age(left) }) : t(`next.${this.words}.due`)}`;
  }
}
customElements.define('sluice-next-look', NextLook);
