// Who was met by chance: the server knows the one customer meant, or else the words stay with what was said there.

import { change, everything } from "./store.js";
import { word } from "./words.js";

// Before the meeting counts as sent, so that what was said there has not gone out yet; done twice it is the same.
export async function sayWho(meeting, customer) {
  const there = (await everything()).filter(
    ({ type, state, body }) => type === "remark" && state === "waiting" && body.encounter === meeting.id,
  );
  if (!customer) return keepWords(there[0], word("it_was").replace("#", () => meeting.body.called));
  const theirs = there.filter(({ body }) => body.said_by === "customer" && !body.customer);
  for (const { id, body } of theirs) await change(id, { body: { ...body, customer } });
}

async function keepWords(first, words) {
  if (!first || first.body.reading.startsWith(words)) return;
  const reading = [words, first.body.reading].filter(Boolean).join("\n");
  await change(first.id, { body: { ...first.body, reading } });
}
