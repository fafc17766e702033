import { html, nothing } from 'lit';
import { Part } from './part.js';
import './header-rows.js';
import './leave-dialog.js';
import './named-entries.js';
import './setting-row.js';
import { readFields, saveFields } from '../api-settings.js';
import { t, tn, useTexts } from '../i18n.js';
import { guardLeaving } from '../leave.js';
import { errorText, say } from '../say.js';
import { Draft } from '../settingsdraft.js';
import { appliedWords } from '../settingwords.js';
import { store } from '../store.js';
import { useStyle } from '../style.js';

await Promise.all([useTexts('settings'), useStyle('places/settings.css')]);

/**
 * The settings of the whole (`scope` `global`), of a platform (`platform`, `id` its name) or of a room (`room`, `id` its
 * id): with where each value comes from, saved together. Asks before it is left with unsaved edits. Sends `loaded` with
 * what the server said.
 */
class SettingsEditor extends Part {
  static properties = { scope: {}, id: {}, view: { state: true }, failure: { state: true }, saving: { state: true }, result: { state: true } };
  #draft = new Draft();
  /** What the server did not take, by path. @type {Map<string, string>} */
  #wrong = new Map();
  /** What somebody else set meanwhile, by path. @type {Map<string, unknown>} */
  #theirs = new Map();
  #asked = 0;

  constructor() {
    super();
    this.scope = 'global';
    this.id = '';
    this.view = null;
    this.failure = null;
    this.saving = false;
    /** @type {{kind: 'saved' | 'failed' | 'conflict', lines: string[]} | null} */
    this.result = null;
  }

