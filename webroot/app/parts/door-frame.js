import { html } from 'lit';
import { icon } from './icon.js';
import { Part } from './part.js';
import './lang-switch.js';
import './theme-switch.js';

/** Base of what covers the whole page until somebody is in; what was typed below it stays there. Sends `entered`. */
export class DoorFrame extends Part {
  firstUpdated() {
    this.querySelector('dialog').showModal();
    this.focusFirst();
  }

  /** Puts the cursor where something is to be typed. */
  focusFirst() {
    this.querySelector('[data-first]')?.focus();
  }

  /** Lets the page show itself. */
  entered() {
    this.querySelector('dialog').close();
    this.dispatchEvent(new CustomEvent('entered'));
  }

  /** @param {string} label @param {unknown} inside */
  frame(label, inside) {
    return html`<dialog class="door" aria-label=${label} @cancel=${(event) => event.preventDefault()} @keydown=${(event) => event.key === 'Escape' && event.preventDefault()}>
      <div class="door-in">
        <header class="door-top"><span class="brand">${icon('logo')}<span>Sluice</span></span>
          <span class="switches"><sluice-theme-switch></sluice-theme-switch><sluice-lang-switch></sluice-lang-switch></span></header>
        ${inside}
      </div>
    </dialog>`;
  }
}
