// Going through proposals without a mouse: inside the card, letters press what the buttons say.
const card = document.querySelector("[data-proposal]");

card?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const mark = event.key.length === 1 && card.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!mark) return;
  event.preventDefault();
  mark.click();
  if (mark.matches("summary")) mark.parentElement.querySelector("button")?.focus();
});
