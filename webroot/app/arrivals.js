/** Texts that come from outside of the page: dropped onto it, or shared by another app. */
import { t, useTexts } from './i18n.js';
import { say, sayError } from './say.js';

const MOST_BYTES = 60_000;
const SHARED = ['title', 'text', 'url'];

/** @param {{add: (text: string) => void}} shell */
export function listenToArrivals(shell) {
  document.addEventListener('dragover', (event) => isOurs(event) && event.preventDefault());
  document.addEventListener('drop', (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    dropped(event.dataTransfer).then((text) => text && shell.add(text)).catch(sayError);
  });
  takeShared(shell);
  if (isSecureContext) navigator.serviceWorker?.register(new URL('../sw.js', import.meta.url)).catch(() => {});
}

/** Fields take what is dropped on them as they always do, files aside: those a browser would open. */
function isOurs(event) {
  const types = event.dataTransfer?.types ?? [];
  if (types.includes('Files')) return true;
  return types.includes('text/plain') && !event.target.closest?.('input, textarea, dialog[open]');
}

async function dropped(transfer) {
  const [file] = transfer.files;
  if (!file) return transfer.getData('text/plain').trim();
  await useTexts('adding');
  if (file.size > MOST_BYTES) throw new Error(t('add.file_large', { name: file.name }));
  const text = await file.text();
  if (text.includes('\0') || text.includes('\ufffd')) throw new Error(t('add.file_no_text', { name: file.name }));
  if (!text.trim()) say('info', t('add.file_empty', { name: file.name }));
  return text.trim();
}

/** An app shares by opening this address with the text behind it; it is taken once. */
function takeShared(shell) {
  const query = new URLSearchParams(location.search);
  const text = SHARED.map((name) => query.get(name)?.trim()).filter(Boolean).join(' ');
  if (!SHARED.some((name) => query.has(name))) return;
  history.replaceState(null, '', location.pathname + location.hash);
  if (text) shell.add(text.slice(0, MOST_BYTES));
}
