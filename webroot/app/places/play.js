import { html } from 'lit';
import { StorePart } from '../parts/part.js';
import { icon } from '../parts/icon.js';
import '../parts/empty-note.js';
import '../parts/player.js';
import { getRecording } from '../api-play.js';
import { dateTime } from '../format.js';
import { t } from '../i18n.js';
import { go, linkTo } from '../route.js';
import { withLiveNumbers } from '../recordingview.js';
import { errorText } from '../say.js';
import { store } from '../store.js';

const AGAIN_MS = 2000;

/** One recording, playing; which one stands in the address. */
class PlayPlace extends StorePart {
  static properties = { query: { attribute: false }, recording: { state: true }, error: { state: true } };
  #seen = 0;
  #timer = 0;

  constructor() {
    super();
    /** @type {URLSearchParams} `recording` its id */
    this.query = new URLSearchParams();
    /** @type {object | null} */
    this.recording = null;
    this.error = null;
  }

  willUpdate(changed) {
    if (changed.has('query') && changed.get('query')?.get('recording') !== this.query.get('recording')) {
      this.recording = null;
      this.#look();
    } else if (this.#seen !== store.recordingsChanged) {
      this.#seen = store.recordingsChanged;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), AGAIN_MS);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    if (this.error && !this.recording) {
      return html`<sluice-empty-note sign="grace" .text=${errorText(this.error)} .action=${t('nav.broadcasts')} @go=${() => go('broadcasts')}></sluice-empty-note>`;
    }
    if (!this.recording) return html`<p class="empty" aria-busy="true">${t('conn.opening')}</p>`;
    const recording = withLiveNumbers(this.recording, store.rooms.get(this.recording.room_id));
    return html`<div class="place-head">
        <h1><bdi>${recording.room_name}</bdi></h1>
        <a class="chip" href=${linkTo('broadcasts')}>${icon('broadcasts')}${t('nav.broadcasts')}</a></div>
      <p class="quiet"><bdi>${recording.title}</bdi> ${dateTime(recording.started_at)}</p>
      <sluice-player .recording=${recording}></sluice-player>`;
  }

  async #look() {
    this.#seen = store.recordingsChanged;
    const id = this.query.get('recording') ?? '';
    try {
      const recording = await getRecording(id);
      if (id === this.query.get('recording')) this.recording = recording;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }
}
customElements.define('sluice-play', PlayPlace);
