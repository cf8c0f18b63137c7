// On a kiosk: when no page comes, one kind page that holds nothing of anyone stands in its place, and comes back by itself.
"use strict";

const NAME = `kiosk-${SHELL.version}`;
const PATIENCE = 20_000;      // milliseconds for a page to come
const AWAY = [502, 503, 504];     // said by what stands before the server, in its place

async function fill() {
  const cache = await caches.open(NAME);
  await cache.addAll([...SHELL.files, ...SHELL.pages].map((path) => new Request(path, { cache: "reload" })));
  await skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
  await clients.claim();
}

async function visit(request) {
  try {
    const page = await Promise.race([fetch(request), new Promise((resolve, reject) => { setTimeout(reject, PATIENCE); })]);
    if (!AWAY.includes(page.status)) return page;
  } catch { /* the server is away */ }
  return await caches.match(SHELL.pages[0]) ?? Response.error();
}

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { pathname, search } = new URL(event.request.url);
  if (event.request.mode === "navigate") event.respondWith(visit(event.request));
  else if (SHELL.files.includes(pathname + search)) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  }
});
