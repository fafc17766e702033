import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from './part.js';
import { ask } from './ask.js';
import { addKey, listKeys, removeKey } from '../api-door.js';
import { dateTime } from '../format.js';
import { t } from '../i18n.js';
import { errorText, sayError } from '../say.js';

/** The keys of programs. A new one is shown once. */
class KeyList extends Part {
  static properties = { items: { state: true }, made: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    /** @type {object[] | null} null until they are known */
    this.items = null;
    /** @type {{name: string, key: string} | null} the key just made */
    this.made = null;
    this.trouble = '';
  }

  listen() {
    this.#read();
    return [];
  }

  render() {
    return html`<section class="card"><h2>${t('account.keys')}</h2><p class="quiet">${t('account.keys_why')}</p>
      <ul class="account-rows" aria-busy=${this.items === null}>${repeat(this.items ?? [], (each) => each.id, (each) => this.#row(each))}</ul>
      ${this.made ? this.#shown(this.made) : nothing}
      <form class="account-form" @submit=${this.#add}>
        <label>${t('account.key_name')}<input type="text" name="name" data-testid="key-name" maxlength="60" required autocomplete="off" spellcheck="false"></label>
        <label class="account-tick"><input type="checkbox" name="readOnly" data-testid="key-read-only">${t('account.key_read_only')}</label>
        <button type="submit" class="act" data-testid="add-key">${t('account.add_key')}</button>
        <p class="account-trouble" role="alert">${this.trouble}</p>
      </form></section>`;
  }

  #row(each) {
    const access = each.read_only ? t('account.read_only') : t('account.full');
    const used = each.used_at ? t('account.used', { when: dateTime(each.used_at) }) : t('account.never_used');
    return html`<li data-testid="key-row"><div><p><bdi>${each.name}</bdi></p><p class="quiet">${access} · ${used} · ${t('account.made', { when: dateTime(each.created_at) })}</p></div>
      <button type="button" class="act" data-testid="remove-key" @click=${() => this.#remove(each)}>${t('account.remove_key')}</button></li>`;
  }

  #shown({ name, key }) {
    return html`<div class="account-made" role="status"><p>${t('account.made_once', { name })}</p>
      <input type="text" readonly data-testid="new-key" aria-label=${t('account.new_key')} .value=${key} @focus=${(event) => event.target.select()}>
      <button type="button" class="act" data-testid="hide-key" @click=${() => (this.made = null)}>${t('account.noted')}</button></div>`;
  }

  async #add(event) {
    event.preventDefault();
    const form = event.target;
    this.trouble = '';
    try {
      this.made = await addKey(form.elements.name.value, form.elements.readOnly.checked);
      form.reset();
      await this.updateComplete;
      this.querySelector('.account-made input').focus();
    } catch (error) {
      this.trouble = errorText(error);
    }
    await this.#read();
  }

  async #remove(each) {
    const question = { title: t('account.remove_title', { name: each.name }), text: t('account.remove_text'), yes: t('account.remove_key') };
    if (!(await ask(question))) return;
    await removeKey(each.id).catch(sayError);
    await this.#read();
  }

  async #read() {
    try {
      this.items = (await listKeys()).items;
    } catch (error) {
      sayError(error);
    }
  }
}
customElements.define('sluice-key-list', KeyList);
