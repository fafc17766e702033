/** The tab of the browser: its title and icon say how many rooms record. */
import { t } from './i18n.js';
import { store } from './store.js';

let shown = -1;

/** Brings title and icon up to date. */
export function showInTab() {
  const n = [...store.rooms.values()].filter((room) => room.state === 'recording').length;
  const title = n > 0 ? `● ${n} ${t('group.recording')} · Sluice` : 'Sluice';
  if (document.title !== title) document.title = title;
  if (n === shown) return;
  shown = n;
  document.querySelector('link[rel=icon]').href = n > 0 ? badge(n) : 'favicon.svg';
}

function badge(n) {
  const text = n > 99 ? '99' : String(n);
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#c62828"/>
    <text x="16" y="23" font-family="sans-serif" font-size="${text.length > 1 ? 17 : 21}" font-weight="700" text-anchor="middle" fill="#fff">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(drawing)}`;
}
