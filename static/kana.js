// A kana keyboard on the screen, for a kiosk without one.
"use strict";

const KEYS = [..."あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめも"].concat(
  ["や", "", "ゆ", "", "よ"], [..."らりるれろ"], ["わ", "", "を", "", "ん"], [..."1234567890"], ["ー", "、", "。", "小", "゛゜"]);
const SMALL = { や: "ゃ", ゆ: "ゅ", よ: "ょ", つ: "っ", あ: "ぁ", い: "ぃ", う: "ぅ", え: "ぇ", お: "ぉ" };
const VOICED = {};
// A second press takes it back.
for (const [kana, small] of Object.entries(SMALL)) SMALL[small] = kana;
for (const round of [["かきくけこさしすせそたちつてと", "がぎぐげござじずぜぞだぢづでど"], ["はひふへほ", "ばびぶべぼ", "ぱぴぷぺぽ"]]) {
  round.forEach((row, n) => [...row].forEach((kana, i) => { VOICED[kana] = round[(n + 1) % round.length][i]; }));
}

function change(box, table) {
  const last = box.value.slice(-1);
  if (table[last]) box.value = box.value.slice(0, -1) + table[last];
}

function press(box, key) {
  if (key === "小") change(box, SMALL);
  else if (key === "゛゜") change(box, VOICED);
  else if (key === "けす") box.value = box.value.slice(0, -1);
  else if (box.value.length < box.maxLength) box.value += key;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// The keys, and above all what is being written.
function show(keys, box) {
  keys.scrollIntoView({ block: "end" });
  box.scrollIntoView({ block: "nearest" });
}

function keyboard(box) {
  const keys = document.createElement("div");
  keys.className = "kana";
  keys.setAttribute("role", "group");
  keys.setAttribute("aria-label", "ひらがなのキーボード");
  for (const key of [...KEYS, "空白", "けす", "とじる"]) {
    const made = document.createElement(key ? "button" : "span");
    made.textContent = key;
    if (key) made.type = "button";
    if (key === "゛゜") made.setAttribute("aria-label", "濁点・半濁点");
    if (key === "小") made.setAttribute("aria-label", "小さい字にする");
    made.addEventListener("click", () => {
      if (key === "とじる") keys.hidden = true;
      else if (key) press(box, key === "空白" ? " " : key);
    });
    keys.append(made);
  }
  box.inputMode = "none";
  box.after(keys);
  keys.hidden = true;
  box.addEventListener("focus", () => { keys.hidden = false; show(keys, box); });
}

for (const box of document.querySelectorAll("textarea")) keyboard(box);
