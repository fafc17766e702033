import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import './rate-chart.js';
import { getRecording } from '../api-play.js';
import { getRates } from '../api-room.js';
import { clock, dateTime, size, span } from '../format.js';
import { t, tn } from '../i18n.js';
import { withOwn } from '../places.js';
import { hostOf } from '../roomview.js';
import { sayError } from '../say.js';

const EVERY_MS = 5000;

/** What a room does now: rates of the last ten minutes, what comes in, and a look at it. */
class RoomNow extends Part {
  static properties = { room: { attribute: false }, rates: { state: true }, watched: { state: true } };
  #timer = 0;

  constructor() {
    super();
    /** @type {object} a room of the API */
    this.room = null;
    /** @type {{step_ms: number, received: (number | null)[], written: (number | null)[]} | null} */
    this.rates = null;
    /** @type {object | null} the recording that plays */
    this.watched = null;
  }

  listen() {
    this.#ask();
    return [() => clearTimeout(this.#timer)];
  }

  willUpdate(changed) {
    if (changed.has('room') && changed.get('room')?.id !== this.room.id) {
      this.rates = null;
      this.watched = null;
      this.#ask();
    }
  }

  async #ask() {
    clearTimeout(this.#timer);
    const id = this.room?.id;
    if (!id) return;
    const rates = await getRates(id).catch(() => null);
    if (!this.isConnected || id !== this.room.id) return;
    this.rates = rates ?? this.rates;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), EVERY_MS);
  }

  render() {
    const { recording } = this.room;
    return html`${this.#chart()}
      <dl class="now-facts">${this.#facts(recording).map(([name, value]) => html`<div><dt>${t(`room.${name}`)}</dt><dd>${value}</dd></div>`)}</dl>
      ${recording ? this.#look(recording) : nothing}`;
  }

  #chart() {
    const empty = !this.rates?.received.some((each) => each !== null);
    if (empty) return html`<p class="quiet no-rates">${this.room.recording ? t('room.rates_soon') : t('room.no_rates')}</p>`;
    return html`<sluice-rate-chart .rates=${this.rates}></sluice-rate-chart>`;
  }

  #facts(recording) {
    const { room } = this;
    const all = [['line', html`<bdi>${hostOf(room.link) ?? room.key}</bdi>`]];
    if (room.links.length > 1) all.push(['links', html`${room.links.map((link) => html`<bdi class="link">${hostOf(link) ?? link}</bdi> `)}`]);
    if (room.targets.length) all.push(['targets', html`<bdi>${room.targets.join(t('mark.comma'))}</bdi>`]);
    if (!recording) return all;
    return [
      ...all,
      ['quality', recording.quality || t('room.unknown')],
      ['started', dateTime(recording.started_at)],
      ['length', clock(recording.duration_ms)],
      ['size', `${size(recording.bytes)} · ${tn('segments', recording.segments)}`],
      ['gaps', recording.gaps ? `${tn('gaps', recording.gaps)} (${span(recording.gap_ms)})` : t('gaps.none')],
      ...(recording.file ? [['file', html`<bdi>${recording.file}</bdi>`]] : []),
    ];
  }

  #look(recording) {
    if (this.watched?.id === recording.id) return html`<sluice-player .recording=${this.watched}></sluice-player>`;
    return html`<button type="button" class="act" data-testid="btn-watch" @click=${() => this.#watch(recording.id).catch(sayError)}>${icon('resume')}<span>${t('room.watch')}</span></button>`;
  }

  async #watch(id) {
    const [recording] = await Promise.all([getRecording(id), withOwn('play', withOwn('broadcasts', () => import('./player.js')))()]);
    this.watched = recording;
  }
}
customElements.define('sluice-room-now', RoomNow);
