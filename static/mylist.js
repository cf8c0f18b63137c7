// わたしのリスト: the programs named behind the # of a link, kept on this device; nothing of it is sent anywhere.
"use strict";

const list = document.querySelector("#mylist");
const keptAs = `list:${list.dataset.city}`;
const cards = [...list.querySelectorAll("[data-program]")];
const MOST = 100;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(keptAs));
    return Array.isArray(kept) ? kept : [];
  } catch { return []; }
}

function keep(ids) {
  try { localStorage.setItem(keptAs, JSON.stringify(ids)); } catch { /* a private window: the list lives as long as the page */ }
}

function named() {
  const ids = new URLSearchParams(location.hash.slice(1)).get("p") || "";
  return ids.split(",").filter((id) => /^[a-z0-9-]{1,80}$/.test(id));
}

let ids = [];

function show() {
  const known = new Map(cards.map((card) => [card.dataset.program, card]));
  for (const card of cards) card.hidden = !ids.includes(card.dataset.program);
  for (const id of ids) if (known.has(id)) list.querySelector(".cards").append(known.get(id));
  list.querySelector("#empty").hidden = ids.length > 0;
  list.querySelector("#missing").hidden = ids.every((id) => known.has(id));
  const things = new Map();
  for (const card of cards.filter((one) => !one.hidden)) {
    for (const thing of card.querySelectorAll("[data-bring] span")) things.set(thing.textContent, thing);
  }
  list.querySelector("#bring ul").replaceChildren(...[...things.values()].map((thing) => {
    const line = document.createElement("li");
    line.append(thing.cloneNode(true));
    return line;
  }));
  list.querySelector("#bring").hidden = things.size === 0;
}

function change(to) {
  ids = [...new Set(to)].slice(0, MOST);
  keep(ids);
  show();
}

function open() {
  change([...read(), ...named()]);
  // What was in the link is kept now; it need not stay in the browser's history.
  if (location.hash.startsWith("#p=")) history.replaceState(null, "", location.pathname + location.search);
}

list.hidden = false;
list.addEventListener("click", (event) => {
  const remove = event.target.closest("[data-remove]");
  if (remove) {
    change(ids.filter((id) => id !== remove.closest("[data-program]").dataset.program));
    document.querySelector("h1").focus();
  }
  if (event.target.id === "clear") change([]);
  if (event.target.id === "print") print();
});
addEventListener("hashchange", open);
open();
