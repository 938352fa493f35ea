// What this phone keeps: items in the order of its own counter, and a few facts. Nothing here expires.

import { openDB } from "../../vendor/idb/index.js";
import { uuid7 } from "./ids.js";

const NAME = "coalface-capture";
const STRICT = { durability: "strict" };
const channel = new BroadcastChannel(NAME);
const listeners = new Set();
let opened;

function open() {
  opened ??= openDB(NAME, 1, {
    upgrade(db) {
      const items = db.createObjectStore("items", { keyPath: "id" });
      items.createIndex("standing", ["account", "state"]);
      items.createIndex("of", "of");
      db.createObjectStore("facts");
    },
    blocking: (_current, _blocked, event) => {
      event.target.close();
      opened = undefined;
    },
    terminated: () => (opened = undefined),
  });
  return opened;
}

channel.onmessage = (message) => listeners.forEach((hear) => hear(message.data));

export function listen(hear) {
  listeners.add(hear);
}

export function tell(news) {
  listeners.forEach((hear) => hear(news));
  channel.postMessage(news);
}

export async function fact(name) {
  return (await open()).get("facts", name);
}

// Committed at once, not when the browser finds time: the tab may be gone by then.
export async function setFact(name, value) {
  const transaction = (await open()).transaction("facts", "readwrite");
  const written = value === undefined ? transaction.store.delete(name) : transaction.store.put(value, name);
  transaction.commit();
  await Promise.all([written, transaction.done]);
}

// Puts new items into the queue, all or none, each with the next number of this device; a known id stays as it is.
// The facts they were made from – the draft – go in the same breath, so that nothing is there twice or not at all.
export async function keep(items, spent = []) {
  const transaction = (await open()).transaction(["items", "facts"], "readwrite", STRICT);
  const rows = transaction.objectStore("items");
  const facts = transaction.objectStore("facts");
  const device = (await facts.get("device")) ?? uuid7();
  let last = (await facts.get("sequence")) ?? 0;
  const fresh = [];
  try {
    for (const item of items) {
      if (await rows.get(item.id)) continue;
      const numbered = item.device ? item : { ...item, device, sequence: (last += 1) };
      await rows.add({ why: "", fields: {}, ...numbered, state: "waiting" });
      fresh.push(item.id);
    }
    await facts.put(device, "device");
    await facts.put(last, "sequence");
    await Promise.all(spent.map((name) => facts.delete(name)));
  } catch (error) {
    transaction.done.catch(() => undefined);
    throw error;
  }
  await transaction.done;
  tell({ kept: fresh });
  return fresh;
}

export async function item(id) {
  return (await open()).get("items", id);
}

export async function everything() {
  const items = await (await open()).getAll("items");
  return items.sort(inOrder);
}

export async function standing(account, state) {
  const items = await (await open()).getAllFromIndex("items", "standing", [account, state]);
  return items.sort(inOrder);
}

export async function photosOf(id) {
  return (await (await open()).getAllFromIndex("items", "of", id)).sort(inOrder);
}

export async function change(id, changes) {
  const transaction = (await open()).transaction("items", "readwrite", STRICT);
  const before = await transaction.store.get(id);
  if (before) await transaction.store.put({ ...before, ...changes });
  await transaction.done;
  tell({ changed: id });
}

export async function drop(ids) {
  const transaction = (await open()).transaction("items", "readwrite", STRICT);
  await Promise.all(ids.map((id) => transaction.store.delete(id)));
  await transaction.done;
  tell({ dropped: ids });
}

// What somebody wrote while nobody was signed in becomes theirs, because they say so.
export async function claim(account) {
  const transaction = (await open()).transaction("items", "readwrite", STRICT);
  const nobodys = (await transaction.store.getAll()).filter((one) => one.account === null);
  await Promise.all(nobodys.map((one) => transaction.store.put({ ...one, account })));
  await transaction.done;
  tell({ claimed: account });
}

// Signing out takes names and places off the phone; what waits to be sent stays.
export async function forget(account) {
  await setFact(`context:${account}`, undefined);
  await setFact("place", undefined);
  await setFact("account", undefined);
  tell({ forgotten: account });
}

function inOrder(one, other) {
  return one.device === other.device ? one.sequence - other.sequence : one.device < other.device ? -1 : 1;
}

export function isFull(error) {
  return /quota/i.test(`${error?.name} ${error?.message}`);
}

export function isUnsent(one) {
  return one.state === "waiting" || one.state === "refused";
}
