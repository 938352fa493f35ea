// All unsent notes as one file, photos included, and back again: on this phone or another, once or twice.

import { keep } from "./store.js";

const FORMAT = "coalface-notes-1";
const TYPES = ["encounter", "remark", "feedback", "photo"];
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class NotOurs extends Error {}

export async function asFile(items) {
  const rows = await Promise.all(items.map(packed));
  const text = JSON.stringify({ format: FORMAT, items: rows }, null, 1);
  return new Blob([text], { type: "application/json" });
}

async function packed({ blob, ...rest }) {
  return blob ? { ...rest, photo: { type: blob.type, base64: await base64(blob) } } : rest;
}

function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

export function hand(blob) {
  const address = URL.createObjectURL(blob);
  const day = new Date().toISOString().slice(0, 10);
  const link = Object.assign(document.createElement("a"), {
    href: address,
    download: `coalface-unsent-${day}.json`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// How many notes were new here; those this phone has already stay as they are.
export async function fromFile(file) {
  const items = read(await file.text());
  const fresh = await keep(items.map(unpacked));
  return items.filter((one) => one.type !== "photo" && fresh.includes(one.id)).length;
}

function read(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    throw new NotOurs();
  }
  if (given?.format !== FORMAT || !Array.isArray(given.items) || !given.items.every(isItem))
    throw new NotOurs();
  return given.items;
}

function isItem(one) {
  const named =
    TYPES.includes(one?.type) && ID.test(one.id) && typeof one.body === "object" && one.body !== null;
  const owned = one?.account === null || typeof one?.account === "string";
  return (
    named &&
    owned &&
    Number.isFinite(one.made) &&
    (one.type !== "photo" || typeof one.photo?.base64 === "string")
  );
}

function unpacked({ photo, ...rest }) {
  if (!photo) return rest;
  const bytes = Uint8Array.from(atob(photo.base64), (letter) => letter.charCodeAt(0));
  return { ...rest, received: 0, blob: new Blob([bytes], { type: photo.type }) };
}
