// The counter by keyboard, without reloads: the one form is sent, and the parts of the page that comes back are put in.
"use strict";

const form = document.querySelector("#desk");
const help = document.querySelector("#keys");
const heard = document.querySelector("#heard");
const byKey = document.body.dataset.keys === "on";
const CODE = /\d{20}/;                   // a code from a visitor's phone: read, it leaves the field
const BURST = 50;                       // ms between two digits: faster than that it is a scanner that types
const WAIT = 120;                       // ms after the last character typed
document.body.classList.add("scripted");
if (byKey) document.body.classList.add("keyed");
for (const hidden of document.querySelectorAll("[data-opens], [data-print]")) hidden.hidden = false;
addEventListener("pageshow", (event) => event.persisted && location.reload());

// --- sending: one request after the other; of several waiting presses that only open a program, the last -------------

const waiting = [];
const later = [];                       // what has to see the answer first: the next question, the next page
let busy = false;
let typing = 0;                         // the timer that waits for the next character
let away = false;                       // the session ended: sign in, and come back to what was typed
let answered = false;                   // by key, in a question that has the focus, or by a code: then on to the next one

function send(action) {
  clearTimeout(typing);
  typing = 0;
  form.setAttribute("aria-busy", "true");
  const last = waiting.at(-1);
  if (last && (last === "take" || (last.startsWith("open:") && action.startsWith("open:")))) waiting.pop();
  waiting.push(action);
  if (!busy) work();
}

async function work() {
  busy = true;
  while (waiting.length) {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", waiting.shift());
    try {
      const response = await fetch(form.action, { method: "POST", body });
      if (!response.ok) throw new Error(response.status);
      show(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      waiting.length = 0;
      heard.classList.remove("hidden-words");
      heard.textContent = heard.dataset.lost;
    }
  }
  busy = false;
  if (away) return location.reload();
  if (!typing) form.removeAttribute("aria-busy");
  later.shift()?.();
  if (!busy && later.length) whenSettled(later.shift());
}

function whenSettled(act) {
  if (typing) send("take");
  if (busy) later.push(act);
  else act();
}

function show(page) {
  away ||= !page.querySelector("#desk");
  if (away) return;
  const at = document.activeElement?.id;
  const opened = current()?.id;
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    for (const unfolded of part.querySelectorAll("details[open][id]")) fresh.querySelector(`#${unfolded.id}`)?.setAttribute("open", "");
    if (fresh.innerHTML !== part.innerHTML) part.replaceChildren(...document.adoptNode(fresh).childNodes);
  }
  for (const field of form.querySelectorAll("input[name]")) {
    const fresh = page.getElementById(field.id);
    if ((field !== document.activeElement || CODE.test(field.value.normalize("NFKC"))) && !waiting.length && !typing) field.value = fresh.value;
  }
  if (answered) (document.querySelector("[data-next]") || document.querySelector("#list-title")).focus();
  else if (at && document.activeElement.id !== at) (document.getElementById(at) || document.querySelector("#list-title")).focus();
  answered = false;
  if (current()?.id !== opened) {
    document.querySelector("#program").scrollTop = 0;
    current()?.closest("li").scrollIntoView({ block: "nearest" });
  }
  const next = document.querySelector(".is-next legend, p.is-next");
  heard.classList.add("hidden-words");
  const said = document.querySelector("[data-said]");
  heard.textContent = `${said ? said.innerText : ""}${document.querySelector("#counts").innerText}。${next ? next.innerText : ""}`;
}

// A program may stand in two rows (what changes, and what comes): the keys go on from the one they came to.
let stepped = "";
const current = () => {
  const rows = [...document.querySelectorAll("[data-row][aria-current]")];
  return rows.find((row) => row.id === stepped) || rows[0];
};

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.hasAttribute("data-plain") && !busy && !typing) return;
  event.preventDefault();
  if (button?.hasAttribute("data-plain")) {       // nothing that is still under way may come after the desk was cleared
    waiting.length = later.length = 0;
    return whenSettled(() => form.requestSubmit(button));
  }
  const field = document.activeElement;
  if (field.matches("[data-live]") && (!button || button.value === "take")) leave(field);
  send(button?.value || "take");
});

function typed(event) {
  if (!event.target.matches("[data-live], #as_of") || event.isComposing) return;
  clearTimeout(typing);
  form.setAttribute("aria-busy", "true");
  typing = setTimeout(send, CODE.test(event.target.value.normalize("NFKC")) ? 5 * WAIT : WAIT, "take");
}
form?.addEventListener("input", typed);
form?.addEventListener("compositionend", typed);

