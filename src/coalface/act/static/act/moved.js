// A card that was just moved is in view, has the focus, and is said to whoever cannot see it.
const moved = document.querySelector("[data-at]");
const gone = document.querySelector("[data-gone]");
const stands = document.querySelector("[data-stands]");

if (moved) {
  const title = moved.querySelector("h3");
  const column = moved.closest("[data-column]").querySelector("[data-name]");
  moved.scrollIntoView({ block: "center" });
  title.querySelector("a").focus({ preventScroll: true });
  stands.textContent = `${title.textContent.trim()}: ${column.textContent.trim()}`;
}
gone?.focus();

// Reloaded or gone back to, the page moves nothing again.
const address = new URL(location.href);
if (address.searchParams.has("at")) {
  address.searchParams.delete("at");
  history.replaceState(null, "", address);
}
