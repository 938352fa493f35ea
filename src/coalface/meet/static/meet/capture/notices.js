// What the reader has to know now: one notice for each matter, above the field, read aloud once.

import { word } from "./words.js";

const place = document.getElementById("notices");

export function notice(code, { words = word(code), acts = [], urgent = false } = {}) {
  const before = place.querySelector(`[data-code="${code}"]`);
  const made = document.getElementById("notice").content.firstElementChild.cloneNode(true);
  made.dataset.code = code;
  made.setAttribute("role", urgent ? "alert" : "status");
  made.querySelector("p").textContent = words;
  made.querySelector(".acts").append(...acts);
  if (before?.textContent === made.textContent) return;
  if (before) before.replaceWith(made);
  else place.append(made);
}

export function done(...codes) {
  for (const code of codes) place.querySelector(`[data-code="${code}"]`)?.remove();
}
