"use strict";
// The editing pages: what a program would be is shown anew while it is typed; a file that is too large is told before it is sent.
(() => {
  const form = document.querySelector("form[data-preview]");
  const region = document.querySelector("#preview");
  if (form && region) {
    const says = document.querySelector("#preview-says");
    const told = () => String(new URLSearchParams(new FormData(form)));
    let shown = told(), asked = 0, timer = 0, leaving = false;
    const opened = "unsaved" in form.dataset ? "" : shown;
    const look = async () => {
      const body = told();
      if (body === shown) return;
      const turn = ++asked;
      region.parentElement.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(body), redirect: "error" });
        if (turn !== asked) return;
        if (answer.status === 401) {
          says.textContent = form.dataset.ended;
          return;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (turn !== asked) return;
        region.replaceChildren(...page.querySelector("#preview").childNodes);
        const words = page.querySelector("#preview-says").textContent;
        if (says.textContent !== words) says.textContent = words;
        shown = body;
      } catch {
        if (turn === asked) says.textContent = form.dataset.trouble;
      } finally {
        if (turn === asked) region.parentElement.removeAttribute("aria-busy");
      }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 400); });
    form.addEventListener("submit", () => { leaving = true; });
    addEventListener("beforeunload", event => { if (!leaving && told() !== opened) event.preventDefault(); });
  }
  const sending = document.querySelector("form[data-most]");
  if (sending) {
    const file = sending.querySelector("input[type=file]");
    file.addEventListener("change", () => {
      const large = file.files[0] && file.files[0].size > Number(sending.dataset.most) * 1024 * 1024;
      file.setCustomValidity(large ? sending.dataset.tooLarge : "");
      file.reportValidity();
    });
    const waiting = sending.querySelector("#waiting");
    if (waiting) sending.addEventListener("submit", () => { waiting.textContent = sending.dataset.wait; });
  }
})();
