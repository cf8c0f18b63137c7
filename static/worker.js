// Keeps わたしのリスト readable without a line: the list's page, which is the same for everyone, and one that says there is no line.
// Which programs are on the list it does not know. No page with answers is ever kept: only what is asked for below is, and never "no-store".
"use strict";

const NAME = `list-${SHELL.version}`;
const HOUR = 3_600_000;
const PATIENCE = 4000;      // milliseconds that a line may be silent while the list is at hand
const KEPT = /^(?:\/[\w-]+)*\/(?:mylist|offline)$/;
const LOOK = /\/(?:look|logo)-[0-9a-f]{12}\.\w{3}$/;      // a city's colour and logo: another name when they change
const NOT_OURS = /^(?:\/[\w-]+)*?\/(?:kiosk|admin|api|counter|calendar)(?:\/|$)/;

async function keep(cache, path) {
  const page = await fetch(path, { cache: "no-cache" });
  if (!page.ok || page.redirected || /no-store/.test(page.headers.get("Cache-Control"))) return;
  await cache.put(path, page);
}

async function fill() {
  const cache = await caches.open(NAME);
  await cache.addAll(SHELL.files);
  for (const name of await caches.keys()) {
    if (name === NAME || !name.startsWith("list-")) continue;
    const before = await (await caches.open(name)).keys();
    const paths = before.map((request) => new URL(request.url).pathname).filter((path) => KEPT.test(path) || LOOK.test(path));
    await Promise.all(paths.map((path) => keep(cache, path)));
  }
  await skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
  await registration.navigationPreload?.enable();
  await clients.claim();
}

// A page of ours says which pages to keep; in the language that is read now, and an hour old at most.
async function asked({ pages, look, language }) {
  if (!await caches.has(NAME)) return;      // a newer worker has taken over, and the pages with it
  const cache = await caches.open(NAME);
  for (const path of look.filter((one) => LOOK.test(one))) if (!await cache.match(path)) await keep(cache, path);
  await Promise.all(pages.filter((path) => KEPT.test(path)).map(async (path) => {
    const had = (await cache.match(path))?.headers;
    if (had?.get("Page-Language") !== language || Date.now() - Date.parse(had.get("Date")) > HOUR) await keep(cache, path);
  }));
}

// The page for no line of the city whose page it was, or of another.
async function noLine(path) {
  const held = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  const pages = held.flat().filter((request) => request.url.endsWith("/offline"));
  const near = pages.find((request) => path.startsWith(new URL(request.url).pathname.replace(/offline$/, "")));
  return await caches.match(near ?? pages[0] ?? "") ?? Response.error();
}

async function visit(event, path) {
  const kept = await caches.match(path);
  const line = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  const silence = new Promise((resolve, reject) => { setTimeout(reject, PATIENCE); });
  event.waitUntil(line.catch(() => {}));
  try {
    return await (kept ? Promise.race([line, silence]) : line);
  } catch {
    return kept ?? noLine(path);
  }
}

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", (event) => event.waitUntil(asked(event.data)));
addEventListener("fetch", (event) => {
  const { pathname, search } = new URL(event.request.url);
  if (event.request.method !== "GET" || NOT_OURS.test(pathname)) return;
  if (event.request.mode === "navigate") event.respondWith(visit(event, pathname));
  else if (SHELL.files.includes(pathname + search) || LOOK.test(pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  }
});
