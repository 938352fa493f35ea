// The board with a mouse: a card is dragged onto a free seat, or onto a card whose slot it shall share.
import { change } from "./changing.js";

const board = document.querySelector("[data-board]");
let dragged = null;

function target(event) {
  const found = event.target.closest?.("[data-slot]");
  return dragged && found && found.dataset.slot !== dragged.dataset.slot ? found : null;
}

function unmark() {
  for (const marked of board.querySelectorAll(".target")) marked.classList.remove("target");
}

board?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-match]");
  event.dataTransfer.effectAllowed = "move";
});
board?.addEventListener("dragover", (event) => {
  const slot = target(event);
  unmark();
  if (!slot) return;
  event.preventDefault();
  slot.classList.add("target");
});
board?.addEventListener("drop", (event) => {
  const slot = target(event);
  if (!slot) return;
  event.preventDefault();
  change(dragged, "move", slot.dataset.slot);
});
board?.addEventListener("dragend", () => {
  unmark();
  dragged = null;
});
