// The list on every page: a button on each program, how many are kept, and the worker that keeps them readable.
// What is kept on the device are ids of programs, in the order of the list; never an answer.
"use strict";

const myList = (() => {
  const link = document.querySelector("#kept");
  const said = document.querySelector("#kept-said");
  const words = said.dataset;
  const { city, worker, offline } = link.dataset;
  const language = link.dataset.language + ("furigana" in document.documentElement.dataset ? "-furigana" : "");      // as the server names it
  const name = `list:${city}`;
  const MOST = 100;
  let ids = [];

  const known = (id) => typeof id === "string" && /^[a-z0-9-]{1,80}$/.test(id);

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(name));
      ids = Array.isArray(kept) ? kept.filter(known) : [];
    } catch { /* a private window: the list lives as long as the page */ }
    return ids;
  }

  // Returns whether the device really keeps them.
  function write(to) {
    ids = [...new Set(to.filter(known))].slice(0, MOST);
    try {
      if (ids.length) localStorage.setItem(name, JSON.stringify(ids));
      else localStorage.removeItem(name);
    } catch { return false; } finally { show(); }
    if (ids.length) settle();
    else if (!lists().length) dismiss();
    return true;
  }

  function say(words, n = ids.length) { said.textContent = words.replace("#", n); }

  // --- the worker: only for who keeps something, or has put us on the home screen -------------------
  function lists() { return Object.keys(localStorage).filter((key) => key.startsWith("list:")); }

  async function settle() {
    const look = [...document.querySelectorAll("link[rel=stylesheet], .logo")].map((one) => new URL(one.href ?? one.src).pathname);
    try {
      await navigator.serviceWorker.register(worker);
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage({ pages: [link.pathname, offline], look, language });
    } catch { /* an old browser, a private window, no line: the list is here all the same */ }
  }

  async function dismiss() {
    try {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
      for (const cache of await caches.keys()) await caches.delete(cache);
    } catch { /* an old browser, or the page is left: what the server answers clears them too */ }
  }

  // The end of a visit and the quick exit: the lists of every city, before the page is left.
  function forget() {
    try { for (const key of lists()) localStorage.removeItem(key); } catch { /* nothing was kept */ }
    dismiss();
  }

  // --- on the page ------------------------------------------------------------------------------------
  // What a name says, without the readings over it.
  function heard(title) {
    const copy = title.cloneNode(true);
    for (const reading of copy.querySelectorAll("rt, rp")) reading.remove();
    return copy.textContent;
  }

  // What is folded gets its buttons when it is unfolded: a long list is there at once.
  function dress() {
    for (const part of document.querySelectorAll("[data-keep]:not([data-dressed])")) {
      if (part.closest("details:not([open])")) continue;
      part.dataset.dressed = "";
      const button = document.querySelector("#keep").content.firstElementChild.cloneNode(true);
      const title = part.querySelector("h2, h3, h4, a") ?? document.querySelector("h1");
      button.lastElementChild.textContent = ` ${heard(title)}`;
      button.lastElementChild.lang = (title.querySelector("[lang]") ?? title.closest("[lang]")).lang;
      button.value = part.dataset.keep;
      (part.querySelector(".where") ?? part).append(button);
    }
    for (const button of document.querySelectorAll(".keep")) button.setAttribute("aria-pressed", String(ids.includes(button.value)));
  }

  function show() {
    link.hidden = !ids.length;
    link.querySelector("b").textContent = ids.length;
    dress();
    dispatchEvent(new Event("list"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".keep");
    if (!button) return;
    const out = ids.includes(button.value);
    write(out ? ids.filter((id) => id !== button.value) : [...ids, button.value]);
    say(out ? words.out : words.in);
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-ends]")) forget(); });
  document.addEventListener("toggle", dress, true);
  const again = () => { read(); show(); };
  addEventListener("storage", again);
  addEventListener("pageshow", (event) => { if (event.persisted) again(); });
  new MutationObserver(dress).observe(document.querySelector("main"), { childList: true, subtree: true });

  again();
  if (ids.length || matchMedia("(display-mode: standalone)").matches) settle();
  return { get ids() { return ids; }, write, say, words };
})();
