// The note that is being written, kept at every letter; from a note to the items that are sent.

import { fact, setFact } from "./store.js";
import { uuid7 } from "./ids.js";
import { who } from "./who.js";

const key = (account) => `draft:${account ?? ""}`;

export function fresh() {
  return {
    id: uuid7(),
    meeting: uuid7(),
    place: "",
    called: "",
    text: "",
    reading: "",
    kind: "",
    about: "",
    who: undefined,
    told: false,
    photos: [],
  };
}

export async function begun(account = who.account) {
  const draft = await fact(key(account));
  return draft && { ...draft, photos: (await fact(`${key(account)}:photos`)) ?? [] };
}

export function keepDraft({ photos: _, stored: __, ...draft }) {
  return setFact(key(who.account), draft);
}

export function keepPhotos({ photos }) {
  return setFact(`${key(who.account)}:photos`, photos.length ? photos : undefined);
}

// The facts a draft is made of.
export function factsOfDraft(account = who.account) {
  return [key(account), `${key(account)}:photos`];
}

export function isEmpty(draft) {
  return !draft?.text?.trim() && !draft?.reading?.trim() && !draft?.photos?.length;
}

// A meeting that nobody planned comes first, then what was said there, then its photos.
export function itemsOf(draft, { incognito, unit, format, minutes, called }) {
  const bound = { account: who.account, made: Date.now() };
  const meeting = {
    ...bound,
    id: draft.meeting,
    type: "encounter",
    body: { format, unit, customer: null, minutes, ...(called && { called }) },
  };
  const said = {
    ...bound,
    id: draft.id,
    ...(draft.place === "feedback" ? feedback(draft, unit) : remark(draft, incognito)),
  };
  const photos = draft.photos.map(({ id, blob, name }) => {
    return { ...bound, id, type: "photo", of: draft.id, ofType: said.type, blob, name, body: {} };
  });
  return [...(draft.place === "met" ? [meeting] : []), said, ...photos];
}

function feedback({ kind, text, reading }, unit) {
  return { type: "feedback", body: { kind, text: text.trim() || reading.trim(), unit, customer: null } };
}

function remark(draft, incognito) {
  const employee = draft.who === "employee";
  const seen = incognito && !draft.told && !employee;
  const body = {
    encounter: draft.place === "met" ? draft.meeting : draft.place,
    kind: draft.kind,
    text: seen ? "" : draft.text.trim(),
    reading: seen
      ? [draft.text, draft.reading]
          .map((words) => words.trim())
          .filter(Boolean)
          .join("\n")
      : draft.reading.trim(),
    said_by: employee ? "employee" : "customer",
    customer: employee || seen ? null : draft.who || null,
    touchpoint: null,
    told_afterwards: draft.told,
  };
  if (draft.about) body.about = draft.about;
  return { type: "remark", body };
}
