import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { t } from '../i18n.js';

/** A state as shape, word and colour: any two of them can be missing. */
class StateMark extends Part {
  static properties = { kind: {}, state: {}, tone: {} };

  constructor() {
    super();
    /** @type {'state' | 'delivery' | 'broadcast'} whose state it is; the head of its text key */
    this.kind = 'state';
    this.state = 'unknown';
    /** @type {string} class that picks the colour */
    this.tone = 'passing';
  }

  render() {
    return html`<span class="mark tone-${this.tone}">${icon(this.state)}<span>${t(`${this.kind}.${this.state}`)}</span></span>`;
  }
}
customElements.define('sluice-state-mark', StateMark);
