import { LitElement } from 'lit';
import { onLangChange } from '../i18n.js';
import { everySecond } from '../clock.js';
import { store } from '../store.js';

/** Base of all elements of the page: light DOM, because the style sheets are the page's; drawn anew in a new language. */
export class Part extends LitElement {
  #offs = [];

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#offs = [onLangChange(() => this.requestUpdate()), ...this.listen()];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#offs.forEach((off) => off());
    this.#offs = [];
  }

  /** What else to listen to while on the page. @returns {(() => void)[]} functions that end it */
  listen() {
    return [];
  }
}

/** A part that shows passing time. */
export class TickingPart extends Part {
  listen() {
    return [everySecond(() => this.requestUpdate())];
  }
}

/** A part that reads the store itself; all others get plain objects. */
export class StorePart extends Part {
  listen() {
    return [store.subscribe(() => this.requestUpdate())];
  }
}
