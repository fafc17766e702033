import { html, nothing } from 'lit';
import { DoorFrame } from '../parts/door-frame.js';
import { signIn } from '../api-door.js';
import { reason } from '../door.js';
import { t } from '../i18n.js';

/** Asks for the owner's password. */
class SignIn extends DoorFrame {
  static properties = { trouble: {}, busy: { state: true } };

  constructor() {
    super();
    /** Why somebody is still outside. */
    this.trouble = '';
    this.busy = false;
  }

  render() {
    return this.frame(t('door.title'), html`<form class="card door-card" data-testid="sign-in" @submit=${this.#submit}>
      <h1>${t('door.title')}</h1>
      <input type="text" hidden autocomplete="username" name="username" value="owner">
      <label>${t('door.password')}
        <input type="password" name="password" data-first data-testid="password" autocomplete="current-password" required maxlength="1024"
          aria-invalid=${this.trouble ? 'true' : nothing} aria-describedby="door-trouble"></label>
      <p class="door-trouble" id="door-trouble" role="alert" data-testid="door-trouble">${this.trouble}</p>
      <button type="submit" class="main" data-testid="sign-in-button" ?disabled=${this.busy} aria-busy=${this.busy}>${t('door.sign_in')}</button>
      <p class="quiet">${t('door.forgotten')} <code>sluice password</code></p>
    </form>`);
  }

  async #submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const box = this.querySelector('[name=password]');
    this.busy = true;
    this.trouble = '';
    try {
      await signIn(box.value);
      this.entered();
    } catch (error) {
      this.trouble = reason(error);
      box.select();
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('sluice-sign-in', SignIn);
