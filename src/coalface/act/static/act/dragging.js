// The board with a mouse: dropped on a column, a card's own choice for that column is sent; the server checks it.
const board = document.querySelector("[data-board]");
const say = document.querySelector("[data-say]");
let dragged = null;

function unmark() {
  for (const marked of board.querySelectorAll(".target")) marked.classList.remove("target");
}

function choiceFor(column) {
  return dragged.querySelector(`[data-to="${column.dataset.column}"]`);
}

board?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-fix]");
  if (!dragged) return;
  say.textContent = "";
  event.dataTransfer.effectAllowed = "move";
});
board?.addEventListener("dragover", (event) => {
  const column = event.target.closest?.("[data-column]");
  unmark();
  if (!dragged || !column || column.contains(dragged)) return;
  event.preventDefault();
  if (choiceFor(column)) column.classList.add("target");
});
board?.addEventListener("drop", (event) => {
  const column = event.target.closest?.("[data-column]");
  if (!dragged || !column || column.contains(dragged)) return;
  event.preventDefault();
  const choice = choiceFor(column);
  if (choice) choice.form.requestSubmit(choice);
  else say.textContent = say.dataset.no;
});
board?.addEventListener("dragend", () => {
  unmark();
  dragged = null;
});
