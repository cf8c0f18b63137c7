// What the browser's own menu does; on a kiosk, which has none, the only way.
"use strict";

document.querySelector("#print")?.addEventListener("click", () => print());
