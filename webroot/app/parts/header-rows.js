import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { currentLang, t } from '../i18n.js';

const MASK = '•••';

/** Request headers of a platform or a room, by their names. Sends `edit` with `path` and `value` (null takes it out). */
class HeaderRows extends Part {
  static properties = { field: { attribute: false }, wanted: { attribute: false }, wrong: { attribute: false }, writable: { attribute: false } };

  constructor() {
    super();
    /** @type {Record<string, unknown>} what is wanted and not saved, by name; null goes */
    this.wanted = {};
    /** @type {Record<string, string>} what the server said, by name */
    this.wrong = {};
    this.writable = true;
  }

  render() {
    const { field } = this;
    const own = { ...(field.own ?? {}), ...this.wanted };
    const names = Object.keys(own).filter((name) => own[name] !== null);
    const inherited = Object.keys(field.inherited ?? {}).filter((name) => !names.some((each) => each.toLowerCase() === name.toLowerCase()));
    return html`<div class="setting" data-testid="setting" data-path=${field.path}>
      <div class="setting-name"><h3>${field.label[currentLang()]}</h3><p class="quiet">${field.help[currentLang()]}</p></div>
      <div class="setting-value">
        ${names.map((name) => this.#row(name, own[name]))}
        ${inherited.map((name) => html`<p class="inherited"><bdi>${name}: ${field.inherited[name]}</bdi> <span class="quiet">${t(`settings.origin.${field.inherited_origin}`)}</span></p>`)}
        ${this.writable ? this.#adding() : nothing}
      </div></div>`;
  }

  #row(name, value) {
    return html`<div class="header-row"><label><bdi>${name}</bdi>
        <input autocomplete="off" spellcheck="false" .value=${String(value)} ?disabled=${value === MASK || !this.writable} aria-invalid=${this.wrong[name] ? 'true' : nothing} @change=${(event) => this.#send(name, event.target.value)}></label>
      ${this.writable ? html`<button type="button" class="act bare" aria-label=${t('settings.remove', { name })} title=${t('settings.remove', { name })} @click=${() => this.#send(name, null)}>${icon('trash')}</button>` : nothing}
      ${this.wrong[name] ? html`<p class="wrong" role="alert"><bdi>${this.wrong[name]}</bdi></p>` : nothing}</div>`;
  }

  #adding() {
    return html`<form class="header-row" @submit=${this.#add}><label>${t('settings.header_name')}<input name="name" autocomplete="off" spellcheck="false" required pattern="[A-Za-z0-9!#$%&'*+.^_\`\\|~\\-]+"></label>
      <label>${t('settings.header_value')}<input name="value" autocomplete="off" spellcheck="false" required></label>
      <button type="submit" class="act">${t('settings.add')}</button></form>`;
  }

  #add(event) {
    event.preventDefault();
    const { name, value } = Object.fromEntries(new FormData(event.target));
    event.target.reset();
    this.#send(name, value);
  }

  #send(name, value) {
    this.dispatchEvent(new CustomEvent('edit', { detail: { path: `${this.field.path}.${name}`, value } }));
  }
}
customElements.define('sluice-header-rows', HeaderRows);
