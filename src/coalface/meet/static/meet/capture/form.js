// The one big field and the few taps around it; what is on the screen is in the draft, and the draft on the phone.

import { arrange, chosen, hideErrors, isReady } from "./asked.js";
import { begun, factsOfDraft, fresh, isEmpty, itemsOf, keepDraft, keepPhotos } from "./draft.js";
import { uuid7 } from "./ids.js";
import { drawPhotos } from "./pictures.js";
import { encounters, fill, fillLists, usual } from "./places.js";
import { safely } from "./room.js";
import { everything, item, keep, setFact } from "./store.js";
import { who } from "./who.js";
import { word } from "./words.js";

const form = document.getElementById("note");
const { text, reading, place } = form.elements;
const saved = document.getElementById("saved");
let draft = fresh();
let list = [];

// Shows the choices of whoever is here now; words being written stay where they are.
export async function show({ begin = false } = {}) {
  list = encounters(await everything());
  const before = begin ? await begun() : undefined;
  if (!isEmpty(before) && isEmpty(draft)) draft = { ...before, stored: true };
  draft.place = await usual(list, draft.place);
  fill(list, draft.place);
  fillLists();
  if (begin) write();
  draft.place = place.value;
  arrange(here(), draft);
  form.hidden = false;
}

// Somebody else is here: what was only just typed goes with them, what was kept for another stays hidden.
export async function changeHands(nobodyBefore) {
  if (nobodyBefore && !draft.stored && !isEmpty(draft)) {
    await safely(() =>
      Promise.all([keepDraft(draft), keepPhotos(draft), ...factsOfDraft(null).map((name) => setFact(name))]),
    );
  } else draft = fresh();
  await show({ begin: true });
}

// Begun while nobody was signed in, and mine.
export async function adopt() {
  const nobodys = await begun(null);
  if (isEmpty(nobodys) || !isEmpty(draft)) return;
  draft = nobodys;
  await changeHands(true);
}

const here = () => list.find(({ id }) => id === place.value);

function write() {
  for (const name of ["text", "reading", "called"]) form.elements[name].value = draft[name] ?? "";
  form.elements.told_afterwards.checked = draft.told;
  document.getElementById("reading-fold").open = Boolean(draft.reading || draft.about);
  const pills = [...form.elements.kind, ...form.elements.about];
  for (const pill of pills) pill.checked = pill.value === (draft[pill.name] ?? "");
  pictures();
}

async function read(event) {
  const { elements } = form;
  const moved = draft.place !== place.value;
  for (const name of ["text", "reading", "place", "called", "kind", "about"]) draft[name] = elements[name].value;
  draft.told = elements.told_afterwards.checked;
  draft.who = moved ? undefined : elements.who?.value;
  if (event?.target.type !== "textarea") arrange(here(), draft);
  draft.who = elements.who?.value;
  hideErrors();
  saved.textContent = word("typing");
  await safely(() => keepDraft(draft));
}

export async function addPhoto(file) {
  draft.photos.push({
    id: uuid7(),
    blob: new Blob([await file.arrayBuffer()], { type: file.type }),
    name: file.name,
  });
  pictures();
  await safely(() => keepPhotos(draft));
}

function pictures() {
  drawPhotos(document.getElementById("photos"), draft.photos, async (photo) => {
    draft.photos = draft.photos.filter((one) => one !== photo);
    pictures();
    await safely(() => keepPhotos(draft));
  });
}

// The items of what stands in the field, as they would be kept.
export function unsaved() {
  return isEmpty(draft) ? [] : itemsOf(draft, chosen(here()));
}

async function save(event) {
  event.preventDefault();
  await read();
  if (!isReady(draft)) return;
  const items = itemsOf(draft, chosen(here()));
  const kept = await safely(() => keep(items, factsOfDraft()));
  if (!kept) return;
  if (!kept.includes(draft.id) && (await item(draft.id))?.body.text !== draft.text.trim()) {
    Object.assign(draft, { id: uuid7(), meeting: uuid7() });
    return save(event);
  }
  const typedMeanwhile = text.value.startsWith(draft.text) ? text.value.slice(draft.text.length) : "";
  const at = draft.place === "met" ? draft.meeting : draft.place;
  const said = draft.who;
  draft = { ...fresh(), place: at, who: said, text: typedMeanwhile };
  await setFact("place", at);
  await show();
  write();
  text.focus();
  saved.textContent = word(who.account ? "kept" : "kept_unknown");
}

// What the server refused comes back into the field, where it can be mended.
export async function takeBack({ top, photos }) {
  const { text: said = "", reading: read = "", kind, about = "", told_afterwards: told = false } = top.body;
  const at = top.body.encounter ?? "feedback";
  draft = { ...fresh(), text: said, reading: read, kind, about, told, place: at, photos };
  await keepDraft(draft);
  await keepPhotos(draft);
  await show();
  write();
  text.focus();
}

export function listenToForm() {
  form.addEventListener("input", read);
  form.addEventListener("submit", save);
  document.getElementById("photo").addEventListener("change", async ({ target }) => {
    for (const file of target.files) await addPhoto(file);
    target.value = "";
  });
}

export function hasWords() {
  return !isEmpty(draft);
}
