// The talk without a reload: the same page is asked for, and only what is new is put in.
"use strict";

const heard = document.querySelector("#heard");
const box = document.querySelector("#said");
const wide = matchMedia("(pointer: fine)");

function show(page) {
  for (const id of ["#talk-page", "title"]) {
    document.querySelector(id).replaceChildren(...page.querySelector(id).childNodes);
  }
  const danger = document.querySelector("#danger-title");
  const first = danger || document.querySelector("#reply") || document.querySelector("#needs-title");
  first.focus({ preventScroll: true });
  (danger ? danger.closest("section") : document.querySelector("#now")).scrollIntoView();
  heard.textContent = withoutReadings(first);
}

// What is heard is the text alone: readings over kanji repeat it.
function withoutReadings(part) {
  const copy = part.cloneNode(true);
  for (const reading of copy.querySelectorAll("rt, rp")) reading.remove();
  return copy.textContent;
}

async function turn(form, button) {
  const said = new FormData(form, button);
  form.setAttribute("aria-busy", "true");
  heard.textContent = heard.dataset.busy;
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(said) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!page.querySelector("#talk-page")) {
      location.assign(response.url);
      return;
    }
    if (form.contains(box)) box.value = "";
    show(page);
  } catch {
    heard.classList.remove("hidden-words");
    heard.textContent = heard.dataset.lost;
    return;
  } finally {
    form.removeAttribute("aria-busy");
  }
  heard.classList.add("hidden-words");
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-turn]")) return;
  event.preventDefault();
  if (event.target.getAttribute("aria-busy") !== "true") turn(event.target, event.submitter);
});

// Enter sends where there is a keyboard; never while characters are still being converted.
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || !wide.matches) return;
  event.preventDefault();
  box.form.requestSubmit();
});
