import { html } from 'lit';
import { Part } from './part.js';
import { changePassword } from '../api-door.js';
import { t } from '../i18n.js';
import { errorText, say } from '../say.js';

const LEAST = 8;

/** Another password for the owner. */
class PasswordForm extends Part {
  static properties = { trouble: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.trouble = '';
    this.busy = false;
  }

  render() {
    return html`<section class="card"><h2>${t('account.password')}</h2><p class="quiet">${t('account.password_why')}</p>
      <form class="account-form stacked" @submit=${this.#change}>
        <input type="text" hidden autocomplete="username" name="username" value="owner">
        ${this.#box('present', 'current-password', t('account.present'))}
        ${this.#box('next', 'new-password', t('account.next'))}
        ${this.#box('again', 'new-password', t('account.again'))}
        <p class="account-trouble" role="alert" data-testid="password-trouble">${this.trouble}</p>
        <button type="submit" class="act" data-testid="change-password" ?disabled=${this.busy} aria-busy=${this.busy}>${t('account.change')}</button>
      </form></section>`;
  }

  #box(name, complete, label) {
    return html`<label>${label}<input type="password" name=${name} data-testid="password-${name}" autocomplete=${complete} required maxlength="1024"></label>`;
  }

  async #change(event) {
    event.preventDefault();
    const form = event.target;
    const { present, next, again } = form.elements;
    this.trouble = wrong(next.value, again.value);
    if (this.trouble || this.busy) return;
    this.busy = true;
    try {
      await changePassword(present.value, next.value);
      form.reset();
      say('success', t('account.changed'));
    } catch (error) {
      this.trouble = errorText(error);
    } finally {
      this.busy = false;
    }
  }
}
customElements.define('sluice-password-form', PasswordForm);

function wrong(next, again) {
  if ([...next].length < LEAST) return t('account.short', { n: LEAST });
  return next === again ? '' : t('account.not_same');
}
