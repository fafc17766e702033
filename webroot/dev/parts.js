/** Every part of the page with sample data, for looking at and for the browser tests. Opened by dev/parts.html. */
import { html, render } from 'lit';
import '../app/parts/conn-banner.js';
import '../app/parts/delivery-row.js';
import '../app/parts/disk-gauge.js';
import '../app/parts/empty-note.js';
import '../app/parts/going-row.js';
import '../app/parts/lang-switch.js';
import '../app/parts/recording-row.js';
import '../app/parts/room-card.js';
import '../app/parts/setting-row.js';
import '../app/parts/theme-switch.js';
import '../app/parts/toasts.js';
import '../app/parts/totals.js';
import '../app/parts/trash-row.js';
import { useTexts } from '../app/i18n.js';
import { useStyle } from '../app/style.js';

const now = Date.now();
const at = (seconds) => new Date(now + seconds * 1000).toISOString();
const NASTY = `<script>alert(1)</script> \u202eصباح الخير\u202c 🎮🎤👩‍👩‍👧 ${'很长的名字Verylongnamewithoutanyspace'.repeat(5)}`.slice(0, 200);

const recording = {
  id: '12', epoch: 7, started_at: at(-4272), receiving: true, bytes: 4_473_400_320, bytes_per_second: 1_040_000, duration_ms: 4_272_000,
  segments: 2, gaps: 0, gap_ms: 0, quality: '1280×720 H.264 + AAC', file: 'Cam 1/2026-11-24 20.15.01.flv',
};
const room = (id, name, state, more = {}) => ({
  id, key: `direct:http://cam.example/${id}.flv`, platform: 'direct', link: `http://cam.example/${id}.flv`, links: [], name, mode: 'record', record: true,
  targets: ['nas'], state, reason: null, reason_key: null, reason_values: {}, since: at(-600), next_look_at: null, recording: null,
  deliveries: { waiting: 0, sending: 0, retry: 0, needs_you: 0, done: 0 }, ...more,
});
const why = (key, reason, values = {}, next = 23) => ({ reason_key: key, reason, reason_values: values, next_look_at: next === null ? null : at(next) });

const ROOMS = [
  room('r1', 'Cam 1', 'recording', { recording, deliveries: { done: 41, sending: 1 } }),
  room('r2', '星见そら Official', 'recording', { platform: 'bilibili', recording: { ...recording, gaps: 3, gap_ms: 4200 }, deliveries: { needs_you: 2 } }),
  room('r3', 'Silent', 'recording', { recording: { ...recording, receiving: false, quality: null } }),
  room('r4', 'Reconnecting', 'grace', { recording: { ...recording, receiving: false, gaps: 1, gap_ms: 1400 }, ...why('grace', 'lost', {}, 2) }),
  room('r5', 'No answer', 'unknown', why('unknown.network', 'x', { detail: 'connection refused' })),
  room('r6', 'No media', 'unknown', why('unknown.not_media', 'x', { head: '<!DOCTYPE html>' })),
  room('r7', 'Locked', 'refused', why('refused.locked', 'x', {}, 900)),
  room('r8', 'A key that this page does not know', 'refused', why('refused.moon_phase', 'the moon is full; wait for it to wane', {}, 900)),
  room('r9', 'Stopped by hand', 'live', why('stopped.by_user', 'x', {}, null)),
  room('r10', 'Waiting', 'waiting', { ...why('offline', 'offline'), deliveries: { done: 1204 } }),
  room('r11', 'Starting', 'starting', why('starting', 'x', {}, null)),
  room('r12', 'Stopping', 'stopping', { recording, ...why('stopping', 'x', {}, null) }),
  room('r13', 'Paused', 'paused', { mode: 'paused', record: false, ...why('paused.by_user', 'x', {}, null), deliveries: { retry: 3 } }),
  room('r14', NASTY, 'unknown', { platform: NASTY, key: NASTY, link: NASTY, ...why('unknown.network', 'x', { detail: NASTY }) }),
];
const RATES = Array.from({ length: 60 }, (_, i) => 900_000 + 200_000 * Math.sin(i / 5));

