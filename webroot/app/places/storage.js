import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { StorePart } from '../parts/part.js';
import '../parts/disk-gauge.js';
import '../parts/empty-note.js';
import '../parts/going-row.js';
import '../parts/trash-row.js';
import { ask } from '../parts/ask.js';
import { icon } from '../parts/icon.js';
import { listTrash, nextToGo, removeFromTrash, storage } from '../api-storage.js';
import { number, size, span } from '../format.js';
import { t, tn, tOr } from '../i18n.js';
import { linkTo } from '../route.js';
import { errorText, sayError } from '../say.js';
import { store } from '../store.js';

const SHOWN_AT_ONCE = 8;
const SOON_MS = 1500;
const EVERY_MS = 30_000;

/** How full the disks are and with what, what goes next, and the trash. */
class StoragePlace extends StorePart {
  static properties = { emptying: { state: true }, known: { state: true }, error: { state: true } };
  #seen = 0;
  #soon = 0;
  #every = 0;

  constructor() {
    super();
    /** @type {{disks: object, next: object, trash: object[]} | null} */
    this.known = null;
    this.error = null;
    this.emptying = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#seen = store.recordingsChanged;
    this.#every = setInterval(() => document.hidden || this.#look(), EVERY_MS);
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#every);
    clearTimeout(this.#soon);
  }

  willUpdate() {
    if (this.#seen === store.recordingsChanged) return;
    this.#seen = store.recordingsChanged;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#look(), SOON_MS);
  }

  async #look() {
    try {
      const [disks, next, trash] = await Promise.all([storage(), nextToGo(), listTrash()]);
      this.known = { disks, next, trash: trash.items };
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  render() {
    return html`<div class="place-head"><h1>${t('nav.storage')}</h1></div>${this.#body()}`;
  }

  #body() {
    if (this.known) return this.#all(this.known);
    if (!this.error) return html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
    return html`<sluice-empty-note sign="storage" .text=${errorText(this.error)} .action=${t('action.again')} @go=${() => this.#look()}></sluice-empty-note>`;
  }

  #all({ disks, next, trash }) {
    return html`<div class="disks">${disks.roots.map((root) => html`<section class="card disk" data-testid="disk">
        <sluice-disk-gauge .root=${root}></sluice-disk-gauge>${this.#rooms(root)}</section>`)}</div>
      <section class="card" data-testid="next"><h2>${t('going.title')}</h2><p class="quiet">${rulesText(disks)}</p>
        ${next.paused ? html`<p class="why far-side">${tOr(`notice.${next.paused.key}`, next.paused.values, next.paused.text)}</p>` : nothing}
        ${this.#going(next.items)}</section>
      <section class="card" data-testid="trash"><div class="card-head"><h2>${t('trash.title')}</h2>
          ${trash.length > 1 ? html`<button type="button" class="act" data-testid="btn-empty" aria-disabled=${this.emptying} @click=${this.#empty}>${icon('trash')}${t('trash.empty_now')}</button>` : nothing}</div>
        <p class="quiet">${disks.trash_seconds > 0 ? t('trash.stays', { time: span(disks.trash_seconds * 1000) }) : t('trash.off')}</p>
        ${trash.length ? html`<div class="going-list" @left=${(event) => this.#left(event.detail)}>${repeat(trash, (each) => each.id, (each) => html`<sluice-trash-row .recording=${each}></sluice-trash-row>`)}</div>`
          : html`<p>${t('trash.empty')}</p>`}</section>`;
  }

  #going(items) {
    if (items.length === 0) return html`<p>${t('going.none')}</p>`;
    const rows = (some) => html`<div class="going-list">${repeat(some, (each) => each.recording_id, (each) => html`<sluice-going-row .item=${each}></sluice-going-row>`)}</div>`;
    const rest = items.slice(SHOWN_AT_ONCE);
    return html`${rows(items.slice(0, SHOWN_AT_ONCE))}${rest.length ? html`<details><summary>${t('going.more', { n: number(rest.length) })}</summary>${rows(rest)}</details>` : nothing}`;
  }

  #rooms(root) {
    if (root.rooms.length === 0) return nothing;
    const most = root.rooms[0].bytes;
    const row = (room) => html`<tr><td><a href=${linkTo('broadcasts', { room: room.room_id })}><bdi>${room.room_name}</bdi></a></td>
      <td class="quiet">${tn('disk.recordings', room.recordings)}</td><td><strong>${size(room.bytes)}</strong></td>
      <td aria-hidden="true"><meter min="0" max=${Math.max(1, most)} value=${room.bytes}></meter></td></tr>`;
    const rest = root.rooms.slice(SHOWN_AT_ONCE);
    return html`<table class="by-room"><caption>${t('disk.by_room')}</caption><tbody>${root.rooms.slice(0, SHOWN_AT_ONCE).map(row)}</tbody></table>
      ${rest.length ? html`<details><summary>${t('disk.more_rooms', { n: number(rest.length) })}</summary><table class="by-room"><tbody>${rest.map(row)}</tbody></table></details>` : nothing}`;
  }

  async #empty() {
    if (this.emptying) return;
    const there = this.known.trash.filter((each) => each.state === 'trashed');
    const bytes = there.reduce((sum, each) => sum + each.bytes, 0);
    if (!(await ask({ title: t('trash.empty_ask'), text: t('trash.empty_text', { n: number(there.length), size: size(bytes) }), yes: t('trash.remove') }))) return;
    this.emptying = true;
    try {
      for (const { id } of there) {
        await removeFromTrash(id);
        this.known = { ...this.known, trash: this.known.trash.filter((each) => each.id !== id) };
      }
    } catch (error) {
      sayError(error);
    } finally {
      this.emptying = false;
      this.#look();
    }
  }

  #left(id) {
    this.known = { ...this.known, trash: this.known.trash.filter((each) => each.id !== id) };
    this.#look();
  }
}
customElements.define('sluice-storage', StoragePlace);

function rulesText({ keep_seconds: age, keep_bytes: bytes }) {
  const rules = [
    age === null ? null : t('going.rule_age', { time: span(age * 1000) }),
    bytes === null ? null : t('going.rule_size', { size: size(bytes) }),
  ].filter(Boolean);
  return rules.length ? t('going.rules', { rules: rules.join(t('mark.comma')) }) : t('going.no_rule');
}
