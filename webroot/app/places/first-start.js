import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { DoorFrame } from '../parts/door-frame.js';
import { icon } from '../parts/icon.js';
import { checkSetupCode, finishSetup, tryFolder } from '../api-door.js';
import { reason } from '../door.js';
import { size } from '../format.js';
import { currentLang, setLang, t, tn } from '../i18n.js';
import { sayError } from '../say.js';

const LANGS = { zh: '中文', en: 'English' };
const THEMES = ['system', 'light', 'dark'];
const LEAST = 8;

/** The first start: up to four cards, kept here until the last one is done, then sent all at once. */
class FirstStart extends DoorFrame {
  static properties = {
    code: {},
    step: { state: true },
    steps: { state: true },
    given: { state: true },
    seen: { state: true },
    trouble: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** From the console, by the link or typed. */
    this.code = '';
    this.password = '';
    this.again = '';
    this.path = '';
    this.room = '';
    this.step = 'look';
    this.steps = ['look', 'owner', 'folder', 'room'];
    /** What the settings give, once the code was right. */
    this.given = null;
    /** What the folder is like. */
    this.seen = null;
    this.trouble = '';
    this.busy = false;
  }

  updated(changed) {
    if (changed.get('step')) this.focusFirst();
  }

  render() {
    const at = this.steps.indexOf(this.step);
    const last = at === this.steps.length - 1;
    return this.frame(t('start.title'), html`<form class="card door-card" data-testid="first-start" data-step=${this.step} novalidate @submit=${this.#next}>
      <p class="quiet">${t('start.step', { n: at + 1, all: this.steps.length })}</p>
      ${this.#card()}
      <p class="door-trouble" role="alert" data-testid="door-trouble">${this.trouble}</p>
      ${last ? this.#fixed() : nothing}
      <footer class="door-foot">
        ${at > 0 ? html`<button type="button" class="act" data-testid="start-back" ?disabled=${this.busy} @click=${() => this.#go(at - 1)}>${t('start.back')}</button>` : nothing}
        <button type="submit" class="main" data-testid="start-next" ?disabled=${this.busy} aria-busy=${this.busy}>${last ? t('start.finish') : t('start.next')}</button>
      </footer>
    </form>`);
  }

  #card() {
    if (this.step === 'look') return this.#look();
    if (this.step === 'owner') return this.#owner();
    if (this.step === 'folder') return this.#folder();
    return this.step === 'room' ? this.#room() : html`<h1>${t('start.ready')}</h1>`;
  }

  #look() {
    const theme = window.sluiceTheme.choice;
    return html`<h1>${t('start.welcome')}</h1>
      <fieldset><legend>${t('start.language')}</legend><div class="door-choices">${Object.entries(LANGS).map(([lang, word]) => html`<label lang=${lang}><input type="radio" name="lang" ?data-first=${currentLang() === lang} .checked=${live(currentLang() === lang)}
        @change=${() => setLang(lang).catch(sayError)}>${word}</label>`)}</div></fieldset>
      <fieldset><legend>${t('start.theme')}</legend><div class="door-choices">${THEMES.map((each) => html`<label><input type="radio" name="theme" .checked=${live(theme === each)}
        @change=${() => this.#theme(each)}>${t(`theme.${each}`)}</label>`)}</div></fieldset>`;
  }

  #theme(choice) {
    window.sluiceTheme.choice = choice;
    this.requestUpdate();
    this.querySelector('sluice-theme-switch').requestUpdate();
  }

  #owner() {
    return html`<h1>${t('start.owner')}</h1>
      <label>${t('start.code')}
        <input type="text" data-testid="setup-code" ?data-first=${!this.code} autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"
          .value=${live(this.code)} @input=${(event) => (this.code = event.target.value)}>
        <small>${t('start.code_where')}</small></label>
      <input type="text" hidden autocomplete="username" name="username" value="owner">
      <label>${t('start.password')}
        <input type="password" data-testid="password" ?data-first=${Boolean(this.code)} autocomplete="new-password" maxlength="1024" .value=${live(this.password)} @input=${(event) => (this.password = event.target.value)}>
        <small>${t('start.password_least', { n: LEAST })}</small></label>
      <label>${t('start.again')}
        <input type="password" data-testid="password-again" autocomplete="new-password" maxlength="1024" .value=${live(this.again)} @input=${(event) => (this.again = event.target.value)}></label>`;
  }

  #folder() {
    return html`<h1>${t('start.folder')}</h1>
      <label>${t('start.folder_path')}
        <input type="text" data-testid="setup-folder" data-first autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="4096" .value=${live(this.path)}
          @input=${(event) => ((this.path = event.target.value), (this.seen = null))}>
        <small>${t('start.folder_where')}</small></label>
      <button type="button" class="act" data-testid="try-folder" ?disabled=${this.busy} @click=${() => this.#working(() => this.#try())}>${t('start.try')}</button>
      ${this.seen ? this.#seen(this.seen) : nothing}`;
  }

  #seen(seen) {
    const space = seen.total_bytes < 0 ? '–' : t('start.free', { free: size(seen.free_bytes), total: size(seen.total_bytes) });
    return html`<div class="door-seen" data-testid="folder-seen" data-writable=${seen.writable}>
      <p class="mark ${seen.writable ? 'tone-done' : 'tone-trouble'}">${icon(seen.writable ? 'done' : 'refused')}${seen.writable ? t('start.writable') : t('start.not_writable')}</p>
      ${seen.writable ? nothing : html`<p>${seen.problem}</p>`}
      <dl><div><dt>${t('start.space')}</dt><dd>${space}</dd></div>
        <div><dt>${t('start.file_system')}</dt><dd>${seen.file_system || '–'}</dd></div>
        <div><dt>${t('start.folder_owner')}</dt><dd>${seen.owner || '–'}</dd></div></dl>
    </div>`;
  }

  #room() {
    return html`<h1>${t('start.room')}</h1>
      <label>${t('start.room_link')}
        <input type="text" data-testid="setup-room" data-first inputmode="url" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="4096" .value=${live(this.room)} @input=${(event) => (this.room = event.target.value)}>
        <small>${t('start.room_later')}</small></label>`;
  }

  /** What the settings give already has no card, but is said. */
  #fixed() {
    if (!this.given) return nothing;
    const { recordings_dir: dir, recordings_dir_fixed: fixed, rooms } = this.given;
    return html`${fixed ? html`<p class="quiet" data-testid="fixed-dir">${icon('done')} ${t('start.fixed_dir', { dir })}</p>` : nothing}
      ${rooms ? html`<p class="quiet" data-testid="fixed-rooms">${icon('done')} ${tn('start.fixed_rooms', rooms)}</p>` : nothing}`;
  }

  #go(at) {
    this.trouble = '';
    this.step = this.steps[at];
  }

