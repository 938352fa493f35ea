// The board without a mouse: arrows choose a free seat for the card in focus, letters do the rest.
import { change } from "./changing.js";

const board = document.querySelector("[data-board]");
const say = document.querySelector("[data-say]");
const weeks = board ? [...board.querySelectorAll("[data-week]")].map((week) => [...week.querySelectorAll(".seat")]) : [];
let target = null;
let leaving = null;

function tell(words) {
  say.textContent = words;
}

function letGo() {
  target?.classList.remove("target");
  target = leaving = null;
  tell("");
}

function choose(seat) {
  letGo();
  if (!seat) return tell(say.dataset.none);
  target = seat;
  seat.classList.add("target");
  seat.scrollIntoView({ block: "nearest", inline: "nearest" });
  tell(`${say.dataset.to} ${seat.textContent.trim().replace(/\s+/g, " ")}`);
}

// From a week on in one direction, the first one in which a seat is free; if none is, the seat stays.
function inWeek(from, step) {
  for (let week = from + step; week >= 0 && week < weeks.length; week += step) {
    if (weeks[week].length) return weeks[week][0];
  }
  return target;
}

function next(card, key) {
  const week = Number((target ?? card).closest("[data-week]").dataset.week);
  if (key === "ArrowLeft") return inWeek(week, -1) ?? inWeek(week, 1);
  if (key === "ArrowRight") return inWeek(week, 1) ?? inWeek(week, -1);
  const place = weeks[week].indexOf(target) + (key === "ArrowDown" ? 1 : -1);
  return weeks[week][Math.min(Math.max(place, 0), weeks[week].length - 1)] ?? inWeek(week, 1) ?? inWeek(week, -1);
}

function press(card, key) {
  if (key.startsWith("Arrow")) choose(next(card, key));
  else if (key === "Enter" && target) change(card, "move", target.dataset.slot);
  else if (key === "Escape") letGo();
  else if (key.toLowerCase() === "l") change(card, card.classList.contains("locked") ? "unlock" : "lock");
  else if (key === "Delete" && leaving === card) change(card, "withdraw");
  else if (key === "Delete") {
    letGo();
    leaving = card;
    tell(say.dataset.again);
  } else return false;
  return true;
}

board?.addEventListener("keydown", (event) => {
  const card = event.target.closest("[data-match]");
  if (event.target !== card || event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key === "Delete") return;
  if (press(card, event.key)) event.preventDefault();
});
board?.addEventListener("focusout", letGo);

// After a change the card it was about is in focus again, and the answer above stays in sight.
const back = board?.querySelector("[data-at]");
if (back) {
  board.scrollLeft = back.closest("[data-week]").offsetLeft - board.clientWidth / 2;
  back.focus({ preventScroll: true });
}
