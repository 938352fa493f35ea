// From items to what a reader sees: one line for each thing said, its photos with it, and only their own.

import { isUnsent } from "./store.js";

const SHOWN_FOR = 10 * 60_000;

export function linesOf(items, account) {
  const tops = items.filter((one) => one.type !== "photo");
  const unsent = tops
    .map((top) => line(top, items))
    .filter(({ state }) => state === "waiting" || state === "refused");
  const owned = account ? tops.filter((top) => top.account === account) : [];
  return {
    mine: owned.map((top) => line(top, items)).reverse(),
    nobodys: unsent.filter(({ top }) => top.account === null).length,
    others: unsent.filter(({ top }) => top.account !== null && top.account !== account).length,
  };
}

function line(top, items) {
  const photos = items.filter((one) => one.of === top.id);
  return { top, photos, state: together(top, photos) };
}

// A remark counts as sent once each of its photos was kept.
function together(top, photos) {
  if (top.state !== "sent") return top.state;
  return (
    ["refused", "waiting", "aside"].find((state) => photos.some((photo) => photo.state === state)) ?? "sent"
  );
}

export function count(lines) {
  const counts = { waiting: 0, refused: 0, aside: 0, sent: 0 };
  for (const { state } of lines) counts[state] += 1;
  return counts;
}

// What arrived completely, and has been shown for a while: its words need not stay on the phone.
export function arrived(items, now = Date.now()) {
  const lines = items.filter((one) => one.type !== "photo").map((top) => line(top, items));
  const gone = lines.filter(
    ({ top, photos, state }) => state === "sent" && photos.concat(top).every(longAgo(now)),
  );
  return gone.flatMap(({ top, photos }) => [top.id, ...photos.map((photo) => photo.id)]);
}

function longAgo(now) {
  return ({ sentAt }) => Math.abs(now - sentAt) > SHOWN_FOR;
}

export function unsentOf(items, account) {
  return items.filter((one) => isUnsent(one) && (one.account === account || one.account === null));
}
