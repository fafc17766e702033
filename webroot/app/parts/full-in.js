import { html, nothing } from 'lit';
import { Part } from './part.js';
import { storage } from '../api-storage.js';
import { span } from '../format.js';
import { t, useTexts } from '../i18n.js';

await useTexts('storage');

const EVERY_MS = 60_000;
const SOON_S = 30 * 86_400;
const DAYS_S = 2 * 86_400;

/** When a disk is full at the rate of now; nothing where that is far off or nothing is written. */
class FullIn extends Part {
  static properties = { root: {}, seconds: { state: true } };

  constructor() {
    super();
    /** @type {string} recordings root */
    this.root = '';
    /** @type {number | null} */
    this.seconds = null;
  }

  listen() {
    const look = () => storage().then(({ roots }) => (this.seconds = roots.find((each) => each.root === this.root)?.full_in_seconds ?? null), () => {});
    look();
    const timer = setInterval(look, EVERY_MS);
    return [() => clearInterval(timer)];
  }

  render() {
    if (this.seconds === null || this.seconds > SOON_S) return nothing;
    const whole = this.seconds > DAYS_S ? Math.floor(this.seconds / 86_400) * 86_400 : this.seconds;
    return html`· ${t('disk.full_in', { time: span(whole * 1000) })}`;
  }
}
customElements.define('sluice-full-in', FullIn);
