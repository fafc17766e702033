import { html } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import { t } from '../i18n.js';

const CHOICES = ['system', 'light', 'dark'];

/** Goes round system, light and dark. */
class ThemeSwitch extends Part {
  render() {
    const choice = window.sluiceTheme.choice;
    const label = t('theme.label', { theme: t(`theme.${choice}`) });
    return html`<button type="button" class="act bare" data-testid="theme-switch" data-choice=${choice} title=${label} aria-label=${label}
      @click=${() => this.#next(choice)}>${icon(choice)}</button>`;
  }

  #next(choice) {
    window.sluiceTheme.choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
    this.requestUpdate();
  }
}
customElements.define('sluice-theme-switch', ThemeSwitch);
