import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from '../parts/part.js';
import '../parts/empty-note.js';
import { icon } from '../parts/icon.js';
import { healthReport } from '../api-health.js';
import { t, tOr } from '../i18n.js';
import { linkTo } from '../route.js';
import { errorText } from '../say.js';

const EVERY_MS = 30_000;
const SIGNS = { ok: 'done', warning: 'unknown', error: 'refused' };
const TONES = { ok: 'done', warning: 'trouble', error: 'recording' };
const LEVELS = ['error', 'warning', 'ok'];

/** What is well and what is not, each as a sentence with what to do; what is bad comes first. */
class HealthPlace extends Part {
  static properties = { report: { state: true }, error: { state: true }, asking: { state: true } };
  #timer = 0;

  constructor() {
    super();
    /** @type {object | null} */
    this.report = null;
    /** @type {unknown} */
    this.error = null;
    this.asking = false;
  }

  listen() {
    this.#ask();
    return [() => clearTimeout(this.#timer)];
  }

  render() {
    return html`<div class="place-head"><h1>${t('health.title')}</h1>
        <div class="health-acts"><a href=${linkTo('log')}>${t('health.log')}</a>
          <button type="button" class="act" data-testid="health-again" ?disabled=${this.asking} @click=${() => this.#ask()}>${icon('look')}<span>${t('health.again')}</span></button></div></div>
      ${this.#body()}`;
  }

  #body() {
    if (!this.report && !this.error) return html`<p class="empty" aria-busy="true">${t('health.asking')}</p>`;
    if (!this.report) return html`<sluice-empty-note sign="grace" .text=${errorText(this.error)} .action=${t('action.again')} @go=${() => this.#ask()}></sluice-empty-note>`;
    const checks = [...this.report.checks].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
    return html`<p class="health-all tone-${TONES[this.report.status] ?? 'none'}" role="status" data-testid="health-all" data-status=${this.report.status}>
        ${icon(SIGNS[this.report.status] ?? 'look')}<strong>${t(`health.all.${this.report.status}`)}</strong></p>
      ${this.error ? html`<p class="why far-side">${errorText(this.error)}</p>` : nothing}
      <ul class="health">${repeat(checks, (each) => each.key + each.text, (each) => html`<li class="card tone-${TONES[each.level] ?? 'none'}" data-testid="health-check" data-key=${each.key} data-level=${each.level}>
        ${icon(SIGNS[each.level] ?? 'look')}<p><bdi>${sentence(each)}</bdi></p></li>`)}</ul>`;
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.asking = true;
    try {
      this.report = await healthReport();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.asking = false;
    clearTimeout(this.#timer);
    if (this.isConnected) this.#timer = setTimeout(() => this.#ask(), EVERY_MS);
  }
}
customElements.define('sluice-health', HealthPlace);

/** Notices and reasons of rooms have their words elsewhere. */
function sentence({ key, level, values, text }) {
  if (!key.startsWith('notice.')) return tOr(`health.${key}.${level}`, values, text);
  return tOr(key, values, tOr(`reason.${key.slice('notice.'.length)}`, values, text));
}
