/**
 * The worker that keeps an event's pages for when there is no network.
 *
 * The build writes it to /events/<slug>/sw.js, after one line that says what to keep:
 *
 *     const OFFLINE = {"scope": "/events/demo/", "theme": "/theme/3f2a91c0/", "version": "…",
 *       "keep": ["/events/demo/", "/events/demo/schedule/", "/events/demo/programme.json", …]};
 *
 * `scope` and `theme` are addresses with the base path, `keep` is fetched at once, `version`
 * changes with the content. `const OFFLINE = null;` takes the worker and its caches away.
 *
 * Pages and data come from the network, and from the cache when there is none or it is slow; the
 * theme's files, which never change, come from the cache first. A page from the cache says so.
 */
/* global OFFLINE */
const PATIENCE = 4000;
const KEPT = "x-kept";
const scope = new URL(self.registration.scope).pathname;
const prefix = `offline ${scope} `;
const cacheName = prefix + OFFLINE?.version;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  if (OFFLINE) event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(OFFLINE ? clean().then(() => self.clients.claim()) : goAway());
});

if (OFFLINE) {
  self.addEventListener("fetch", (event) => {
    const { origin, pathname } = new URL(event.request.url);
    if (event.request.method !== "GET" || origin !== location.origin) return;
    if (pathname.startsWith(OFFLINE.theme)) event.respondWith(fromCacheFirst(event.request));
    else if (pathname.startsWith(scope)) event.respondWith(fromNetworkFirst(event));
  });
}

/** All or nothing: when something cannot be had, the worker before this one goes on. */
async function fill() {
  const cache = await caches.open(cacheName);
  await Promise.all(OFFLINE.keep.map(async (address) => {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await keep(cache, address, answer);
  }));
}

async function clean() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function goAway() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

/** Keeps an answer with the moment at which it came. */
async function keep(cache, address, answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT, new Date().toISOString());
  // What is kept is no longer packed, and is the same for whoever asks.
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  await cache.put(keyOf(address), new Response(await answer.blob(), { headers }));
}

/** An address without what only script reads: filters, rehearsals and chosen sessions. */
const keyOf = (address) => new URL(address, location.origin).pathname;

async function fromCacheFirst(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(keyOf(request.url));
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await keep(cache, request.url, answer.clone());
  return answer;
}

/** The network's answer, unless it is none, a failure of the server, or late. */
async function fromNetworkFirst(event) {
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => renew(event.request, answer.clone()), () => {}));
  const kept = await (await caches.open(cacheName)).match(keyOf(event.request.url));
  if (!kept) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  return answer && answer.status < 500 ? answer : dated(event.request, kept);
}

async function renew(request, answer) {
  if (answer.ok && !answer.redirected) await keep(await caches.open(cacheName), request.url, answer);
}

/** A kept page with a line on top that says of when it is; other files as they are. */
async function dated(request, kept) {
  if (request.mode !== "navigate") return kept;
  const text = await kept.text();
  const line = `<p class="as-of" role="status">No network: this page is as of <time datetime="${kept.headers.get(KEPT)}">`
    + `${inWords(new Date(kept.headers.get(KEPT)))}</time>.</p>`;
  const page = text.replace(/<main\b[^>]*>/, (main) => main + line);
  return new Response(page, { headers: kept.headers });
}

/** `09:12`, on another day `24/10/2026, 09:12`. */
function inWords(moment) {
  const time = moment.toLocaleTimeString("en-GB", { timeStyle: "short" });
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday ? time : `${moment.toLocaleDateString("en-GB", { dateStyle: "long" })}, ${time}`;
}
