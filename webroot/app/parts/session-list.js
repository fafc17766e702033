import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from './part.js';
import { endOtherSessions, endSession, listSessions } from '../api-door.js';
import { deviceName } from '../device.js';
import { dateTime } from '../format.js';
import { t } from '../i18n.js';
import { say, sayError } from '../say.js';

/** The browsers that are signed in. */
class SessionList extends Part {
  static properties = { items: { state: true } };

  constructor() {
    super();
    /** @type {object[] | null} null until they are known */
    this.items = null;
  }

  listen() {
    this.#read();
    return [];
  }

  render() {
    const others = this.items?.some((each) => !each.this);
    return html`<section class="card"><header class="card-head"><div class="card-name"><h2>${t('account.sessions')}</h2></div>
        ${others ? html`<button type="button" class="act" data-testid="end-others" @click=${() => this.#do(endOtherSessions(), t('account.others_ended'))}>${t('account.end_others')}</button>` : nothing}</header>
      <ul class="account-rows" aria-busy=${this.items === null}>${repeat(this.items ?? [], (each) => each.id, (each) => this.#row(each))}</ul></section>`;
  }

  #row(each) {
    return html`<li data-testid="session-row" data-this=${each.this}><div><p><bdi>${deviceName(each.device) || t('account.unknown_device')}</bdi>
          ${each.this ? html`<span class="mark tone-done">${t('account.this')}</span>` : nothing}</p>
        <p class="quiet">${t('account.seen', { when: dateTime(each.seen_at), address: each.address })} · ${t('account.since', { when: dateTime(each.created_at) })}</p></div>
      ${each.this ? nothing : html`<button type="button" class="act" data-testid="end-session" @click=${() => this.#do(endSession(each.id), t('account.session_ended'))}>${t('account.end')}</button>`}</li>`;
  }

  async #do(work, done) {
    try {
      await work;
      say('success', done);
    } catch (error) {
      sayError(error);
    }
    await this.#read();
  }

  async #read() {
    try {
      this.items = (await listSessions()).items;
    } catch (error) {
      sayError(error);
    }
  }
}
customElements.define('sluice-session-list', SessionList);
