// A photo in pieces: it goes on where the server says the last attempt ended, and is sent once the server kept it.

import { call, put } from "./server.js";
import { change } from "./store.js";

const PIECE = 256 * 1024;
const TRIES = 3;

export async function sendPhoto(photo, account, csrf) {
  const address = `/api/photos/${photo.id}`;
  const sha256 = photo.sha256 ?? (await digest(photo.blob));
  const given = { account, of: { [photo.ofType]: photo.of }, size: photo.blob.size, sha256 };
  let answer = await put(address, csrf, given);
  let pieces = Math.ceil(photo.blob.size / PIECE) + TRIES;
  for (let damaged = 0; arriving(answer) && damaged < TRIES && pieces > 0; pieces -= 1) {
    const offset = answer.said.received;
    answer = await piece(address, csrf, photo.blob, offset);
    if (answer.code === "damaged") damaged += 1;
    if (!answer.code) await change(photo.id, { sha256, received: answer.said.received });
  }
  return answer;
}

function arriving({ status, code, said }) {
  if (code === "hole" || code === "damaged") return true;
  return status < 300 && said.state === "arriving";
}

function piece(address, csrf, blob, offset) {
  const headers = { "Upload-Offset": String(offset), "Content-Type": "application/octet-stream" };
  return call("PATCH", address, { csrf, headers, body: blob.slice(offset, offset + PIECE) });
}

async function digest(blob) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