  #next(event) {
    event.preventDefault();
    if (this.busy) return;
    this.#working(async () => {
      if (this.step === 'owner') await this.#checkOwner();
      if (this.step === 'folder' && !(await this.#try()).writable) throw new Error(t('start.not_writable'));
      const at = this.steps.indexOf(this.step) + 1;
      if (at < this.steps.length) this.#go(at);
      else await this.#finish();
    });
  }

  async #working(work) {
    this.busy = true;
    this.trouble = '';
    try {
      await work();
    } catch (error) {
      this.trouble = reason(error);
    } finally {
      this.busy = false;
    }
  }

  async #checkOwner() {
    if ([...this.password].length < LEAST) throw new Error(t('start.password_short', { n: LEAST }));
    if (this.password !== this.again) throw new Error(t('start.not_same'));
    if (!this.code.trim()) throw new Error(t('start.code_missing'));
    this.given = await checkSetupCode(this.code);
    this.path ||= this.given.recordings_dir;
    const folder = !this.given.recordings_dir_fixed;
    const room = this.given.rooms === 0;
    this.steps = ['look', 'owner', folder && 'folder', room && 'room', !folder && !room && 'ready'].filter(Boolean);
  }

  async #try() {
    this.seen = await tryFolder(this.code, this.path.trim());
    return this.seen;
  }

  async #finish() {
    const all = { code: this.code, password: this.password, language: currentLang() };
    if (this.steps.includes('folder')) all.recordings_dir = this.path.trim();
    if (this.room.trim()) all.first_room = this.room.trim();
    await finishSetup(all);
    this.entered();
  }
}
customElements.define('sluice-first-start', FirstStart);
