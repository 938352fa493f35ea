// The key / puts the cursor into the search box, unless somebody is writing.
const TYPING = "input, textarea, select, [contenteditable]";

function box() {
  const boxes = [...document.querySelectorAll("[data-search]")];
  return boxes.find((one) => one.checkVisibility()) ?? null;
}

document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (event.key !== "/" || busy || event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const found = box();
  if (found) {
    event.preventDefault();
    found.focus();
    found.select();
  } else if (document.querySelector("a[data-search-page]")) {
    event.preventDefault();
    document.querySelector("a[data-search-page]").click();
  }
});