document.querySelector("#desk")?.addEventListener("click", (event) => {
  const link = event.target.closest("a#to-paper");
  if (!link || (!busy && !typing)) return;
  event.preventDefault();
  whenSettled(() => location.assign(link.href));
});

// Enter in a field means that it is done: on to what is to be asked next, or to the first program found.
function leave(field) {
  if (field.id === "brought") answered = true;
  if (field.id === "sought") return document.querySelector("[data-row]")?.focus();
  (document.querySelector("[data-next]") || document.querySelector("#list-title")).focus();
}

// --- keys ------------------------------------------------------------------------------------------------------------

const picking = () => document.body.classList.contains("picking");
const pick = (on) => document.body.classList.toggle("picking", on);
const question = () => document.activeElement.closest("[data-question]") || document.querySelector("[data-next]");

function step(down) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  const here = rows.indexOf(current());
  const next = rows[here < 0 ? 0 : Math.min(Math.max(here + down, 0), rows.length - 1)];
  if (!next || next === current()) return;
  current()?.removeAttribute("aria-current");
  next.setAttribute("aria-current", "true");
  stepped = next.id;
  if (document.activeElement.matches("[data-row]")) next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
  send(next.value);
}

function nextQuestion() {
  const stops = [...document.querySelectorAll("[data-question]")];
  const here = stops.indexOf(document.activeElement.closest("[data-question]"));
  (here < 0 ? question() || stops[0] : stops[(here + 1) % stops.length])?.focus();
}

const does = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  PageDown: () => document.querySelector("#program").scrollBy(0, 400),
  PageUp: () => document.querySelector("#program").scrollBy(0, -400),
  q: () => whenSettled(nextQuestion),
  x: () => whenSettled(choose),
  k: () => { pick(true); document.querySelector("[data-needs]").focus(); },
  "/": () => document.querySelector("#sought").focus(),
};

function answer(key) {
  const asked = question();
  const button = asked?.querySelector(`[data-answer="${key}"], [data-choice="${key}"]`);
  answered = Boolean(button && asked.contains(document.activeElement));
  button?.click();
}

function choose() {
  const row = current();
  if (row) send(row.value.replace("open:", "choose:"));
  else document.querySelector("#choose-opened")?.click();
}

function act(key) {
  if (picking()) {
    const need = document.querySelector(`[data-need="${CSS.escape(key)}"]`);
    pick(Boolean(need) || key === "k");
    need?.click();
    if (need || key === "Escape") return true;
  }
  if (form && /^[ynu1-9]$/.test(key)) {
    whenSettled(() => answer(key));
    return true;
  }
  if (form && does[key]) {
    does[key]();
    return true;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (target?.matches("input")) {
    target.focus();
    target.select?.();
  } else target?.click();
  return Boolean(target);
}

// A scanner types a code from a visitor's phone wherever the cursor is: digits in a burst are its, a single one answers.
let burst = "";
let began = 0;
let last = 0;

function alone(key) {
  act(key);
  if (!busy && !typing) form.removeAttribute("aria-busy");
}

function digit(event) {
  if (event.repeat) return;
  clearTimeout(began);
  burst = event.timeStamp - last < BURST ? burst + event.key : event.key;
  last = event.timeStamp;
  event.preventDefault();
  if (burst.length === 1) {
    if (byKey) began = setTimeout(alone, BURST + 10, event.key);
    form.setAttribute("aria-busy", "true");
    return;
  }
  const field = document.querySelector("#brought");
  field.value = burst;
  field.focus();
  burst = "";
}

addEventListener("keydown", (event) => {
  const field = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || help?.open) return;
  if (field) {
    if (event.key === "Escape" && !(field.type === "search" && field.value)) field.blur();
    return;
  }
  if (form && /^\d$/.test(event.key)) return digit(event);
  if (!byKey) return;
  if (act(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
});

document.querySelector("[data-opens]")?.addEventListener("click", () => help.showModal());
document.querySelector("[data-print]")?.addEventListener("click", () => print());

// A receipt is as long as what stands on it.
if (document.body.classList.contains("receipt")) {
  const paper = new CSSStyleSheet();
  const millimetres = Math.ceil(document.querySelector("main").scrollHeight / 96 * 25.4) + 12;
  paper.replaceSync(`@page { size: 80mm ${Math.max(millimetres, 80)}mm; margin: 4mm }`);
  document.adoptedStyleSheets.push(paper);
}
