import { html } from 'lit';
import { Part } from '../parts/part.js';
import '../parts/audit-list.js';
import '../parts/key-list.js';
import '../parts/password-form.js';
import '../parts/session-list.js';
import { signOut } from '../api-door.js';
import { t, useTexts } from '../i18n.js';
import { linkTo } from '../route.js';
import { sayError } from '../say.js';

// What the door says of a wrong password is said here too.
await useTexts('door');

/** The owner's place: password, browsers that are signed in, keys of programs, and what was done. */
class Account extends Part {
  render() {
    return html`<div class="place-head"><h1>${t('account.title')}</h1>
        <button type="button" class="act" data-testid="sign-out" @click=${this.#out}>${t('account.sign_out')}</button></div>
      <div class="account">
        <sluice-session-list></sluice-session-list>
        <sluice-key-list></sluice-key-list>
        <sluice-password-form></sluice-password-form>
        <sluice-audit-list></sluice-audit-list>
      </div>`;
  }

  /** What the page knows goes with it. */
  #out() {
    signOut()
      .then(() => {
        location.hash = linkTo('rooms');
        location.reload();
      })
      .catch(sayError);
  }
}
customElements.define('sluice-account', Account);
