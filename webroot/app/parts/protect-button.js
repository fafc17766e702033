import { html, svg } from 'lit';
import { Part } from './part.js';
import { protectRecording } from '../api-storage.js';
import { t, useTexts } from '../i18n.js';
import { sayError } from '../say.js';
import { useStyle } from '../style.js';

await Promise.all([useTexts('storage'), useStyle('parts/protect-button.css')]);

const SHIELD = (on) => svg`<svg class="icon" viewBox="0 0 24 24" fill=${on ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><path d="M12 3 4.500 6v5.500c0 4.500 3 8 7.500 9.500 4.500-1.500 7.500-5 7.500-9.500V6z"/></svg>`;

/** Keeps a recording from being deleted, by rules and by people. Sends `protected` with `{id, protected}`; it bubbles. */
class ProtectButton extends Part {
  static properties = { recording: { attribute: false }, busy: { state: true } };

  constructor() {
    super();
    /** @type {{id: string, room_name: string, protected: boolean} | null} */
    this.recording = null;
    this.busy = false;
  }

  render() {
    const on = this.recording.protected === true;
    const label = t(on ? 'protect.on' : 'protect.off', { name: this.recording.room_name });
    return html`<button type="button" class="act bare protect" data-testid="btn-protect" title=${label} aria-label=${t('protect.label', { name: this.recording.room_name })} aria-pressed=${on} aria-disabled=${this.busy} @click=${this.#toggle}>${SHIELD(on)}</button>`;
  }

  async #toggle() {
    const { id, protected: before } = this.recording;
    if (this.busy) return;
    this.busy = true; // not disabled: that would lose the focus
    try {
      await protectRecording(id, !before);
      this.recording = { ...this.recording, protected: !before };
      this.dispatchEvent(new CustomEvent('protected', { detail: { id, protected: !before }, bubbles: true }));
    } catch (error) {
      sayError(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('sluice-protect-button', ProtectButton);
