import { html } from 'lit';
import { Part } from './part.js';
import { currentLang, setLang } from '../i18n.js';
import { sayError } from '../say.js';

/** Changes to the other language; says so in that language. */
class LangSwitch extends Part {
  render() {
    const [other, word, label] = currentLang() === 'zh' ? ['en', 'EN', 'English'] : ['zh', '中', '中文'];
    return html`<button type="button" class="act bare" data-testid="lang-switch" lang=${other} title=${label} aria-label=${label}
      @click=${() => setLang(other).catch(sayError)}><strong>${word}</strong></button>`;
  }
}
customElements.define('sluice-lang-switch', LangSwitch);
