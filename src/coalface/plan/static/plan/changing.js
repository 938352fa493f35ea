// A change on the board goes out as a form; the server checks it and shows the board anew.
const form = document.querySelector("[data-change]");
let sent = false;

export function change(card, what, slot = "") {
  if (sent || !form) return;
  sent = true;
  form.action = `${card.dataset.match}${what}/`;
  form.elements.slot.value = slot;
  form.submit();
}

window.addEventListener("pageshow", () => (sent = false));
