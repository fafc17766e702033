import { html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { TickingPart } from './part.js';
import { icon } from './icon.js';
import './axis-bar.js';
import { playlistUrl, whyNotPlayed } from '../api-play.js';
import { fileLink } from '../api.js';
import { clock, span } from '../format.js';
import { t } from '../i18n.js';
import { keepPlace, keptPlace } from '../kept-places.js';
import { Playback } from '../playback.js';
import { errorText } from '../say.js';

const JUMP_MS = 10_000;
const KEEP_EVERY_MS = 5000;
/** What is left at the end is not worth coming back to: this share of it, or so much of a long one. */
const NEARLY_OVER = 0.05;
const NEARLY_OVER_MS = 10_000;

/** Plays a recording, also one that is still running; times on its axis are the recording's own. */
class Player extends TickingPart {
  static properties = { recording: { attribute: false }, phase: { state: true }, live: { state: true }, picture: { state: true } };
  #video = createRef();
  #playback = null;
  #id = null;
  #keptAt = 0;
  #detail = '';

  constructor() {
    super();
    /** @type {object} a recording of the API */
    this.recording = null;
    /** @type {import('../playback.js').Phase} */
    this.phase = 'loading';
    /** Whether it follows what is being recorded. */
    this.live = false;
    /** Its size in words. */
    this.picture = '';
  }

  listen() {
    const keep = () => this.#keep();
    const key = (event) => this.#key(event);
    addEventListener('pagehide', keep);
    document.addEventListener('keydown', key);
    return [...super.listen(), () => removeEventListener('pagehide', keep), () => document.removeEventListener('keydown', key)];
  }

  updated() {
    if (this.recording.id === this.#id || !this.#video.value) return;
    this.#playback?.close();
    this.#id = this.recording.id;
    this.#playback = new Playback(this.#video.value, Date.parse(this.recording.started_at), {
      onPhase: (phase, url) => this.#phased(phase, url),
    });
    const kept = keptPlace(this.#id);
    if (this.#isRunning() && kept === null) this.#toLive();
    else this.#playFrom(kept ?? 0);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#keep();
    this.#playback?.close();
    this.#playback = null;
    this.#id = null;
  }

  render() {
    const at = this.#playback?.position() ?? null;
    return html`<div class="player" data-testid="player" data-phase=${this.phase} data-live=${this.live} data-at=${at ?? ''}>
      <div class="screen">
        <video ${ref(this.#video)} controls playsinline aria-label=${t('play.label', { name: this.recording.room_name })}
          @timeupdate=${this.#moved} @seeked=${this.#moved} @ended=${this.#ended} @resize=${this.#sized}></video>
        ${this.#trouble()}
      </div>
      <sluice-axis-bar .recording=${this.recording}></sluice-axis-bar>
      <div class="player-line">
        <input type="range" min="0" max=${Math.max(1, this.recording.duration_ms)} step="100" .value=${String(at ?? 0)} data-testid="seek"
          aria-label=${t('play.seek')} aria-valuetext=${clock(at ?? 0)} @change=${(event) => this.#go(Number(event.target.value))}>
        <span class="player-time">${clock(at ?? 0)} / ${clock(this.recording.duration_ms)}</span>
        ${this.picture ? html`<span class="quiet" data-testid="picture">${this.picture}</span>` : nothing}
        ${this.#isRunning() ? this.#liveButton() : nothing}
        ${this.#download(at ?? 0)}
      </div>
    </div>`;
  }

  #liveButton() {
    const behind = this.live ? this.#playback?.behind() : null;
    return html`<button type="button" class="act ${this.live ? '' : 'primary'}" data-testid="to-live" aria-pressed=${this.live} @click=${() => this.#toLive()}>
      ${icon('recording')}<span>${this.live ? t('play.live') : t('play.to_live')}</span></button>
      ${behind ? html`<span class="quiet" data-testid="behind" data-ms=${Math.round(behind)}>${t('play.behind', { length: span(behind) })}</span>` : nothing}`;
  }

  /** The file that is being watched. */
  #download(at) {
    const files = (this.recording.files ?? []).filter((file) => file.kind === 'segment' && file.state !== 'open' && fileLink(file.url));
    const file = files.find((each) => at < each.end_ms) ?? files.at(-1);
    return file ? html`<a class="file" href=${fileLink(file.url)} download=${file.name} data-testid="player-download">${icon('download')}<span>${t('file.download', { name: file.name })}</span></a>` : nothing;
  }

  #trouble() {
    if (this.phase !== 'failed' && this.phase !== 'cannot_decode') return nothing;
    const text = this.phase === 'failed' ? t('play.failed', { detail: this.#detail }) : t('play.cannot_decode');
    const files = (this.recording.files ?? []).filter((file) => file.kind === 'segment' && file.state !== 'open');
    return html`<div class="player-trouble" role="alert"><p>${text}</p>
      ${this.phase === 'failed'
        ? html`<button type="button" class="act" @click=${() => this.#again()}>${icon('retry')}<span>${t('action.again')}</span></button>`
        : files.slice(0, 3).map((file) => html`<a class="file" href=${fileLink(file.url)} download=${file.name}>${icon('download')}<bdi>${file.name}</bdi></a>`)}
    </div>`;
  }

  async #phased(phase, url) {
    this.phase = phase;
    if (phase !== 'failed') return;
    this.#detail = '';
    const why = url ? await whyNotPlayed(url) : null;
    if (this.phase !== 'failed') return;
    this.#detail = why ? errorText(why) : '';
    this.requestUpdate();
  }

  #isRunning() {
    return this.recording.state === 'recording';
  }

  #again() {
    if (this.live) this.#toLive();
    else this.#playFrom(keptPlace(this.#id) ?? 0);
  }

  #toLive() {
    this.live = true;
    keepPlace(this.#id, null);
    this.#playback.load(playlistUrl(this.#id, true), null);
  }

  #playFrom(ms) {
    this.live = false;
    this.#playback.load(playlistUrl(this.#id, false), ms);
  }

  #go(ms) {
    const to = Math.min(Math.max(0, ms), this.recording.duration_ms);
    if (!this.#playback.seek(to)) this.#playFrom(to);
    else if (this.live) this.live = this.recording.duration_ms - to < JUMP_MS;
    this.requestUpdate();
  }

  #sized(event) {
    const { videoWidth, videoHeight } = event.target;
    this.picture = videoWidth ? `${videoWidth}×${videoHeight}` : '';
  }

  #moved(event) {
    this.requestUpdate();
    if (event.type === 'seeked') this.#keep();
    const now = performance.now();
    if (now - this.#keptAt > KEEP_EVERY_MS) {
      this.#keptAt = now;
      this.#keep();
    }
  }

  #keep() {
    const at = this.#playback?.position() ?? null;
    if (at === null || this.live) return;
    const over = !this.#isRunning() && this.recording.duration_ms - at < Math.min(NEARLY_OVER_MS, NEARLY_OVER * this.recording.duration_ms);
    keepPlace(this.#id, over || at < 1000 ? null : at);
  }

  #ended() {
    keepPlace(this.#id, null);
  }

  #key(event) {
    const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (held || document.querySelector('dialog[open]') || isBusy(event)) return;
    const at = this.#playback?.position() ?? 0;
    const video = this.#video.value;
    const commands = {
      ' ': () => (video.paused ? video.play().catch(() => {}) : video.pause()),
      ArrowLeft: () => this.#go(at - JUMP_MS),
      ArrowRight: () => this.#go(at + JUMP_MS),
      f: () => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()),
    };
    if (!commands[event.key]) return;
    event.preventDefault();
    commands[event.key]();
  }
}
customElements.define('sluice-player', Player);

/** Whether the key belongs to what has the focus: text, and the space that presses a button. */
function isBusy({ key, target }) {
  if (!(target instanceof Element) || target.closest('[data-testid="seek"]')) return false;
  return Boolean(target.closest('input, textarea, select, [contenteditable]') || (key === ' ' && target.closest('button, a, summary')));
}
