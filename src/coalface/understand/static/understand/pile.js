// Settling the pile without a mouse: j and k move, y, n and o press what the buttons say.
const pile = document.querySelector("[data-pile]");
const articles = pile ? [...pile.querySelectorAll("article")] : [];

function here() {
  const inside = document.activeElement?.closest("article");
  return articles.indexOf(inside);
}

function go(step) {
  const place = Math.min(Math.max(here() + step, 0), articles.length - 1);
  articles[place].focus();
  articles[place].scrollIntoView({ block: "center" });
}

function press(key) {
  const mark = articles[Math.max(here(), 0)].querySelector(`[data-key="${key}"]`);
  if (mark instanceof HTMLInputElement) mark.focus();
  else mark?.click();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (!articles.length || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing) {
    if (event.key === "Escape") event.target.closest("article")?.focus();
    return;
  }
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if ("yno".includes(event.key) && event.key.length === 1) press(event.key);
  else return;
  event.preventDefault();
});

// Enter in the field names another issue: it is not the first button of the form.
for (const field of pile?.querySelectorAll('[name="other"]') ?? []) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    field.form.requestSubmit(field.form.querySelector('[value="other"]'));
  });
}

const target = articles.find((article) => `#${article.id}` === location.hash);
target?.focus({ preventScroll: true });
