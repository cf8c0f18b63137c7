"use strict";
// That a program's number was pressed is counted as a plain number: no cookie goes along, nothing but the program's name.
(() => {
  const to = document.querySelector("main").dataset.called;
  if (!to) return;
  document.addEventListener("click", event => {
    const link = event.target.closest && event.target.closest("a[href^='tel:']");
    if (!link) return;
    const named = link.closest("[data-program]"), card = link.closest(".card[id]");
    const program = named ? named.dataset.program : card ? card.id : "";
    if (program) fetch(to, { method: "POST", body: program, keepalive: true, credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => {});
  });
})();
