import { html, nothing } from 'lit';
import { StorePart } from '../parts/part.js';
import '../parts/settings-editor.js';
import { t } from '../i18n.js';
import { go, linkTo } from '../route.js';
import { store } from '../store.js';

/** The settings: of everything, or of what the address names: `platform=NAME` or `room=ID`. */
class SettingsPlace extends StorePart {
  static properties = { query: { attribute: false }, platforms: { state: true } };

  constructor() {
    super();
    /** @type {URLSearchParams} */
    this.query = new URLSearchParams();
    /** @type {string[]} platforms that the settings name */
    this.platforms = [];
  }

  render() {
    const level = this.#level();
    return html`<div class="place-head"><h1>${t('nav.settings')}</h1></div>
      <div class="levels"><nav class="chips" aria-label=${t('settings.levels')}>
        ${this.#chip(level, { scope: 'global', id: '' }, t('settings.everything'))}
        ${this.#platforms(level).map((name) => this.#chip(level, { scope: 'platform', id: name }, name))}</nav>
        ${this.#picker(level)}</div>
      ${level.scope === 'global' ? nothing : html`<p class="quiet levels-note">${t(`settings.note.${level.scope}`)}</p>`}
      <sluice-settings-editor .scope=${level.scope} .id=${level.id} @loaded=${(event) => this.#loaded(event.detail)}></sluice-settings-editor>`;
  }

  #level() {
    const room = this.query.get('room');
    const platform = this.query.get('platform');
    if (room) return { scope: 'room', id: room };
    return platform ? { scope: 'platform', id: platform } : { scope: 'global', id: '' };
  }

  #platforms(level) {
    const names = new Set([...store.rooms.values()].map((room) => room.platform));
    this.platforms.forEach((name) => names.add(name));
    if (level.scope === 'platform') names.add(level.id);
    return [...names].filter((name) => name !== 'link').sort();
  }

  #chip(now, { scope, id }, words) {
    const chosen = now.scope === scope && now.id === id;
    return html`<a class="chip" href=${linkTo('settings', scope === 'platform' ? { platform: id } : {})} aria-current=${chosen ? 'true' : 'false'}><bdi>${words}</bdi></a>`;
  }

  #picker(level) {
    const rooms = [...store.rooms.values()];
    if (rooms.length === 0 && level.scope !== 'room') return nothing;
    const id = level.scope === 'room' ? level.id : '';
    return html`<label class="picker"><span class="unseen">${t('settings.pick_room')}</span>
      <select data-testid="pick-room" @change=${this.#pick}>
        <option value="" .selected=${id === ''}>${t('settings.pick_room')}</option>
        ${rooms.map((room) => html`<option value=${room.id} .selected=${room.id === id}>${room.name}</option>`)}</select></label>`;
  }

  #pick(event) {
    const room = event.target.value;
    // The address decides what is shown, also when somebody stays because of unsaved edits.
    this.requestUpdate();
    go('settings', room ? { room } : {});
  }

  #loaded(view) {
    if (view.platforms) this.platforms = view.platforms;
  }
}
customElements.define('sluice-settings', SettingsPlace);
