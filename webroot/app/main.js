/** Starts the page: language first, then the frame, then the live connection. */
import { isSignedIn, session } from './api.js';
import { everySecond, heardServerTime } from './clock.js';
import { onLangChange, startI18n } from './i18n.js';
import { listenToKeys } from './keys.js';
import { Live } from './live.js';
import { currentRoute } from './route.js';
import { sayError } from './say.js';
import { store } from './store.js';
import { showInTab } from './tab.js';
import './parts/shell.js';

/** Whether the address carries a code by which to come in. */
const hasCode = () => location.hash.startsWith('#code=');
let entering = null;

try {
  await startI18n();
  if (currentRoute().place === 'dev/parts') await import('../dev/parts.js');
  else {
    if (hasCode() || !(await isSignedIn())) await enter();
    openPage();
  }
  document.getElementById('boot').remove();
} catch (error) {
  document.getElementById('boot').textContent = `打不开页面，请重新载入。The page could not be opened; load it again. (${error.message})`;
  throw error;
}

/** Asks to sign in; the page stays as it is meanwhile. */
function enter() {
  return (entering ??= import('./door.js').then((door) => door.enter()).finally(() => (entering = null)));
}

/** A WebSocket does not say why it was refused; the session does. */
function onState(state) {
  store.setLive(state);
  if (state.phase === 'lost') session().catch(() => {});
}

function openPage() {
  const shell = document.createElement('sluice-shell');
  document.body.prepend(shell);
  listenToKeys(shell);
  store.subscribe(showInTab);
  onLangChange(showInTab);
  everySecond(() => store.tick());
  const live = new Live({ onMessage: hear, onState, probe: session });
  const comeIn = () => enter().then(() => live.retryNow(), sayError);
  shell.addEventListener('retry', () => live.retryNow());
  addEventListener('signed-out', comeIn);
  addEventListener('hashchange', () => hasCode() && comeIn());
  live.start();
  import('./arrivals.js').then((arrivals) => arrivals.listenToArrivals(shell)).catch(sayError);
  import('./parts/bell.js').catch(sayError);
  import('./parts/more-places.js').catch(sayError);
  import('./parts/full-in.js').catch(sayError);
}

function hear(message) {
  heardServerTime(message.at);
  store.apply(message);
}
