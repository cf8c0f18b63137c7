// わたしのリスト: the page holds every program; only those kept on this device, or named behind the # of a link, are shown.
// Nothing of which ones is sent anywhere: a link carries them behind the #, and dates are taken out of the file for all.
"use strict";

const list = document.querySelector("#mylist");
const cards = new Map([...list.querySelectorAll("[data-program]")].map((card) => [card.dataset.program, card]));
const part = (id) => list.querySelector(`#${id}`);
const dates = part("dates");

function show() {
  const { ids } = myList;
  const shown = ids.map((id) => cards.get(id)).filter(Boolean);
  for (const card of cards.values()) card.hidden = !shown.includes(card);
  list.querySelector(".cards").prepend(...shown);
  for (const tasks of list.querySelectorAll(".tasks")) tasks.hidden = !shown.length;
  part("empty").hidden = ids.length > 0;
  part("missing").hidden = shown.length === ids.length;
  dates.hidden = !shown.some((card) => "closes" in card.dataset);
  for (const [i, card] of shown.entries()) {
    card.querySelector("[data-move='-1']").disabled = i === 0;
    card.querySelector("[data-move='1']").disabled = i === shown.length - 1;
  }
  gather(shown);
  if (part("code")) draw(shown);
}

// 窓口で見せる: the list as the number that the counter reads (0014), drawn here. Without a line, too; nobody is asked.
function draw(shown) {
  const { city, language, most } = part("code").dataset;
  const told = shown.slice(0, most);
  const places = (number, width) => String(number).padStart(width, "0");
  const day = Math.floor((Date.now() + 9 * 3_600_000) / 86_400_000) - 10_957;      // since 2000-01-01, in Japan
  const whole = ["9", city, places(day, 5), language, places(told.length, 2),
    ...told.map((card) => places(codes.crc32(card.dataset.program) % 1e7, 7)), "0"].join("");
  part("code").querySelector(".code").replaceChildren(codes.picture(whole + places(codes.crc32(whole) % 1e5, 5)));
  part("too-many").hidden = told.length === shown.length;
  if (!told.length) unfold(false);
}

function unfold(open) {
  part("code").hidden = !open;
  part("counter").setAttribute("aria-expanded", open);
  if (open) part("code").querySelector("h2").focus();
}

// One list of what to bring: each thing once, with the programs that ask for it.
function gather(shown) {
  const things = new Map();
  for (const card of shown) {
    for (const thing of card.querySelectorAll("[data-bring]")) {
      const [words, dated] = [".thing", ".dated"].map((part) => thing.querySelector(part));
      if (!things.has(words.textContent)) things.set(words.textContent, { words, dated, titles: [] });
      things.get(words.textContent).titles.push(card.querySelector("h2 a"));
    }
  }
  part("bring").querySelector("ul").replaceChildren(...[...things.values()].map(({ words, dated, titles }) => {
    const line = document.createElement("li");
    const names = document.createElement("ul");
    names.className = "soft";
    names.append(...titles.map((title) => {
      const name = document.createElement("li");
      name.append(...title.cloneNode(true).childNodes);
      name.lang = title.closest("[lang]").lang;
      return name;
    }));
    line.append(words.cloneNode(true), ...(dated ? [" ", dated.cloneNode(true)] : []), names);
    return line;
  }));
  part("bring").hidden = things.size === 0;
  part("bring-not-known").hidden = shown.every((card) => card.querySelector("[data-bring]"));
}

function open() {
  const named = (new URLSearchParams(location.hash.slice(1)).get("p") || "").split(",").filter(Boolean);
  if (!named.length) return;
  // What was in the link is kept now; it need not stay in the browser's history.
  if (myList.write([...myList.ids, ...named])) history.replaceState(null, "", location.pathname + location.search);
}

const address = () => `${location.origin}${location.pathname}#p=${myList.ids.join(",")}`;

async function copy() {
  try {
    await navigator.clipboard.writeText(address());
    myList.say(list.dataset.copied);
  } catch {
    part("link").hidden = false;
    part("address").value = address();
    part("address").select();
  }
}

async function share() {
  try {
    await navigator.share({ title: list.dataset.title, url: address() });
  } catch (error) {
    if (error.name !== "AbortError") copy();
  }
}

async function keepDates() {
  let text;
  try {
    text = await (await fetch(dates.dataset.file)).text();
  } catch {
    myList.say(dates.dataset.lost);
    return;
  }
  const [head, ...events] = text.split(/(?=BEGIN:VEVENT)/);
  const tail = "END:VCALENDAR\r\n";
  const ours = events.map((event) => event.replace(tail, ""))
    .filter((event) => myList.ids.some((id) => event.replace(/\r\n[ \t]/g, "").includes(`-${id}-closes-`)));
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob([head, ...ours, tail], { type: "text/calendar" }));
  file.download = "yotei.ics";
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
}

function move(button, card, by) {
  const ids = myList.ids.filter((id) => cards.has(id));
  const from = ids.indexOf(card.dataset.program);
  ids.splice(from + by, 0, ...ids.splice(from, 1));
  myList.write(ids);
  (button.disabled ? card.querySelector("[data-move]:enabled") : button).focus();
  myList.say(list.dataset.moved, from + by + 1);
}

function remove(card) {
  const next = [card.nextElementSibling, card.previousElementSibling].find((one) => one && !one.hidden);
  myList.write(myList.ids.filter((id) => id !== card.dataset.program));
  (next?.querySelector("[data-remove]") ?? document.querySelector("h1")).focus();
  myList.say(myList.words.out);
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const card = button?.closest("[data-program]");
  if (!button) return;
  if (button.dataset.move) move(button, card, Number(button.dataset.move));
  else if ("remove" in button.dataset) remove(card);
  else if (button.id === "clear") { myList.write([]); document.querySelector("h1").focus(); }
  else ({ print: () => print(), share, copy, dates: keepDates, counter: () => unfold(part("code").hidden) })[button.id]();
});

for (const [id, card] of cards) {
  for (const button of card.querySelectorAll("button")) button.setAttribute("aria-describedby", `title-${id}`);
  card.querySelector("h2 a").id = `title-${id}`;
}
const line = () => { part("no-line").hidden = navigator.onLine; };
for (const change of ["online", "offline"]) addEventListener(change, line);
part(navigator.share ? "copy" : "share").remove();
addEventListener("hashchange", open);
addEventListener("list", show);
open();
show();
line();
list.dataset.ready = "";
