// Deciding without a mouse: a key presses the button that shows it, opens what is folded, or goes to the field.
const page = document.querySelector("[data-triage]");
const asked = page?.querySelector("[data-asked]");
const keys = document.getElementById("keys");
let sent = false;

function use(mark) {
  if (mark.matches("input")) mark.focus();
  else if (mark.matches("details")) {
    mark.open = true;
    const field = mark.querySelector("input[type=text]");
    field.focus();
    field.select();
  } else mark.click();
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") asked?.focus();
    return;
  }
  const mark = event.key.length === 1 && page.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!mark) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // here / names an issue, it does not search
  if (sent || event.repeat || (keys?.matches(":popover-open") && event.key !== "?")) return;
  use(mark);
}

if (page) {
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
  asked?.focus({ preventScroll: true });
}
