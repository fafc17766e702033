import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';

/** What an empty place says, with the button that does what is to be done first. Sends `go`. */
class EmptyNote extends Part {
  static properties = { sign: {}, text: {}, action: {} };

  constructor() {
    super();
    this.sign = 'rooms';
    this.text = '';
    /** @type {string | null} the words on the button */
    this.action = null;
  }

  render() {
    return html`<div class="empty">${icon(this.sign)}<p>${this.text}</p>
      ${this.action ? html`<button type="button" class="main" @click=${() => this.dispatchEvent(new CustomEvent('go'))}>${this.action}</button>` : nothing}</div>`;
  }
}
customElements.define('sluice-empty-note', EmptyNote);
