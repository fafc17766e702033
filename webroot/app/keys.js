/** Keys and pasting that work anywhere on the page. */

/** @param {{add: (text?: string) => void, search: () => void, help: () => void, move: (by: 1 | -1) => void}} shell */
export function listenToKeys(shell) {
  const commands = { a: () => shell.add(), '/': () => shell.search(), '?': () => shell.help(), j: () => shell.move(1), k: () => shell.move(-1) };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isBusy(event.target)) return;
    if (event.key === 'Enter' && event.target.matches?.('main .card')) event.target.querySelector('a.card-open')?.click();
    const command = commands[event.key];
    if (!command) return;
    event.preventDefault();
    command();
  });
  document.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain').trim();
    if (!text || isBusy(event.target)) return;
    event.preventDefault();
    shell.add(text);
  });
}

function isBusy(target) {
  const typing = target instanceof Element && target.closest('input, textarea, select, [contenteditable]');
  return Boolean(typing || document.querySelector('dialog[open]'));
}