const file = (n, more) => ({ name: `2026-11-24 20.${15 + n}.01.flv`, kind: 'segment', state: 'ready', bytes: 73_400_320, start_ms: n * 60_000, end_ms: n * 60_000 + 60_000, url: `/api/v1/recordings/12/files/${n}.flv`, ...more });
const broadcast = (id, state, more) => ({ id, room_id: 'r1', room_name: 'Cam 1', title: '', started_at: at(-4272), ended_at: null, state, protected: id === '2', bytes: 373_400_320, duration_ms: 240_000, gaps: [], duplicates_dropped: { frames: 0 }, files: [], ...more });
const RECORDINGS = [
  broadcast('1', 'recording', { files: [file(0), file(1), file(2, { state: 'closed' }), file(3, { state: 'open', url: null, end_ms: null })], gaps: [{ at_ms: 30_500, duration_ms: 1400, cause: 'connection lost' }] }),
  broadcast('2', 'done', { ended_at: at(-60), title: NASTY, files: [file(0), file(1, { url: '//evil.example/x.flv' })], gaps: Array.from({ length: 9 }, (_, i) => ({ at_ms: 5000 + i * 25_000, duration_ms: 900 + i * 900, cause: i % 2 ? 'stalled' : 'a cause of its own' })), duplicates_dropped: { frames: 46 } }),
  broadcast('3', 'interrupted', { room_name: NASTY, files: [file(0, { name: `${NASTY}.flv` })] }),
];

const delivery = (id, state, more) => ({ id, recording_id: '12', room_id: 'r1', room_name: 'Cam 1', file: 'Cam 1/2026-11-24 20.15.01.flv', target: 'nas', state, bytes: 73_400_320, sent_bytes: 0, bytes_per_second: 0, tries: 1, next_try_at: null, error: null, created_at: at(-300), done_at: null, ...more });
const DELIVERIES = [
  delivery('1', 'needs_you', { error: '403 Forbidden: the token has expired', tries: 6 }),
  delivery('2', 'retry', { error: 'No space left on device', next_try_at: at(90), tries: 2 }),
  delivery('3', 'sending', { sent_bytes: 20_971_520, bytes_per_second: 10_485_760 }),
  delivery('4', 'waiting', { tries: 0, file: NASTY }),
  delivery('5', 'done', { done_at: at(-20) }),
];
const TOTALS = { groups: { recording: 3, trouble: 6, live: 1, waiting: 3, paused: 1 }, bytesPerSecond: 2_080_000, sending: 1, needsYou: 2, storage: [{ root: '/recordings', open: true, free_bytes: 1_204_000_000_000 }, { root: '/nas', open: false, free_bytes: 1_200_000_000 }] };

const disk = { root: '/recordings', open: true, free_bytes: 80e9, total_bytes: 500e9, reserve_bytes: 5e9, used_bytes: 210e9, trash_bytes: 22e9, bytes_per_second: 2_080_000, bytes_per_day: 30e9, full_in_seconds: 36_000, full_in_seconds_by_habit: 216_000, rooms: [] };
const DISKS = [disk, { ...disk, root: NASTY, free_bytes: 3e9, used_bytes: 480e9 }, { ...disk, root: '/old', open: false, free_bytes: -1, total_bytes: -1 }];
const going = (id, more) => ({ recording_id: id, room_id: 'r1', room_name: 'Cam 1', title: '', started_at: at(-5_000_000), bytes: 1_204_000_000, cause: 'age', due_at: null, locks: [], ...more });
const GOING = [
  going('1', { cause: 'room_size' }), going('2', { due_at: at(86_400), cause: 'age' }),
  going('3', { room_name: NASTY, locks: [{ key: 'lock.protected', text: 'x', values: {} }, { key: 'lock.delivery', text: 'x', values: { targets: NASTY } }, { key: 'lock.moon', text: 'the moon is full', values: {} }] }),
];
const trashed = (id, more) => ({ id, room_id: 'r1', room_name: 'Cam 1', title: '', started_at: at(-90_000), ended_at: at(-86_000), bytes: 1_204_000_000, state: 'trashed', cause: 'person', trashed_at: at(-60), removed_after: at(600_000), ...more });
const TRASH = [trashed('1'), trashed('2', { state: 'restoring', cause: 'total_size' }), trashed('3', { room_name: NASTY, title: NASTY })];

