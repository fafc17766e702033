import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { ask } from './ask.js';
import { orderDeliveries } from '../api-deliveries.js';
import { t, tn } from '../i18n.js';
import { say, sayError } from '../say.js';

/** Delivers a recording to the targets it has not gone to; asks before one that has it gets it again. */
class SendButton extends Part {
  static properties = { recording: { attribute: false }, busy: { state: true } };

  constructor() {
    super();
    /** @type {{id: string, room_name: string} | null} */
    this.recording = null;
    this.busy = false;
  }

  render() {
    const label = t('send.again', { name: this.recording.room_name });
    return html`<button type="button" class="act bare" data-testid="btn-send" title=${label} aria-label=${label} aria-disabled=${this.busy} @click=${this.#send}>${icon('sending')}</button>`;
  }

  async #send() {
    if (this.busy) return;
    this.busy = true; // not disabled: that would lose the focus
    try {
      const { id } = this.recording;
      let { count } = await orderDeliveries(id, false);
      if (count === 0) {
        const question = { title: t('send.title'), text: t('send.has_it'), yes: t('send.yes') };
        if (!(await ask(question))) return;
        ({ count } = await orderDeliveries(id, true));
      }
      say(count ? 'success' : 'info', count ? tn('send.done', count) : t('send.nothing'));
    } catch (error) {
      sayError(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('sluice-send-button', SendButton);