  listen() {
    const ask = () => this.querySelector('sluice-leave-dialog').ask();
    return [guardLeaving({ dirty: () => this.#draft.size > 0, ask: async () => (await ask()) && (this.#discard(), true) }), store.subscribe(() => this.#redraw())];
  }

  willUpdate(changed) {
    if (changed.has('scope') || changed.has('id')) {
      this.#discard();
      this.view = null;
      this.result = null;
      this.#load();
    }
  }

  get #level() {
    return { scope: this.scope, id: this.id };
  }

  /** Only names of rooms are taken from the store; figures that run by do not matter here. */
  #redraw() {
    if (this.view?.fields.some((field) => field.differ.length)) this.requestUpdate();
  }

  async #load() {
    const asked = ++this.#asked;
    try {
      const view = await readFields(this.#level);
      if (asked !== this.#asked) return null;
      this.failure = null;
      this.view = view;
      this.dispatchEvent(new CustomEvent('loaded', { detail: view }));
      return view;
    } catch (error) {
      if (asked === this.#asked) this.failure = error;
      return null;
    }
  }

  render() {
    if (this.failure && !this.view) {
      return html`<div class="empty"><p>${errorText(this.failure)}</p><button type="button" class="main" @click=${() => this.#load()}>${t('action.again')}</button></div>`;
    }
    if (!this.view) return html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
    const groups = [...new Set(this.view.fields.map((field) => field.group))].sort((a, b) => (b === 'room') - (a === 'room'));
    return html`<div class="settings" data-testid="settings-editor" @keydown=${this.#key}>
      ${this.view.writable ? nothing : html`<p class="note" role="status">${t('settings.read_only')}</p>`}
      ${groups.map((group) => this.#group(group))}
      ${this.view.targets ? ['targets', 'webhooks'].map((kind) => this.#named(kind)) : nothing}
      ${this.#bar()}
      <sluice-leave-dialog></sluice-leave-dialog></div>`;
  }

  #group(group) {
    const fields = this.view.fields.filter((field) => field.group === group);
    const basic = fields.filter((field) => field.level === 'basic');
    const advanced = fields.filter((field) => field.level !== 'basic');
    const open = advanced.some((field) => this.#touched(field) || field.own !== null);
    return html`<section class="card group" data-testid="group-${group}"><header><h2>${t(`settings.group.${group}`)}</h2></header>
      ${basic.map((field) => this.#row(field))}
      ${advanced.length ? html`<details class="advanced" ?open=${open}><summary>${tn('settings.advanced', advanced.length)}</summary>${advanced.map((field) => this.#row(field))}</details>` : nothing}
    </section>`;
  }

  #touched({ path }) {
    return [...this.#draft.paths, ...this.#wrong.keys()].some((each) => each === path || each.startsWith(`${path}.`));
  }

  #row(field) {
    if (field.map) return this.#headers(field);
    const { path } = field;
    return html`<sluice-setting-row .field=${field} .scope=${this.scope} .edit=${this.#draft.has(path) ? { value: this.#draft.at(path) } : null}
      .wrong=${this.#wrong.get(path) ?? ''} .theirs=${this.#theirs.has(path) ? { value: this.#theirs.get(path) } : null} .targets=${this.#targetNames()} .rooms=${store.rooms}
      .writable=${this.view.writable} @edit=${(event) => this.#edit(path, event.detail.value, field.own)} @settle=${(event) => this.#settle(path, event.detail.way)}></sluice-setting-row>`;
  }

  #headers(field) {
    const below = (entries) => Object.fromEntries(entries.filter(([path]) => path.startsWith(`${field.path}.`)).map(([path, value]) => [path.slice(field.path.length + 1), value]));
    return html`<sluice-header-rows .field=${field} .wanted=${below(Object.entries(this.#draft.values()))} .wrong=${below([...this.#wrong])} .writable=${this.view.writable}
      @edit=${({ detail }) => this.#edit(detail.path, detail.value, field.own?.[detail.path.slice(field.path.length + 1)] ?? null)}></sluice-header-rows>`;
  }

  #named(kind) {
    return html`<sluice-named-entries .kind=${kind} .named=${this.view[kind]} .draft=${this.#draft} .wrong=${this.#wrong} .writable=${this.view.writable} .version=${{}}
      @edit=${({ detail }) => this.#edit(detail.path, detail.value, detail.base)}></sluice-named-entries>`;
  }

  #targetNames() {
    return this.view.target_names.filter((name) => this.#draft.at(`targets.${name}`, '') !== null);
  }

  #bar() {
    const { size } = this.#draft;
    const rest = [...this.#theirs.keys()].filter((path) => !this.view.fields.some((field) => field.path === path && !field.map));
    if (!size && !this.result) return nothing;
    return html`<div class="save-bar" data-testid="save-bar"><div class="save-words" role="status" aria-live="polite">
        ${this.result ? html`<ul class=${this.result.kind} data-testid="save-result">${this.result.lines.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul>` : html`<p>${tn('settings.changes', size)}</p>`}
        ${rest.map((path) => html`<p class="conflict"><bdi>${path}</bdi> <button type="button" class="act" @click=${() => this.#settle(path, 'theirs')}>${t('settings.theirs')}</button>
          <button type="button" class="act" @click=${() => this.#settle(path, 'mine')}>${t('settings.mine')}</button></p>`)}</div>
      ${size ? html`<button type="button" class="act" data-testid="discard" ?disabled=${this.saving} @click=${() => this.#discard()}>${t('settings.discard')}</button>
        <button type="button" class="main" data-testid="save" aria-busy=${this.saving ? 'true' : 'false'} ?disabled=${this.saving || this.#theirs.size > 0} @click=${() => this.#save()}>${t('settings.save')}</button>`
        : html`<button type="button" class="act" @click=${() => (this.result = null)}>${t('action.close')}</button>`}</div>`;
  }

  #key(event) {
    if (event.key === 's' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      document.activeElement?.blur();
      if (this.#draft.size && this.#theirs.size === 0) this.#save();
    }
  }

  #edit(path, value, base) {
    this.#draft.set(path, value, base);
    this.#wrong.delete(path);
    this.#theirs.delete(path);
    this.result = null;
    this.requestUpdate();
  }

  #settle(path, way) {
    if (way === 'theirs') this.#draft.drop(path);
    this.#theirs.delete(path);
    if (this.#theirs.size === 0) this.result = null;
    this.requestUpdate();
  }

  #discard() {
    this.#draft.clear();
    this.#wrong.clear();
    this.#theirs.clear();
    this.result = null;
    this.requestUpdate();
  }

  async #save() {
    this.saving = true;
    this.#wrong.clear();
    try {
      await this.#send(true);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.saving = false;
    }
  }

  /** @param {boolean} again whether to try once more where somebody else changed something that is not changed here */
  async #send(again) {
    try {
      const { applied } = await saveFields(this.#level, this.#draft.values(), this.view.etag);
      const lines = appliedWords(applied, this.view.fields);
      this.#draft.clear();
      await this.#load();
      this.result = { kind: 'saved', lines: [t('settings.saved'), ...lines] };
    } catch (error) {
      if (error.status !== 412) throw error;
      const view = await this.#load();
      if (!view) throw this.failure ?? error;
      this.#theirs = this.#draft.rebase(view);
      if (this.#theirs.size) this.result = { kind: 'conflict', lines: [tn('settings.conflicts', this.#theirs.size)] };
      else if (this.#draft.size === 0) this.result = { kind: 'saved', lines: [t('settings.same_already')] };
      else if (again) await this.#send(false);
      else throw error;
    }
  }

  async #failed(error) {
    const known = new Set(this.#draft.paths);
    const strange = (error.errors ?? []).filter(({ path }) => !this.#place(path, known));
    error.errors?.forEach(({ path, detail }) => this.#place(path, known) && this.#wrong.set(this.#place(path, known), detail));
    const words = strange.map(({ path, detail }) => `${path}: ${detail}`);
    const nothingKnown = !error.errors?.length;
    this.result = { kind: 'failed', lines: [nothingKnown ? errorText(error) : tn('settings.wrong', error.errors.length), ...words] };
    if (nothingKnown) say('error', errorText(error));
    this.requestUpdate();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    this.querySelector('[aria-invalid=true]')?.focus();
  }

  /** Where a mistake is shown: at its path, or at the entry that it is in. */
  #place(path, known) {
    if (known.has(path)) return path;
    return [...known].some((each) => each.startsWith(`${path}.`)) ? path : null;
  }
}
customElements.define('sluice-settings-editor', SettingsEditor);
