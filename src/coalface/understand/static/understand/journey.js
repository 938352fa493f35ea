// Changing the way without its buttons: j and k move, e and l press earlier and later, a card can be dragged.
const way = document.querySelector("[data-way]");
const cards = way ? [...way.querySelectorAll("[data-stop]")] : [];
let dragged = null;

function here() {
  return cards.indexOf(document.activeElement?.closest("[data-stop]"));
}

function go(step) {
  const place = Math.min(Math.max(here() + step, 0), cards.length - 1);
  cards[place].focus();
  cards[place].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (!cards.length || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if ((event.key === "e" || event.key === "l") && here() >= 0) cards[here()].querySelector(`[data-key="${event.key}"]`).click();
  else return;
  event.preventDefault();
});

function target(event) {
  const list = event.target.closest?.(".stops") ?? event.target.closest?.(".stage")?.querySelector(".stops");
  return { list, before: event.target.closest?.("[data-stop]") };
}

function unmark() {
  for (const marked of way.querySelectorAll(".over")) marked.classList.remove("over");
}

// The form that the buttons use sends the place as well.
function send(list, before) {
  const others = [...list.querySelectorAll("[data-stop]")].filter((card) => card !== dragged);
  const place = before && before !== dragged ? others.indexOf(before) : others.length;
  const form = dragged.querySelector("form");
  for (const [name, value] of [["stage", list.dataset.stage], ["place", place]]) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
}

way?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-stop]");
  event.dataTransfer.effectAllowed = "move";
});
way?.addEventListener("dragover", (event) => {
  const { list, before } = target(event);
  if (!dragged || !list) return;
  event.preventDefault();
  unmark();
  (before ?? list).classList.add("over");
});
way?.addEventListener("drop", (event) => {
  const { list, before } = target(event);
  if (!dragged || !list) return;
  event.preventDefault();
  send(list, before);
});
way?.addEventListener("dragend", () => {
  unmark();
  dragged = null;
});

const landed = cards.find((card) => `#${card.id}` === location.hash);
landed?.focus({ preventScroll: true });
