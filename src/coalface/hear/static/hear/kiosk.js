// A screen in the shop goes back to its beginning when nobody touches it, so that nobody finds what others wrote.
const QUIET = 60_000, WARNING = 15_000;
const line = document.querySelector("[data-kiosk]");
const words = line.querySelector("[data-left]");
let warning, leaving;

function leave() {
  for (const form of document.forms) form.reset();
  location.replace(line.dataset.kiosk + location.search);
}

function touched() {
  clearTimeout(warning);
  clearTimeout(leaving);
  words.textContent = "";
  warning = setTimeout(() => { words.textContent = words.dataset.left; }, QUIET - WARNING);
  leaving = setTimeout(leave, QUIET);
}

for (const sign of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(sign, touched, { passive: true });
// a page taken out of the browser's memory by its back button is somebody else's
addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
touched();
