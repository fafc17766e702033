import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StorePart } from '../parts/part.js';
import '../parts/empty-note.js';
import { icon } from '../parts/icon.js';
import { listLog } from '../api-log.js';
import { t, tn } from '../i18n.js';
import { keepInAddress } from '../route.js';
import { errorText, say } from '../say.js';
import { store } from '../store.js';
import { Tail } from './tail.js';

const LEVELS = ['debug', 'info', 'warn', 'error'];
const TONES = { debug: 'none', info: 'waiting', warn: 'trouble', error: 'recording' };

/** The last events of the log, newest first; new ones come by themselves unless it is paused. */
class LogPlace extends StorePart {
  static properties = { query: { attribute: false }, place: {} };
  #tail = new Tail((query) => listLog({ ...this.#filter, ...query }), () => this.requestUpdate());
  #typing = 0;

  constructor() {
    super();
    /** @type {URLSearchParams} `level`, `room`, `text` */
    this.query = new URLSearchParams();
    /** The place whose address holds the query: its own, or the room's. */
    this.place = 'log';
  }

  listen() {
    this.#tail.start();
    return [...super.listen(), () => this.#tail.stop()];
  }

  willUpdate(changed) {
    if (changed.has('query') && this.hasUpdated && String(changed.get('query')) !== String(this.query)) this.#tail.restart();
  }

  get #filter() {
    const level = this.query.get('level');
    return { level: LEVELS.includes(level) ? level : 'info', room: this.query.get('room'), text: this.query.get('text') };
  }

  render() {
    const { paused, missed } = this.#tail;
    return html`<div class="place-head">${this.place === 'log' ? html`<h1>${t('log.title')}</h1>` : html`<span></span>`}
        <div class="log-acts">
          <button type="button" class="act" data-testid="log-pause" aria-pressed=${paused} @click=${() => this.#tail.pause(!paused)}>
            ${icon(paused ? 'resume' : 'paused')}<span>${paused ? (missed ? tn('log.new', missed) : t('log.go_on')) : t('log.pause')}</span></button>
          <button type="button" class="act" data-testid="log-copy" @click=${() => this.#copy()}>${t('log.copy')}</button>
          <button type="button" class="act" data-testid="log-download" @click=${() => this.#download()}>${icon('download')}<span>${t('log.download')}</span></button>
        </div></div>
      <div class="log-filters">${this.#levels()}${this.place === 'log' ? this.#rooms() : nothing}
        <input type="search" data-testid="log-text" aria-label=${t('log.text')} placeholder=${t('log.text')} .value=${this.query.get('text') ?? ''} @input=${(event) => this.#type(event.target.value)}></div>
      ${this.#body()}`;
  }

  #levels() {
    return html`<select data-testid="log-level" aria-label=${t('log.level')} @change=${(event) => this.#set('level', event.target.value)}>
      ${LEVELS.map((level) => html`<option value=${level} ?selected=${level === this.#filter.level}>${t(`log.from.${level}`)}</option>`)}</select>`;
  }

  #rooms() {
    const chosen = this.query.get('room');
    return html`<select data-testid="log-room" aria-label=${t('log.room')} @change=${(event) => this.#set('room', event.target.value)}>
      <option value="" ?selected=${!chosen}>${t('log.all_rooms')}</option>
      ${repeat(store.rooms.values(), (room) => room.id, (room) => html`<option value=${room.id} ?selected=${room.id === chosen}>${room.name}</option>`)}</select>`;
  }

  #body() {
    const { lines, next, error, phase } = this.#tail;
    if (!lines.length && phase === 'loading') return html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
    if (!lines.length && error) return html`<sluice-empty-note sign="grace" .text=${errorText(error)} .action=${t('action.again')} @go=${() => this.#tail.restart()}></sluice-empty-note>`;
    if (!lines.length) return html`<sluice-empty-note sign="look" .text=${t('log.empty')}></sluice-empty-note>`;
    return html`${error ? html`<p class="why far-side" role="status">${errorText(error)}</p>` : nothing}
      <ol class="log" data-testid="log">${repeat(lines, (line) => line.id, (line) => this.#line(line))}</ol>
      ${next ? html`<button type="button" class="act more" @click=${() => this.#tail.more()}>${t('action.more')}</button>` : nothing}`;
  }

  #line(line) {
    const words = html`<time datetime=${line.at}>${moment(line.at)}</time> <span class="log-level tone-${TONES[line.level] ?? 'none'}">${t(`log.level.${line.level}`)}</span>
      <span class="log-text"><bdi>${line.text}</bdi> <span class="quiet">${line.logger}</span></span>`;
    return html`<li data-testid="log-line" data-level=${line.level}>${line.trace
      ? html`<details><summary>${words}</summary><pre>${line.trace}</pre></details>` : html`<div>${words}</div>`}</li>`;
  }

  #type(text) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#set('text', text), 300);
  }

  #set(name, value) {
    keepInAddress(this.place, { ...Object.fromEntries(this.query), [name]: value });
  }

  /** What is shown, oldest first, as it would stand in a report; the server has masked secrets. */
  #report() {
    const lines = [...this.#tail.lines].reverse().map((line) => `${line.at} ${line.level.toUpperCase().padEnd(5)} ${line.logger}: ${line.text}${line.trace ? `\n${line.trace}` : ''}`);
    return `Sluice ${store.server.version ?? ''}, ${store.server.zone ?? ''}\n${lines.join('\n')}\n`;
  }

  /** Browsers offer the clipboard's interface behind HTTPS only; the command of old works everywhere. */
  #copy() {
    const box = document.createElement('textarea');
    box.value = this.#report();
    box.className = 'unseen';
    document.body.append(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    if (done) say('success', tn('log.copied', this.#tail.lines.length));
    else say('error', t('log.not_copied'));
  }

  #download() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([this.#report()], { type: 'text/plain' }));
    link.download = `sluice-${new Date().toISOString().slice(0, 19).replaceAll(':', '.')}.log`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}
customElements.define('sluice-log', LogPlace);

/** Day and time to the second in the viewer's zone, the same width everywhere. */
function moment(iso) {
  const when = new Date(iso);
  const two = (n) => String(n).padStart(2, '0');
  return `${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
}
