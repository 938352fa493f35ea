// Where something was said: an encounter of mine, one that just happened, or none at all.

import { fact } from "./store.js";
import { who } from "./who.js";
import { element, when, word } from "./words.js";

const NEAR = 3 * 60 * 60_000;
const asked = new URLSearchParams(location.search).get("encounter");
const select = document.getElementById("place");
const fixed = Array.from(select.options);

// The encounters to choose from: those of the server, and those made on this phone that it has not heard of.
export function encounters(items) {
  const known = who.context?.encounters ?? [];
  const mine = items.filter((one) => one.type === "encounter" && one.account === who.account);
  const fresh = mine
    .filter((one) => one.state !== "refused" && !known.some(({ id }) => id === one.id))
    .reverse();
  return [...fresh.map(asEncounter), ...known];
}

function asEncounter(one) {
  return { id: one.id, title: one.body.called || word("encounter"), starts_at: one.made, guests: [], incognito: false };
}

export function fill(list, chosen) {
  const options = list.map((one) =>
    element("option", { value: one.id, textContent: `${one.title} · ${when(one.starts_at)}` }),
  );
  const listed = (id) => list.some((one) => one.id === id);
  for (const id of new Set([asked, chosen])) {
    if (id && id !== "met" && id !== "feedback" && !listed(id)) {
      options.unshift(element("option", { value: id, textContent: word("this_encounter") }));
    }
  }
  const meets = who.context?.formats?.length > 0;
  select.replaceChildren(...options, ...fixed.filter(({ value }) => value !== "met" || meets));
  select.value = chosen;
  if (select.selectedIndex < 0) select.selectedIndex = select.options.length - 1;
}

// The one I was writing in, the one I came from, the one happening now, the last one, or none.
export async function usual(list, begun) {
  if (begun || asked) return begun || asked;
  const away = (one) => Math.abs(Date.now() - new Date(one.starts_at).getTime());
  const near = list.filter((one) => away(one) < NEAR).sort((one, other) => away(one) - away(other));
  const last = await fact("place");
  return near[0]?.id ?? list.find(({ id }) => id === last)?.id ?? "feedback";
}

export function fillLists() {
  const { formats = [], units = [], unit } = who.context ?? {};
  lists("format", formats, formats.find(({ kind }) => kind === "drop_in")?.id ?? formats[0]?.id);
  lists("unit", units, unit ?? units[0]?.id);
}

function lists(id, rows, usualOne) {
  const into = document.getElementById(id);
  const before = into.value;
  into.replaceChildren(...rows.map((row) => element("option", { value: row.id, textContent: row.name })));
  const there = rows.some((row) => String(row.id) === before);
  into.value = there ? before : (usualOne ?? "");
}

// Who may have said it, one tap each.
export function fillWho(encounter, place, chosen) {
  const field = document.getElementById("who");
  const guests = encounter?.incognito ? [] : (encounter?.guests ?? []);
  const choices = [
    ...guests.map(({ id, name }) => [id, name]),
    ["", word("somebody")],
    ["employee", word("employee")],
  ];
  const usualOne = guests.length === 1 ? guests[0].id : "";
  const now = choices.some(([value]) => value === chosen) ? chosen : usualOne;
  const pills = choices.map(([value, name]) => {
    const input = element("input", { type: "radio", name: "who", value, checked: value === now });
    return element("label", {}, input, name);
  });
  field.replaceChildren(field.querySelector("legend"), ...pills);
  field.hidden = place === "feedback";
}
