declare const ASSETS: string;
declare const self: ServiceWorkerGlobalScope;

const SHELL = '/';
const assets = ASSETS.split(' ').map(name => `/assets/${name}`);
const cacheName = `maru ${ASSETS}`;

self.addEventListener('install', event => {
  event.waitUntil(caches.open(cacheName).then(cache => cache.addAll(shellRequests()))
    .then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
  event.waitUntil(caches.keys().then(names => Promise.all(names.filter(name => name !== cacheName)
    .map(name => caches.delete(name)))).then(() => self.clients.claim()));
});

/** The page comes from the server as long as it answers; its assets never change under their names. */
self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) return;
  if (event.request.mode === 'navigate' && (url.pathname === '/' || url.pathname.startsWith('/rooms/'))) {
    event.respondWith(fetch(event.request).then(orShell, () => shell()));
  } else if (assets.includes(url.pathname) || url.pathname === '/icon.svg') {
    event.respondWith(caches.match(event.request).then(kept => kept ?? fetch(event.request)));
  }
});

async function orShell(response: Response): Promise<Response> {
  return response.status >= 500 ? await shell() : response;
}

async function shell(): Promise<Response> {
  return await caches.match(SHELL) ?? Response.error();
}

/** Past the browser's own cache, which may still hold what this version replaces. */
function shellRequests(): Request[] {
  return [SHELL, '/icon.svg', '/manifest.webmanifest', ...assets].map(path => new Request(path, { cache: 'reload' }));
}

export {};
