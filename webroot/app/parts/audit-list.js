import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from './part.js';
import { listAudit } from '../api-door.js';
import { deviceName } from '../device.js';
import { dateTime } from '../format.js';
import { t, tOr } from '../i18n.js';
import { Listing } from '../places/listing.js';
import { errorText } from '../say.js';

/** What was done at the door and to what is kept, newest first. */
class AuditList extends Part {
  #list = new Listing((before) => listAudit({ before }), () => this.requestUpdate());

  listen() {
    this.#list.restart();
    return [];
  }

  render() {
    const { items, next, phase, error } = this.#list;
    return html`<section class="card"><h2>${t('account.audit')}</h2>
      ${phase === 'failed' ? html`<p class="account-trouble">${errorText(error)}</p>` : nothing}
      <ul class="account-rows" aria-busy=${phase === 'loading'}>${repeat(items.values(), (each) => each.id, (each) => this.#row(each))}</ul>
      ${next ? html`<button type="button" class="act more" @click=${() => this.#list.more()}>${t('action.more')}</button>` : nothing}</section>`;
  }

  #row(each) {
    const subject = each.what.startsWith('login') ? deviceName(each.subject) : each.subject;
    const times = each.times > 1 ? ` × ${each.times}` : '';
    return html`<li data-testid="audit-row" data-what=${each.what}><div><p>${tOr(`audit.${each.what}`, {}, each.what)}${times} <bdi class="quoted">${subject}</bdi></p>
      <p class="quiet">${dateTime(each.last_at)}${each.who ? html` · <bdi>${each.who}</bdi>` : nothing}${each.address ? html` · <bdi>${each.address}</bdi>` : nothing}</p></div></li>`;
  }
}
customElements.define('sluice-audit-list', AuditList);
