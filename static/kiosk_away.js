// The server is away: nothing of the last person stays, and when it is there again, someone begins afresh.
"use strict";

const { health, begin, every } = document.documentElement.dataset;

for (const store of [localStorage, sessionStorage]) store.clear();
addEventListener("contextmenu", (event) => event.preventDefault());

async function look() {
  try {
    if ((await fetch(health, { cache: "no-store" })).ok) { location.replace(begin); return; }
  } catch { /* not yet */ }
  setTimeout(look, every * 1000);
}
setTimeout(look, every * 1000);
