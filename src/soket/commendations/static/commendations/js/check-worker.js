/* Keeps the checking page, its scripts and its styles, so that a phone that opened it once can check with the network cut.
   It holds for /bk/ alone. The keys and the status list are kept by the page, which checks them first. PAGE and SHELL are written before
   this line by the server. */
const NAME = `bk-${[...SHELL.join()].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 7)}`;
const PATIENCE_MS = 4000;

self.addEventListener("install", (event) => {
  const shell = [...new Set(SHELL)].map((url) => new Request(url));
  // Asked for without cookies: what is kept is the page of nobody in particular.
  const page = new Request(PAGE, { credentials: "omit" });
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll([page, ...shell])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => /^bk-(?!data$)/.test(name) && name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
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
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(request));
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
