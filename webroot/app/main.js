/** Starts the page: language first, then the frame, then the live connection. */
import { health } from './api.js';
import { everySecond, heardServerTime } from './clock.js';
import { onLangChange, startI18n } from './i18n.js';
import { listenToKeys } from './keys.js';
import { Live } from './live.js';
import { currentRoute } from './route.js';
import { sayError } from './say.js';
import { store } from './store.js';
import { showInTab } from './tab.js';
import './parts/shell.js';

try {
  await startI18n();
  document.getElementById('boot').remove();
  if (currentRoute().place === 'dev/parts') await import('../dev/parts.js');
  else openPage();
} catch (error) {
  const boot = document.getElementById('boot');
  if (boot) boot.textContent = `打不开页面，请重新载入。The page could not be opened; load it again. (${error.message})`;
  throw error;
}

function openPage() {
  const shell = document.createElement('sluice-shell');
  document.body.prepend(shell);
  listenToKeys(shell);
  store.subscribe(showInTab);
  onLangChange(showInTab);
  everySecond(() => store.tick());
  const live = new Live({ onMessage: hear, onState: (state) => store.setLive(state), probe: health });
  shell.addEventListener('retry', () => live.retryNow());
  live.start();
  import('./parts/bell.js').catch(sayError);
}

function hear(message) {
  heardServerTime(message.at);
  store.apply(message);
}
