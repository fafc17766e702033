/**
 * Lets browsers install the page behind https. It keeps nothing: every file is the server's own, and only where the
 * server cannot be reached does it answer itself.
 */
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(unreachable));
});

function unreachable() {
  const text = '连接不上服务器，请稍后再试。\nThe server cannot be reached; try again later.\n';
  return new Response(text, { status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
