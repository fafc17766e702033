import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { dateTime, size } from '../format.js';
import { t, tOr, useTexts } from '../i18n.js';
import { linkTo } from '../route.js';

await useTexts('storage');

/** One recording that a rule wants, when, and what keeps it all the same. */
class GoingRow extends Part {
  static properties = { item: { attribute: false } };

  constructor() {
    super();
    /** @type {object | null} an item of the API's preview */
    this.item = null;
  }

  render() {
    const { item } = this;
    const kept = item.locks.length > 0;
    return html`<div class="going" data-testid="going" data-recording-id=${item.recording_id} data-kept=${kept}>
      <p class="going-name"><a href=${linkTo('broadcasts', { room: item.room_id })}><bdi>${item.room_name}</bdi></a>
        <span class="quiet">${dateTime(item.started_at)} · ${size(item.bytes)}</span></p>
      <p>${icon(kept ? 'paused' : 'trash')} ${kept ? keptText(item) : t(`going.${item.cause}`)} ${
        kept ? item.locks.map((lock) => html`<span class="lock">${tOr(lock.key, lock.values, lock.text)}</span>`) : html`<strong>${item.due_at ? dateTime(item.due_at) : t('going.now')}</strong>`}</p>
    </div>`;
  }
}
customElements.define('sluice-going-row', GoingRow);

const keptText = ({ due_at: at }) => (at ? t('going.kept_later', { time: dateTime(at) }) : t('going.kept'));
