import { html, nothing } from 'lit';
import { Part } from './part.js';
import { controlOf } from './setting-control.js';
import { currentLang, t, tn } from '../i18n.js';
import { linkTo } from '../route.js';
import { valueWords } from '../settingwords.js';

/**
 * One setting of a level: its value, where that comes from, one click to set an own value and one to go back. Sends
 * `edit` with the value wanted (null goes back), and `settle` with `mine` or `theirs`.
 */
class SettingRow extends Part {
  static properties = {
    field: { attribute: false },
    scope: {},
    edit: { attribute: false },
    wrong: {},
    theirs: { attribute: false },
    targets: { attribute: false },
    rooms: { attribute: false },
    writable: { attribute: false },
  };

  constructor() {
    super();
    /** @type {{value: unknown} | null} what is wanted and not saved */
    this.edit = null;
    this.wrong = '';
    /** @type {{value: unknown} | null} what somebody else set meanwhile */
    this.theirs = null;
    this.targets = [];
    /** @type {Map<string, object>} */
    this.rooms = new Map();
    this.writable = true;
  }

  render() {
    const { field } = this;
    const label = field.label[currentLang()];
    const own = this.#own;
    const open = own !== null || this.scope === 'global';
    return html`<div class="setting ${this.edit ? 'changed' : ''}" data-testid="setting" data-path=${field.path} data-origin=${own === null ? field.inherited_origin : this.scope}>
      <div class="setting-name">${open ? html`<label for=${this.#id} id="${this.#id}-name">${label}</label>` : html`<h3>${label}</h3>`}${this.edit ? html`<span class="mark tone-live">${t('settings.unsaved')}</span>` : nothing}
        <p class="quiet" id="${this.#id}-help">${field.help[currentLang()]}${this.#range()}</p></div>
      <div class="setting-value">
        ${open ? this.#control() : html`<p class="inherited" data-testid="inherited"><bdi>${valueWords(field, field.inherited)}</bdi></p>`}
        ${this.wrong ? html`<p class="wrong" id="${this.#id}-wrong" role="alert"><bdi>${this.wrong}</bdi></p>` : nothing}
        ${this.theirs ? this.#conflict() : nothing}
        <p class="origin">${this.#origin(own)}</p>
        ${this.#differ()}
      </div></div>`;
  }

  get #id() {
    return `f-${this.field.path.replace(/\W/g, '-')}`;
  }

  /** What this level will set itself; null where it inherits. */
  get #own() {
    if (this.edit) return this.edit.value;
    return this.field.own;
  }

  get #fixed() {
    return Boolean(this.field.locked) || !this.writable || this.field.secret;
  }

  #control() {
    const { field } = this;
    return controlOf({
      field,
      value: this.#own ?? field.inherited,
      id: this.#id,
      notes: `${this.#id}-help${this.wrong ? ` ${this.#id}-wrong` : ''}`,
      wrong: Boolean(this.wrong),
      locked: this.#fixed,
      targets: this.targets,
      change: (value) => this.#send(value),
    });
  }

  #range() {
    const { least, most, type } = this.field;
    return least && most && type !== 'header' ? ` ${t('settings.range', { least, most })}` : nothing;
  }

  #origin(own) {
    const { field } = this;
    if (field.locked) return html`<span>${t('settings.locked', { name: field.locked })}</span>`;
    if (own === null) {
      const from = html`<span data-testid="origin">${t(`settings.origin.${field.inherited_origin}`)}</span>`;
      if (this.scope === 'global' || !this.writable) return from;
      return html`${from}<button type="button" class="act" data-testid="override" @click=${() => this.#override()}>${t('settings.override')}</button>`;
    }
    const back = t('settings.back', { value: short(valueWords(field, field.inherited)), origin: t(`settings.origin.${field.inherited_origin}`) });
    return html`<span data-testid="origin">${t(`settings.own.${this.scope}`)}</span>
      ${this.writable ? html`<button type="button" class="act" data-testid="reset" @click=${() => this.#send(null)}><bdi>${back}</bdi></button>` : nothing}`;
  }

  #differ() {
    const { differ, differ_count: count } = this.field;
    if (!differ?.length) return nothing;
    return html`<details class="differ" data-testid="differ"><summary>${tn('settings.differ', count)}</summary>
      <ul>${differ.map((each) => html`<li><a href=${linkTo('settings', { room: each.id })}><bdi>${this.rooms.get(each.id)?.name ?? each.id}</bdi></a> <bdi>${valueWords(this.field, each.value)}</bdi></li>`)}
        ${count > differ.length ? html`<li class="quiet">${tn('settings.differ_more', count - differ.length)}</li>` : nothing}</ul></details>`;
  }

  #conflict() {
    const words = (value) => (value === null ? t('settings.inherits') : valueWords(this.field, value));
    return html`<div class="conflict" role="alert" data-testid="conflict"><p>${t('settings.conflict')}</p>
      <div class="conflict-ways"><button type="button" class="act" data-testid="take-theirs" @click=${() => this.#settle('theirs')}>${t('settings.theirs')}: <bdi>${words(this.theirs.value)}</bdi></button>
      <button type="button" class="act" data-testid="take-mine" @click=${() => this.#settle('mine')}>${t('settings.mine')}: <bdi>${words(this.edit?.value ?? null)}</bdi></button></div></div>`;
  }

  async #override() {
    const { field } = this;
    const empty = field.list ? [] : '';
    this.#send(field.inherited ?? empty);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await this.updateComplete;
    this.querySelector('.setting-value input, .setting-value select, .setting-value textarea')?.focus();
  }

  #send(value) {
    this.dispatchEvent(new CustomEvent('edit', { detail: { value } }));
  }

  #settle(way) {
    this.dispatchEvent(new CustomEvent('settle', { detail: { way } }));
  }
}
/** A button is no place for a whole paragraph. */
const short = (text) => (text.length > 48 ? `${text.slice(0, 47)}…` : text);

customElements.define('sluice-setting-row', SettingRow);
