/** What a value of a setting is edited with, by its type. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { currentLang, t, tOr } from '../i18n.js';
import { UNITS, apart, together } from '../units.js';

/**
 * @typedef {object} Control
 * @property {object} field a row of the field table
 * @property {unknown} value what is shown
 * @property {string} id of the input, for its label
 * @property {string} notes ids of what describes it
 * @property {boolean} [wrong] whether the server refused it
 * @property {boolean} [locked] whether it cannot be changed
 * @property {string[]} [targets] names to choose from
 * @property {(value: unknown) => void} change
 */

/** @param {Control} control */
export function controlOf(control) {
  const { field } = control;
  if (field.list) return field.type === 'target' || field.choices.length ? several(control) : lines(control);
  if (field.off) return withOff(control);
  return single(control);
}

function single(control) {
  switch (control.field.type) {
    case 'duration':
    case 'size':
      return measured(control);
    case 'choice':
      return choice(control);
    case 'switch':
      return toggle(control);
    default:
      return text(control);
  }
}

function text({ field, value, id, notes, wrong, locked, change }) {
  const number = field.type === 'number';
  return html`<input id=${id} type=${number ? 'number' : 'text'} inputmode=${number ? 'numeric' : nothing} min=${field.least && number ? field.least : nothing}
    max=${field.most && number ? field.most : nothing} autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby=${notes} aria-invalid=${wrong ? 'true' : nothing}
    ?disabled=${locked} .value=${live(String(value ?? ''))} @input=${(event) => change(event.target.value)}>`;
}

function choice({ field, value, id, notes, locked, change }) {
  return html`<select id=${id} aria-describedby=${notes} ?disabled=${locked} @change=${(event) => change(event.target.value)}>
    ${field.choices.map((each) => html`<option value=${each} .selected=${live(each === value)}>${wordOf(field, each)}</option>`)}</select>`;
}

function wordOf(field, word) {
  if (field.type === 'event') return tOr(`settings.event.${word}`, {}, word);
  return field.key === 'rooms[].mode' ? t(`settings.mode.${word}`) : word;
}

function toggle({ value, id, notes, locked, change }) {
  return html`<label class="tick"><input id=${id} type="checkbox" role="switch" aria-describedby=${notes} ?disabled=${locked} .checked=${live(value === 'true')}
    @change=${(event) => change(String(event.target.checked))}><span>${t(value === 'true' ? 'settings.yes' : 'settings.no')}</span></label>`;
}

function measured({ field, value, id, notes, wrong, locked, change }) {
  const { number, unit } = apart(field.type, String(value ?? ''));
  return html`<div class="measured"><input id=${id} inputmode="numeric" autocomplete="off" aria-describedby=${notes} aria-invalid=${wrong ? 'true' : nothing} ?disabled=${locked}
      .value=${live(number)} @input=${(event) => change(together(event.target.value, unit))}>
    <select aria-label=${t('settings.unit', { name: field.label[currentLang()] })} ?disabled=${locked} @change=${(event) => change(together(number, event.target.value))}>
      ${UNITS[field.type].map((each) => html`<option value=${each} .selected=${live(each === unit)}>${field.type === 'size' ? each : t(`settings.unit.${each}`)}</option>`)}</select></div>`;
}

/** What to begin with when a limit is switched on. */
const BEGIN = { duration: '1h', size: '100GB' };

function withOff(control) {
  const { field, value, id, locked, change } = control;
  const off = value === 'off';
  const begin = field.inherited && field.inherited !== 'off' ? field.inherited : BEGIN[field.type];
  const begins = field.key.includes('keep.for') && begin === '1h' ? '30d' : begin;
  return html`<div class="with-off"><label class="tick"><input id=${off ? id : `${id}-on`} type="checkbox" .checked=${live(!off)} ?disabled=${locked}
      aria-label=${t('settings.limit', { name: field.label[currentLang()] })} @change=${(event) => change(event.target.checked ? begins : 'off')}>
      <span>${off ? t('settings.off') : t('settings.on')}</span></label>
    ${off ? nothing : single(control)}</div>`;
}

function lines({ value, id, notes, wrong, locked, change }) {
  const shown = (value ?? []).join('\n');
  return html`<textarea id=${id} rows=${Math.min(8, Math.max(2, (value ?? []).length + 1))} autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby=${notes}
    aria-invalid=${wrong ? 'true' : nothing} ?disabled=${locked} placeholder=${t('settings.one_a_line')} .value=${shown} @change=${(event) => change(apartLines(event.target.value))}></textarea>`;
}

const apartLines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

function several({ field, value, id, locked, targets, change }) {
  const chosen = value ?? [];
  const all = [...new Set([...(field.choices.length ? field.choices : (targets ?? [])), ...chosen])];
  if (all.length === 0) return html`<p id=${id} class="quiet">${t('settings.no_targets')}</p>`;
  const turned = (name, on) => all.filter((each) => (each === name ? on : chosen.includes(each)));
  return html`<div id=${id} class="ticks" role="group" aria-labelledby="${id}-name">${all.map((name) => html`<label class="tick"><input type="checkbox" .checked=${live(chosen.includes(name))} ?disabled=${locked}
    @change=${(event) => change(turned(name, event.target.checked))}><span>${wordOf(field, name)}</span></label>`)}</div>`;
}
