// Which questions are asked where, and whether enough of them is answered.

import { fillWho } from "./places.js";
import { who } from "./who.js";
import { word } from "./words.js";

const form = document.getElementById("note");
const { text, place } = form.elements;
const errors = { text: document.getElementById("text-error"), kind: document.getElementById("kind-error") };

// Where several are met, or somebody who does not know who asks, nobody is named.
const UNNAMED = ["focus_group", "event", "town_hall", "incognito"];

// Which questions are asked depends on the place.
export function arrange(encounter, draft) {
  fillWho(encounter, place.value, draft.who);
  const employee = form.elements.who?.value === "employee";
  const seen = Boolean(encounter?.incognito) && !draft.told && !employee;
  document.getElementById("met").hidden = place.value !== "met";
  const way = who.context?.formats?.find(({ id }) => String(id) === form.elements.format.value);
  document.getElementById("called-line").hidden = UNNAMED.includes(way?.kind);
  const asksUnit = place.value === "met" || place.value === "feedback";
  document.getElementById("unit-line").hidden = !asksUnit || !(who.context?.units?.length > 1);
  document.getElementById("told").hidden = !encounter?.incognito || employee;
  document.getElementById("reading-fold").hidden = place.value === "feedback";
  document.getElementById("text-label").textContent = word(seen ? "label.seen" : "label.said");
  document.getElementById("text-help").textContent = word(seen ? "help.seen" : "help.said");
}

// A note needs words and one tap that says what it is; what is missing is said beside its field.
export function isReady(draft) {
  errors.text.hidden = Boolean(draft.text.trim() || draft.reading.trim());
  errors.kind.hidden = Boolean(draft.kind);
  text.setAttribute("aria-invalid", String(!errors.text.hidden));
  if (!errors.text.hidden) text.focus();
  else if (!errors.kind.hidden) form.elements.kind[0].focus();
  return errors.text.hidden && errors.kind.hidden;
}

export function hideErrors() {
  for (const error of Object.values(errors)) error.hidden = true;
  text.removeAttribute("aria-invalid");
}

export function chosen(encounter) {
  const { unit, format, minutes } = form.elements;
  const called = document.getElementById("called-line").hidden ? "" : form.elements.called.value.trim();
  const incognito = Boolean(encounter?.incognito);
  const number = (field) => (field.value === "" ? null : Number(field.value));
  return { incognito, unit: number(unit), format: number(format), minutes: number(minutes) || 10, called };
}
