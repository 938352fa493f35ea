// A shared till counts down when no hand touches it, and locks. Names go, unsent notes stay, for their owner alone.

import { call, session } from "./server.js";
import { fact, forget, setFact } from "./store.js";

const WARNS = 15_000;
const DOOR = "/c/door/";
const DUE = "lock due";
const HANDS = ["pointerdown", "pointermove", "keydown", "wheel"];
const dialog = document.getElementById("till");
let till;
let touched = Date.now();
let told = touched;
let ticking;

// Seconds without a touch after which it locks, and how many are left in any case.
export function mind({ idle, left }) {
  const begins = !till;
  till = { idle: idle * 1000, ends: Date.now() + left * 1000 };
  remember();
  if (!begins) return;
  for (const hand of HANDS) addEventListener(hand, touch, { passive: true });
  document.addEventListener("visibilitychange", look);
  ticking = setInterval(look, 1_000);
}

// Whoever comes to a till that was left alone finds nobody's names, also without a signal.
export async function lockIfLeftAlone() {
  const kept = await fact("till");
  if (kept && Date.now() > kept.touched + kept.idle) await forgetWhoWasHere();
}

export async function forgetWhoWasHere() {
  const account = await fact("account");
  if (account) await forget(account);
}

export function noTill() {
  return setFact("till", undefined);
}

function touch() {
  touched = Date.now();
}

function remember() {
  return setFact("till", { idle: till.idle, touched });
}

function look() {
  if (!till) return;
  const now = Date.now();
  const rest = Math.min(touched + till.idle, till.ends) - now;
  if (rest <= 0) return lock();
  if (rest > WARNS) dialog.close();
  else if (!dialog.open) dialog.showModal();
  dialog.querySelector("[data-seconds]").textContent = Math.ceil(rest / 1000);
  if (touched > told && now > told + till.idle / 4) tellServer(now);
}

// A hand was here though no page was asked for; without a signal the till counts for itself.
async function tellServer(now) {
  told = now;
  remember();
  try {
    const { csrf } = await session();
    const { said } = await call("POST", `${DOOR}here/`, { csrf });
    if (said.left) till.ends = Date.now() + said.left * 1000;
    else if (said.left === 0) lock();
  } catch {
    // counted here until there is a signal
  }
}

let locking = false;

export async function lock() {
  if (locking) return;
  locking = true;
  const form = document.querySelector("[data-lock]");
  try {
    await setFact(DUE, true);
    await forgetWhoWasHere();
  } finally {
    if (form) form.submit();
    else await lockHere();
  }
}

// On the page of capture, which has no form of the server's and may have no signal: then the server hears it later.
async function lockHere() {
  try {
    const { csrf } = await session();
    await lockIfDue(csrf);
    location.assign(`${DOOR}?next=${location.pathname}`);
  } catch {
    [locking, till] = [false, undefined];
    clearInterval(ticking);
    dialog.close();
  }
}

// Before anything else is said to the server: what was locked without a signal is locked there too.
export async function lockIfDue(csrf) {
  if (!(await fact(DUE))) return false;
  await call("POST", `${DOOR}lock/`, { csrf });
  await setFact(DUE, undefined);
  return true;
}

// The locked screen is there, so the server knows.
export async function isLocked() {
  await setFact(DUE, undefined);
  await forgetWhoWasHere();
}

addEventListener("submit", (event) => {
  if (!event.target.matches("[data-lock]")) return;
  event.preventDefault();
  lock();
});

if (dialog?.dataset.idle) {
  mind({ idle: Number(dialog.dataset.idle), left: Number(dialog.dataset.left) });
  fact(DUE).then((due) => due && lock());
}
