import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { controlOf } from './setting-control.js';
import { testWebhook } from '../api-settings.js';
import { currentLang, t } from '../i18n.js';
import { say, sayError } from '../say.js';

const NAME = '[a-z0-9][a-z0-9_\\-]{0,31}';

/** Targets or webhooks: entries that a person gives names to. Sends `edit` with `path` and `value` (null takes out). */
class NamedEntries extends Part {
  static properties = { kind: {}, named: { attribute: false }, draft: { attribute: false }, wrong: { attribute: false }, writable: { attribute: false }, version: { attribute: false }, testing: { state: true } };

  constructor() {
    super();
    /** @type {'targets' | 'webhooks'} */
    this.kind = 'targets';
    this.named = { fields: [], entries: {} };
    /** @type {import('../settingsdraft.js').Draft} */
    this.draft = null;
    /** @type {Map<string, string>} by path */
    this.wrong = new Map();
    this.writable = true;
    this.version = 0;
    this.testing = false;
  }

  render() {
    return html`<section class="card group" data-testid="group-${this.kind}"><header><h2>${t(`settings.group.${this.kind}`)}</h2><p class="quiet">${t(`settings.about.${this.kind}`)}</p></header>
      ${this.#names().map((name) => this.#entry(name))}
      ${this.writable ? html`<form class="header-row" @submit=${this.#add}><label>${t(`settings.new.${this.kind}`)}<input name="name" autocomplete="off" autocapitalize="off" spellcheck="false" required pattern=${NAME} title=${t('settings.name_form')}></label>
        <button type="submit" class="act" data-testid="add-${this.kind}">${t('settings.add')}</button></form>` : nothing}
    </section>`;
  }

  /** Entries that are there or will be. */
  #names() {
    const names = new Set(Object.keys(this.named.entries));
    this.draft.paths.map((path) => path.split('.')).filter(([kind]) => kind === this.kind).forEach(([, name]) => names.add(name));
    return [...names].filter((name) => !this.#gone(name));
  }

  #gone(name) {
    return this.draft.has(`${this.kind}.${name}`) && this.draft.at(`${this.kind}.${name}`, null) === null;
  }

  #entry(name) {
    const problem = this.wrong.get(`${this.kind}.${name}`);
    return html`<fieldset class="entry" data-testid="entry" data-name=${name}><legend><bdi>${name}</bdi></legend>
      ${this.named.fields.map((field) => this.#field(name, field))}
      ${problem ? html`<p class="wrong" role="alert"><bdi>${problem}</bdi></p>` : nothing}
      ${this.#isTested(name) ? html`<button type="button" class="act" data-testid="test-webhook" ?disabled=${this.testing} @click=${() => this.#test(name)}>${icon('sending')}<span>${t('settings.test')}</span></button>` : nothing}
      ${this.writable ? html`<button type="button" class="act" @click=${() => this.#remove(name)}>${icon('trash')}<span>${t('settings.remove', { name })}</span></button>` : nothing}</fieldset>`;
  }

  /** What is tried is what was saved, not what is being typed. */
  #isTested(name) {
    const edited = this.draft.paths.some((path) => path.startsWith(`${this.kind}.${name}.`));
    return this.kind === 'webhooks' && Boolean(this.named.entries[name]) && !edited;
  }

  async #test(name) {
    this.testing = true;
    try {
      const { ok, status, error } = await testWebhook(name);
      if (ok) say('success', t('settings.test_ok', { name, status }));
      else say('error', t('settings.test_failed', { name, error }));
    } catch (error) {
      sayError(error);
    } finally {
      this.testing = false;
    }
  }

  #field(name, field) {
    const path = `${this.kind}.${name}.${field.path}`;
    const id = `f-${path.replace(/\W/g, '-')}`;
    const base = this.named.entries[name]?.[field.path] ?? null;
    const problem = this.wrong.get(path);
    const value = this.draft.at(path, base) ?? (field.type === 'switch' ? 'false' : field.list ? [] : (field.choices[0] ?? ''));
    return html`<div class="entry-field"><label for=${id} id="${id}-name">${field.label[currentLang()]}</label><p class="quiet" id="${id}-help">${field.help[currentLang()]}</p>
      ${controlOf({ field, value, id, notes: `${id}-help`, wrong: Boolean(problem), locked: !this.writable, change: (wanted) => this.#send(path, this.#emptied(field, wanted), base) })}
      ${problem ? html`<p class="wrong" role="alert"><bdi>${problem}</bdi></p>` : nothing}</div>`;
  }

  /** An empty text or list means that nothing is set. */
  #emptied(field, value) {
    return value === '' || (field.list && value.length === 0) ? null : value;
  }

  #remove(name) {
    this.draft.drop(`${this.kind}.${name}`);
    this.#send(`${this.kind}.${name}`, null, this.named.entries[name] ?? null);
  }

  async #add(event) {
    event.preventDefault();
    const { name } = Object.fromEntries(new FormData(event.target));
    event.target.reset();
    this.draft.drop(`${this.kind}.${name}`);
    const first = this.named.fields.find((field) => !field.choices.length);
    this.#send(`${this.kind}.${name}.${first.path}`, '', this.named.entries[name]?.[first.path] ?? null);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    this.querySelector(`#f-${this.kind}-${CSS.escape(name)}-${first.path}`)?.focus();
  }

  #send(path, value, base) {
    this.dispatchEvent(new CustomEvent('edit', { detail: { path, value, base } }));
  }
}
customElements.define('sluice-named-entries', NamedEntries);
