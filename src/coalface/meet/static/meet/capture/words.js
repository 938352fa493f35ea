// The words of this page stand in its template, in the reader's language; scripts only choose among them.

const NUMBERS = new Intl.PluralRules(document.documentElement.lang);
const WHEN = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const HOUR = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export function word(code, otherwise = "") {
  const found = document.getElementById("words").content.querySelector(`[data-word="${CSS.escape(code)}"]`);
  return found ? found.textContent : otherwise;
}

export function counted(code, n) {
  const words = word(`${code}.${NUMBERS.select(n)}`) || word(`${code}.other`);
  return words.replace("#", n);
}

// Today only the hour, else the day as well.
export function when(time) {
  const then = new Date(time);
  return (then.toDateString() === new Date().toDateString() ? HOUR : WHEN).format(then);
}

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function button(code, press, look = "button small") {
  const made = element("button", { type: "button", className: look, textContent: word(`do.${code}`) });
  made.addEventListener("click", press);
  return made;
}

export function link(code, href, look = "button small") {
  return element("a", { href, className: look, textContent: word(`do.${code}`) });
}
