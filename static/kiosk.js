// A kiosk: asks whether someone is still there, clears everything, keeps people inside, sizes and contrast.
"use strict";

const page = document.documentElement;
const { round, begin, idle, countdown, worker } = page.dataset;

// If the server goes away, the worker says so. Every end takes it out with all else; every beginning puts it back.
navigator.serviceWorker?.register(worker, { scope: new URL("../../", new URL(worker, location)).pathname }).catch(() => {});

// A page of an earlier person's round, reached by Back, is never shown; the beginning holds nothing, and begins a round itself.
const past = !page.dataset.beginning && history.state?.round && history.state.round !== round;
if (past) location.replace(begin);
else history.replaceState({ round }, "");
addEventListener("pageshow", (event) => { if (event.persisted) location.replace(begin); });
addEventListener("pagehide", () => { page.classList.remove("ready"); });

// --- still there? -------------------------------------------------------------------------------
const dialog = document.querySelector("#still-there");
const left = document.querySelector("#seconds-left");
const told = document.querySelector("#seconds-told");     // heard every ten seconds, seen every second
let timer = 0;

function wait() {
  clearTimeout(timer);
  if (page.dataset.beginning) return;
  timer = setTimeout(() => ask(Number(countdown)), idle * 1000);
}

function ask(seconds) {
  if (!dialog.open) dialog.showModal();
  left.textContent = seconds;
  if (seconds % 10 === 0 && seconds > 0) told.textContent = told.dataset.left.replace("#", seconds);
  timer = seconds > 0 ? setTimeout(() => ask(seconds - 1), 1000) : clear();
}

function clear() {
  for (const store of [localStorage, sessionStorage]) store.clear();
  for (const form of document.forms) form.reset();
  document.querySelector("#end-round").submit();
}

dialog.addEventListener("close", wait);
for (const touch of ["pointerdown", "keydown", "scroll", "input"]) {
  addEventListener(touch, () => { if (!dialog.open) wait(); }, { passive: true, capture: true });
}
wait();

// --- inside, and nothing else ---------------------------------------------------------------------
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());

// --- size and contrast, for this round ------------------------------------------------------------
const sizes = ["", "larger", "largest"];
function dress() {
  page.dataset.size = sessionStorage.getItem("size") || "";
  page.dataset.contrast = sessionStorage.getItem("contrast") || "";
  document.querySelector("#contrast").setAttribute("aria-pressed", String(page.dataset.contrast === "strong"));
}
document.querySelector("#size").addEventListener("click", () => {
  sessionStorage.setItem("size", sizes[(sizes.indexOf(page.dataset.size) + 1) % sizes.length]);
  dress();
});
document.querySelector("#contrast").addEventListener("click", () => {
  sessionStorage.setItem("contrast", page.dataset.contrast ? "" : "strong");
  dress();
});
if (page.dataset.beginning) sessionStorage.clear();
dress();

// --- read aloud ------------------------------------------------------------------------------------
const aloud = document.querySelector("#aloud");
const voice = () => globalThis.speechSynthesis?.getVoices().find((v) => v.lang.slice(0, 2) === page.lang.slice(0, 2));
function offer() { aloud.hidden = !voice(); }
globalThis.speechSynthesis?.addEventListener("voiceschanged", offer);
offer();
aloud.addEventListener("click", () => {
  const speaking = speechSynthesis.speaking;
  speechSynthesis.cancel();
  if (speaking) return;
  const copy = document.querySelector("main").cloneNode(true);
  for (const part of copy.querySelectorAll("rt, rp, details:not([open]), [aria-hidden], .no-voice")) part.remove();
  const said = new SpeechSynthesisUtterance(copy.textContent.replace(/\s+/g, " "));
  said.voice = voice();
  said.lang = page.lang;
  speechSynthesis.speak(said);
});
addEventListener("pagehide", () => globalThis.speechSynthesis?.cancel());

if (!past) page.classList.add("ready");
