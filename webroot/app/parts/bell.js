import { html, nothing, svg } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StorePart } from './part.js';
import { icon } from './icon.js';
import { dismissNotice } from '../api-notices.js';
import { dateTime } from '../format.js';
import { t, tn, tOr, useTexts } from '../i18n.js';
import { linkTo } from '../route.js';
import { say, sayError } from '../say.js';
import { store } from '../store.js';
import { useStyle } from '../style.js';

await Promise.all([useTexts('notices'), useStyle('parts/bell.css')]);

const SIGNS = { info: 'look', warning: 'unknown', error: 'refused' };
const TONES = { info: 'live', warning: 'trouble', error: 'recording' };
const BELL = svg`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
  <path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.500 2 6.500H4S6 15 6 10z"/><path d="M10 20.500a2.200 2.200 0 0 0 4 0"/></svg>`;

/** The bell: what a person should know now, newest first. A new notice is also said once. */
class Bell extends StorePart {
  /** @type {Set<string>} ids that were said or were there before the page came */
  #known = null;

  willUpdate() {
    if (store.snapshots === 0) return;
    const all = [...store.notices.values()];
    // What a first snapshot holds was there before: the number on the bell says enough.
    if (this.#known) all.filter((each) => !this.#known.has(each.id)).forEach((each) => say(each.level === 'info' ? 'info' : 'error', words(each)));
    this.#known = new Set(all.map((each) => each.id));
  }

  render() {
    const all = [...store.notices.values()].sort((a, b) => b.since.localeCompare(a.since));
    const label = all.length ? tn('notices.count', all.length) : t('notices.none_short');
    return html`<button type="button" class="act bare bell ${worst(all)}" data-testid="bell" aria-haspopup="dialog" title=${label} aria-label=${label} @click=${() => this.#dialog.showModal()}>
        ${BELL}${all.length ? html`<span class="bell-count" aria-hidden="true">${all.length > 99 ? '99+' : all.length}</span>` : nothing}</button>
      <dialog class="ask" aria-labelledby="bell-title" data-testid="notices" @click=${(event) => event.target === this.#dialog && this.#dialog.close()}>
        <article class="notices">
          <h2 id="bell-title">${t('notices.title')}</h2>
          ${all.length ? html`<ul>${repeat(all, (each) => each.id, (each) => this.#row(each))}</ul>` : html`<p class="quiet">${t('notices.none')}</p>`}
          <footer>${['health', 'log'].map((place) => html`<a class="act-link" href=${linkTo(place)} @click=${() => this.#dialog.close()}>${t(`notices.${place}`)}</a>`)}<button type="button" class="act" autofocus @click=${() => this.#dialog.close()}>${t('action.close')}</button></footer>
        </article>
      </dialog>`;
  }

  #row(notice) {
    const room = store.rooms.get(notice.room_id);
    return html`<li class="notice tone-${TONES[notice.level] ?? 'none'}" data-testid="notice" data-key=${notice.key}>${icon(SIGNS[notice.level] ?? 'look')}
      <div><p>${room ? html`<a href=${linkTo('room', { id: room.id })} @click=${() => this.#dialog.close()}><bdi>${room.name}</bdi></a> · ` : nothing}<bdi>${sentence(notice)}</bdi></p>
        <p class="quiet">${t(`notices.level.${notice.level}`)} · ${dateTime(notice.since)}</p></div>
      <button type="button" class="act bare" data-testid="dismiss" aria-label=${t('notices.dismiss')} title=${t('notices.dismiss')} @click=${() => dismissNotice(notice.id).catch(sayError)}>${icon('close')}</button></li>`;
  }

  get #dialog() {
    return this.querySelector('dialog');
  }
}
customElements.define('sluice-bell', Bell);

/** The levels from the one that matters most. */
const worst = (all) => ['error', 'warning', 'info'].find((level) => all.some((each) => each.level === level)) ?? '';

/** In the language shown; what is a room's reason has its words there. */
const sentence = ({ key, values, text }) => tOr(`notice.${key}`, values, tOr(`reason.${key}`, values, text));

function words(notice) {
  const room = store.rooms.get(notice.room_id)?.name;
  return room ? t('notice.of_room', { name: room, text: sentence(notice) }) : sentence(notice);
}
