import { html, nothing } from 'lit';
import { Part } from './part.js';
import { icon } from './icon.js';
import './axis-bar.js';
import './protect-button.js';
import './send-button.js';
import './state-mark.js';
import './trash-button.js';
import { fileLink } from '../api.js';
import { joinedUrl } from '../api-play.js';
import { clock, dateTime, size, span } from '../format.js';
import { t, tn } from '../i18n.js';
import { linkTo } from '../route.js';
import { causeText, RECORDING_TONES } from '../recordingview.js';

const SHOWN_AT_ONCE = 3;

/** One recording: when, how much, what is missing, and its files. */
class RecordingRow extends Part {
  static properties = { recording: { attribute: false } };

  constructor() {
    super();
    /** @type {object} a recording of the API */
    this.recording = null;
  }

  render() {
    const { recording } = this;
    const gaps = recording.gaps ?? [];
    return html`<article class="card recording" data-testid="recording-row" data-recording-id=${recording.id} data-state=${recording.state}>
      <header class="card-head">
        <div class="card-name">
          <h2><bdi>${recording.room_name}</bdi>${recording.title ? html`<span class="title"> <bdi>${recording.title}</bdi></span>` : nothing}</h2>
          <p class="quiet">${dateTime(recording.started_at)} – ${recording.ended_at ? dateTime(recording.ended_at) : t(recording.state === 'recording' ? 'recording.now' : 'recording.open')}</p>
        </div>
        <sluice-state-mark kind="broadcast" .state=${recording.state} .tone=${RECORDING_TONES[recording.state] ?? 'passing'}></sluice-state-mark>
        <div class="card-ends">
          ${recording.files?.length ? html`<sluice-send-button .recording=${recording}></sluice-send-button>` : nothing}
          <sluice-protect-button .recording=${recording}></sluice-protect-button>
          ${recording.state === 'recording' ? nothing : html`<sluice-trash-button .recording=${recording}></sluice-trash-button>`}
        </div>
      </header>
      <p class="facts">
        <a class="chip" href=${linkTo('play', { recording: recording.id })} data-testid="btn-play">${icon('resume')}<span>${t('play.open')}</span></a>
        ${recording.state !== 'recording' && recording.files?.some((file) => file.kind === 'segment') ? html`<a class="chip" href=${joinedUrl(recording.id)} download data-testid="btn-join" title=${t('join.help')}>${icon('download')}<span>${t('join.one')}</span></a>` : nothing}
        <span>${clock(recording.duration_ms)}</span><span>${size(recording.bytes)}</span>
        <span class=${gaps.length ? 'gap-fact' : ''}>${gaps.length ? tn('gaps', gaps.length) : t('gaps.none')}${
          gaps.length ? ` (${span(gaps.reduce((sum, gap) => sum + gap.duration_ms, 0))})` : nothing}</span>
        ${recording.duplicates_dropped?.frames ? html`<span>${tn('repeats', recording.duplicates_dropped.frames)}</span>` : nothing}
      </p>
      <sluice-axis-bar .recording=${recording}></sluice-axis-bar>
      ${folded(gaps, (gap) => this.#gap(gap), 'gap-list', t('recording.more_gaps', { n: gaps.length - SHOWN_AT_ONCE }))}
      ${this.#files(recording.files ?? [])}
    </article>`;
  }

  #gap(gap) {
    return html`<li><span class="gap-swatch" aria-hidden="true"></span>
      ${t('gap.words', { at: clock(gap.at_ms), length: span(gap.duration_ms), cause: causeText(gap.cause) })}</li>`;
  }

  #files(files) {
    return folded(files, (file) => this.#file(file), 'file-list', t('recording.more_files', { n: files.length - SHOWN_AT_ONCE }));
  }

  #file(file) {
    const link = file.state === 'open' ? null : fileLink(file.url);
    const name = html`<bdi>${file.name}</bdi>`;
    return html`<li>
      ${link
        ? html`<a class="file" href=${link} download=${file.name} title=${t('file.download', { name: file.name })}>${icon('download')}${name}</a>`
        : html`<span class="file ${file.state}">${icon(file.state === 'open' ? 'recording' : 'waiting')}${name}</span>`}
      <span class="quiet">${file.kind === 'segment' && file.end_ms > file.start_ms ? html`${clock(file.end_ms - file.start_ms)} · ` : nothing}${
        // What an open file holds is told with its recording; its own row learns of it at the end.
        file.bytes > 0 ? html`${size(file.bytes)}${file.state === 'ready' ? nothing : ' · '}` : nothing}${file.state === 'ready' ? nothing : t(`file.${file.state}`)}</span></li>`;
  }
}
customElements.define('sluice-recording-row', RecordingRow);

/** The first few at once, the rest, if more than one, behind one click: a bad night has hundreds of gaps. */
function folded(items, row, kind, more) {
  if (items.length === 0) return nothing;
  const shown = items.length === SHOWN_AT_ONCE + 1 ? items.length : SHOWN_AT_ONCE;
  const rest = items.slice(shown);
  return html`<ul class=${kind}>${items.slice(0, shown).map(row)}</ul>
    ${rest.length ? html`<details><summary>${more}</summary><ul class=${kind}>${rest.map(row)}</ul></details>` : nothing}`;
}