const setting = (path, type, more) => ({ key: path, path, group: 'x', type, list: false, map: false, off: false, least: null, most: null, choices: [], level: 'basic', when: 'now', secret: false,
  label: { en: `A ${type}`, zh: `一个 ${type}` }, help: { en: 'What it is good for, in a sentence.', zh: '用一句话说明它的用途。' }, value: '30s', origin: 'default', own: null, inherited: '30s', inherited_origin: 'default', locked: null, differ: [], differ_count: more.differ?.length ?? 0, ...more });
const SETTINGS = [
  { field: setting('a', 'duration', { least: '1s', most: '24h' }) },
  { field: setting('b', 'duration', { own: '1h30m', inherited_origin: 'global' }), edit: { value: '90m' }, theirs: { value: '2h' } },
  { field: setting('c', 'size', { own: '5GB', off: true, inherited: 'off' }), wrong: NASTY },
  { field: setting('d', 'text', { own: NASTY, inherited: NASTY, inherited_origin: 'platform', label: { en: NASTY, zh: NASTY } }) },
  { field: setting('e', 'text', { inherited: NASTY, differ: [{ id: 'r1', value: '5s' }, { id: 'r2', value: NASTY }], differ_count: 140 }), scope: 'platform' },
  { field: setting('f', 'number', { own: '9000', locked: 'SLUICE__SERVER__PORT', inherited: '8080' }), scope: 'global' },
  { field: setting('g', 'target', { list: true, own: ['nas'], inherited: [] }), targets: ['nas', NASTY] },
];

await Promise.all([
  ...['adding', 'deliveries', 'broadcasts', 'play', 'settings', 'storage'].map(useTexts),
  ...['places/deliveries.css', 'places/broadcasts.css', 'places/settings.css', 'places/storage.css', '../dev/parts.css'].map(useStyle),
]);
const section = (title, content) => html`<section class="sample"><h2>${title}</h2>${content}</section>`;

const ground = document.createElement('main');
document.body.prepend(ground);
render(html`<div class="place-head"><h1>Parts</h1><div class="switches"><sluice-theme-switch></sluice-theme-switch><sluice-lang-switch></sluice-lang-switch></div></div>
  ${section('Banner', html`<sluice-conn-banner .live=${{ phase: 'lost', heardAt: performance.now() - 12_000, retryAt: performance.now() + 60_000 }}></sluice-conn-banner>`)}
  ${section('Totals', html`<sluice-totals .totals=${TOTALS} chosen="trouble"></sluice-totals>`)}
  ${section('Rooms', html`<div class="cards">${ROOMS.map((each) => html`<sluice-room-card .room=${each} .rates=${each.recording?.receiving ? RATES : []}></sluice-room-card>`)}</div>`)}
  ${section('Recordings', html`<div class="rows">${RECORDINGS.map((each) => html`<sluice-recording-row .recording=${each}></sluice-recording-row>`)}</div>`)}
  ${section('Deliveries', html`<div class="rows">${[DELIVERIES.slice(0, 3), ...DELIVERIES.slice(3).map((each) => [each])].map((each) => html`<sluice-delivery-row .deliveries=${each}></sluice-delivery-row>`)}</div>`)}
  ${section('Storage', html`${DISKS.map((each) => html`<section class="card"><sluice-disk-gauge .root=${each}></sluice-disk-gauge></section>`)}
    <section class="card">${GOING.map((each) => html`<sluice-going-row .item=${each}></sluice-going-row>`)}</section>
    <section class="card">${TRASH.map((each) => html`<sluice-trash-row .recording=${each}></sluice-trash-row>`)}</section>`)}
  ${section('Settings', html`<div class="settings"><section class="card">${SETTINGS.map((each) => html`<sluice-setting-row .field=${each.field} .scope=${each.scope ?? 'room'} .edit=${each.edit ?? null}
    .wrong=${each.wrong ?? ''} .theirs=${each.theirs ?? null} .targets=${each.targets ?? []} .rooms=${new Map(ROOMS.map((room) => [room.id, room]))}></sluice-setting-row>`)}</section></div>`)}
  ${section('Empty', html`<sluice-empty-note sign="rooms" text="Nothing here yet." action="Do something"></sluice-empty-note>`)}
  <sluice-toasts></sluice-toasts>`, ground);
