// What somebody selects on the page of a study stands in the field, ready to be marked.
const sheet = document.querySelector("[data-sheet]");
const passage = document.querySelector("[data-passage]");

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!sheet || !passage || selection.isCollapsed) return;
  if (!sheet.contains(selection.anchorNode) || !sheet.contains(selection.focusNode)) return;
  const words = selection.toString().trim();
  if (words) passage.value = words;
});
