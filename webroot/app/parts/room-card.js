import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { Part } from './part.js';
import { icon } from './icon.js';
import './next-look.js';
import './sparkline.js';
import './state-mark.js';
import { clock, clockTime, dateTime, number, rate, size, span } from '../format.js';
import { t, tn, tOr } from '../i18n.js';
import { linkTo } from '../route.js';
import { actionsFor, hostOf, hue, initial, toneOf, whyNot } from '../roomview.js';
import { arriving } from '../store.js';

const MODES = ['record', 'notify', 'paused'];
const ICONS = { start: 'recording', stop: 'stop', cut: 'cut', check: 'look', resume: 'resume' };

/** One room. Sends `room-action` with `{action, room, value}` when a button is pressed or a mode chosen. */
class RoomCard extends Part {
  static properties = { room: { attribute: false }, rates: { attribute: false }, busy: { type: Boolean } };

  constructor() {
    super();
    /** @type {object} a room of the API */
    this.room = null;
    /** @type {number[]} its last rates */
    this.rates = [];
    /** A command of this room is under way. */
    this.busy = false;
  }

  render() {
    const { room } = this;
    return html`<article class="card" data-testid="room-card" data-room-id=${room.id} data-state=${room.state}
        aria-label=${room.name} aria-busy=${this.busy} tabindex="-1">
      ${this.#head(room)}
      <div class="card-body">
        ${room.state === 'recording' ? nothing : this.#why(room)}
        ${room.recording ? this.#numbers(room.recording) : nothing}
      </div>
      <footer class="card-foot">
        ${actionsFor(room).map((action, i) => (i > 0 && action !== 'cut' ? this.#iconButton(action, ICONS[action]) : this.#button(action)))}
        <span class="card-ends">
          ${this.#badge(room.deliveries ?? {})}
          ${this.#mode(room)}
          ${this.#iconButton('remove', 'trash')}
        </span>
      </footer>
    </article>`;
  }

  #head(room) {
    return html`<header class="card-head">
      <a class="card-open" href=${linkTo('room', { id: room.id })} title=${t('card.open', { name: room.name })}>
        <span class="avatar hue-${hue(room.id)}" aria-hidden="true">${initial(room.name)}</span>
        <div class="card-name">
          <h2><bdi>${room.name}</bdi></h2>
          <p class="quiet clip">${tOr(`platform.${room.platform}`, {}, room.platform)} · <bdi>${hostOf(room.link) ?? room.key}</bdi></p>
        </div></a>
      <sluice-state-mark .state=${room.state} .tone=${toneOf(room.state)} title=${t('card.since', { time: dateTime(room.since) })}></sluice-state-mark>
    </header>`;
  }

  #why(room) {
    const why = whyNot(room);
    return html`<p class="why">${why}${room.next_look_at
        ? html`${why ? t('mark.comma') : nothing}<sluice-next-look .at=${room.next_look_at}></sluice-next-look>`
        : nothing}</p>`;
  }

  #numbers(recording) {
    return html`<div class="now">
        <div class="figure"><span class="big">${clock(recording.duration_ms)}</span>
          <span class="quiet">${t('card.since', { time: clockTime(recording.started_at) })}</span></div>
        <div class="figure"><span class="big ${recording.receiving ? '' : 'silent'}">${rate(arriving(recording))}</span>
          ${recording.receiving
            ? html`<sluice-sparkline .rates=${this.rates}></sluice-sparkline>`
            : html`<span class="mark tone-trouble">${icon('nodata')}<span>${t('card.no_data')}</span></span>`}</div>
      </div>
      <p class="facts">
        <span>${size(recording.bytes)}</span>
        ${recording.quality ? html`<span>${recording.quality}</span>` : nothing}
        <span>${tn('segments', recording.segments)}</span>
        ${recording.gaps > 0
          ? html`<span class="gap-fact">${tn('gaps', recording.gaps)} (${span(recording.gap_ms)})</span>`
          : html`<span>${t('gaps.none')}</span>`}
      </p>`;
  }

  #badge(counts) {
    const [state, n] = ['needs_you', 'retry', 'sending', 'waiting', 'done'].map((each) => [each, counts[each] ?? 0]).find(([, each]) => each > 0) ?? [];
    if (!state) return nothing;
    const label = tn(`badge.${state}`, n);
    return html`<a class="badge tone-${state}" href=${linkTo('deliveries')} title=${label} aria-label=${label}>${icon(state)}<span>${number(n)}</span></a>`;
  }

  #button(action) {
    const main = action === 'start' || action === 'resume';
    return html`<button type="button" class="act ${main ? 'main' : ''}" data-testid="btn-${action}" ?disabled=${this.busy}
      @click=${() => this.#send(action)}>${icon(ICONS[action])}<span>${t(`action.${action}`)}</span></button>`;
  }

  #iconButton(action, sign) {
    const label = t(`action.${action}`);
    return html`<button type="button" class="act bare" data-testid="btn-${action}" ?disabled=${this.busy} title=${label} aria-label=${label}
      @click=${() => this.#send(action)}>${icon(sign)}</button>`;
  }

  #mode(room) {
    return html`<select class="mode" data-testid="mode" aria-label=${t('mode.label', { name: room.name })} title=${t('mode.label', { name: room.name })}
      ?disabled=${this.busy} .value=${live(room.mode)} @change=${(event) => this.#send('mode', event.target.value)}>
      ${MODES.map((mode) => html`<option value=${mode} ?selected=${mode === room.mode}>${t(`mode.${mode}`)}</option>`)}</select>`;
  }

  #send(action, value) {
    this.dispatchEvent(new CustomEvent('room-action', { bubbles: true, detail: { action, room: this.room, value } }));
  }
}
customElements.define('sluice-room-card', RoomCard);
