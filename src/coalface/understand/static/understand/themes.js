// Deciding about proposals without a mouse: j and k move, letters press what the buttons say, ? shows them.
const list = document.querySelector("[data-themes]");
const articles = list ? [...list.querySelectorAll("article")] : [];

function here() {
  return articles.indexOf(document.activeElement?.closest("article"));
}

function go(step) {
  const place = Math.min(Math.max(here() + step, 0), articles.length - 1);
  articles[place]?.focus();
  articles[place]?.scrollIntoView({ block: "center" });
}

function open(details) {
  for (const other of details.parentElement.querySelectorAll("details")) other.open = other === details;
  details.querySelector("input[type=text]").select();
}

function press(key) {
  const article = articles[Math.max(here(), 0)];
  const mark =
    article?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`[data-key-page="${key}"]`);
  if (mark?.matches("summary")) open(mark.parentElement);
  else mark?.click();
  return Boolean(mark);
}

function leave(field) {
  const details = field.closest("details");
  if (details) details.open = false;
  field.closest("article")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") leave(event.target);
    return;
  }
  const known = "cmsxu?".includes(event.key) && event.key.length === 1;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (!known || !press(event.key)) return;
  event.preventDefault();
});

const target = articles.find((article) => `#${article.id}` === location.hash);
target?.focus({ preventScroll: true });
