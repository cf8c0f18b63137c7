// Without a line a form stays where it is, with what was written or chosen in it, and the page says so. (The talk has its own script.)
"use strict";

const lost = document.querySelector("#lost");

document.addEventListener("submit", (event) => {
  lost.hidden = navigator.onLine;
  if (navigator.onLine || "ends" in event.target.dataset) return;
  event.preventDefault();
  event.target.append(lost);
  lost.scrollIntoView({ block: "nearest" });
});
addEventListener("online", () => { lost.hidden = true; });
