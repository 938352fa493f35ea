// Sends what waits, in the order of the device: meetings, then what was said, then photos. One tab at a time.

import { sayWho } from "./called.js";
import { sendPhoto } from "./photos.js";
import { SCHEMA, Unreachable, put, session } from "./server.js";
import { lockIfDue } from "./till.js";
import { change, drop, isFull, item, setFact, standing, tell } from "./store.js";

const ROUNDS = [["encounter"], ["remark", "feedback"], ["photo"]];
const ADDRESS = { encounter: "encounters", remark: "remarks", feedback: "feedback" };
const STOPS = { 401: "signed_out", 426: "app_too_old", 429: "busy" };

// What the server fell over goes last the next time, so that it holds up nothing else.
const stumbled = new Map();

class Stop extends Error {}

// Everything that waits for who is signed in; the answer says how it ended: "done" or why it stopped.
export function flush() {
  return navigator.locks.request("coalface-sending", async () => {
    try {
      return await round();
    } catch (reason) {
      if (reason instanceof Unreachable) return "unreachable";
      if (reason instanceof Stop) return reason.message;
      throw reason;
    } finally {
      tell({ sending: null });
    }
  });
}

async function round() {
  const who = await meet();
  if (!who.signed_in) return "signed_out";
  if (SCHEMA < who.oldest_schema) return "app_too_old";
  for (const types of ROUNDS) await sendAll(types, who);
  return "done";
}

// Asks who is signed in and remembers what this person may choose from, for when there is no signal.
export async function meet() {
  let who = await session();
  if (await lockIfDue(who.csrf)) who = await session();
  const { csrf: _, till = null, ...context } = who;
  if (who.signed_in) await remember(who.account, context).catch(onlyIfFull);
  tell({ met: { ...context }, till });
  return who;
}

async function remember(account, context) {
  await setFact("account", account);
  await setFact(`context:${account}`, context);
}

// A full phone still sends: that is what makes room.
function onlyIfFull(error) {
  if (!isFull(error)) throw error;
  tell({ full: true });
}

async function sendAll(types, who) {
  const waiting = (await standing(who.account, "waiting")).filter((one) => types.includes(one.type));
  waiting.sort((one, other) => (stumbled.get(one.id) ?? 0) - (stumbled.get(other.id) ?? 0));
  let stumbles = 0;
  for (const one of waiting) {
    const current = await item(one.id);
    if (current?.state !== "waiting" || !(await mayGo(current))) continue;
    tell({ sending: current.id });
    const answer = await sendOne(current, who);
    stumbles = answer.status >= 500 ? stumbles + 1 : 0;
    if (stumbles) stumbled.set(one.id, (stumbled.get(one.id) ?? 0) + 1);
    if (stumbles > 1) throw new Stop("unreachable");
    await settle(current, answer);
  }
  if (stumbles) throw new Stop("unreachable");
}

// A remark waits for its meeting, and a photo for what it belongs to.
async function mayGo(one) {
  const first = one.type === "photo" ? one.of : one.body.encounter;
  const before = first && (await item(first));
  return !before || before.state === "sent" || before.state === "aside";
}

function sendOne(one, who) {
  if (one.type === "photo") return sendPhoto(one, who.account, who.csrf);
  const given = { account: who.account, ...one.body };
  const counted = one.type === "encounter" ? {} : { device: one.device, sequence: one.sequence };
  Object.assign(given, counted, { age_seconds: age(one) });
  if ("unit" in given) given.unit ??= who.unit ?? who.units?.[0]?.id ?? null;
  return put(`/api/${ADDRESS[one.type]}/${one.id}`, who.csrf, given);
}

// How long ago, never a time: clocks of phones are wrong by years.
function age(one) {
  return Math.max(0, Math.round((Date.now() - one.made) / 1000));
}

async function settle(one, { status, code, said }) {
  if (STOPS[status] || code === "other_account") throw new Stop(STOPS[status] ?? "signed_out");
  if (code === "csrf") throw new Stop("unreachable");
  if (status >= 500) return;
  if (status < 300 && one.type === "photo") return settlePhoto(one, said);
  if (status < 300 && one.body.called) await sayWho(one, said.customer);
  if (status < 300) return sent(one, { why: "" });
  if (said.kept_aside)
    return change(one.id, { state: "aside", sentAt: Date.now(), why: code, see: said.see });
  const why = (code !== "taken" && code) || (status === 413 ? "too_large" : "refused");
  return change(one.id, { state: "refused", why, fields: said.fields ?? said.wanted ?? {} });
}

// What arrived may always go, also where there is no room to write down that it did.
function sent(one, changes) {
  return change(one.id, { state: "sent", sentAt: Date.now(), ...changes }).catch((error) => {
    onlyIfFull(error);
    return drop([one.id]);
  });
}

function settlePhoto(one, said) {
  if (said.state === "refused") return change(one.id, { state: "refused", why: said.refusal });
  if (said.state !== "kept") return undefined;
  return sent(one, { why: "", blob: null, locationRemoved: said.location_removed });
}
