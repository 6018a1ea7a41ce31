/* Keeps the desk's page while the site is cut off. Pages come from the network first; without an answer in time, from what was kept.
   The kept page holds no list: the list lies encrypted in the page's own store. SHELL is written before this line by the server. */
const NAME = `ban-${[...SHELL.join()].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 7)}`;
const PAGE = "/ban/?vo=1";
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll([PAGE, ...new Set(SHELL)])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name.startsWith("ban-") && name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "wipe") event.waitUntil(caches.delete(NAME).then(() => self.registration.unregister()));
  if (Array.isArray(event.data)) event.waitUntil(keep(event.data));
});

async function keep(urls) {
  const kept = await caches.open(NAME);
  for (const url of urls) if (!(await kept.match(url))) await kept.add(url).catch(() => {});
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === "/ban/") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    return (await caches.match(PAGE, { cacheName: NAME })) || Response.error();
  }
}

async function file(request) {
  const found = await caches.match(request, { cacheName: NAME });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(NAME)).put(request, answer.clone());
  return answer;
}
