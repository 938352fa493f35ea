// Capture: opens without a network, keeps every letter, and sends what waits when it can.

import { NotOurs, asFile, fromFile, hand } from "./carry.js";
import { changeHands, listenToForm, show, unsaved } from "./form.js";
import { unsentOf } from "./lines.js";
import { notice } from "./notices.js";
import { draw, drawNow, nowSending } from "./queue.js";
import { install } from "./renewal.js";
import { safely } from "./room.js";
import { send, sendSoon, sendWhenPossible } from "./sender.js";
import { everything, listen } from "./store.js";
import { forgetWhoWasHere, lock, lockIfLeftAlone, mind, noTill } from "./till.js";
import { left, met, recall, who } from "./who.js";
import { button, counted, link } from "./words.js";

const PATIENCE = 1_500;

async function start() {
  await lockIfLeftAlone();
  await recall();
  listenToForm();
  listen(hear);
  sendWhenPossible();
  document.getElementById("download").addEventListener("click", download);
  document.getElementById("restore").addEventListener("change", restore);
  document.addEventListener("full", full);
  document.getElementById("lock").addEventListener("click", lock);
  document.getElementById("more-kinds").addEventListener("click", moreKinds);
  // What was begun while nobody was signed in is shown to nobody else: first ask who this is, if there is a signal.
  const asked = send();
  if (!who.account) await Promise.race([asked, new Promise((go) => setTimeout(go, PATIENCE))]);
  await show({ begin: true });
  document.getElementById("text").focus();
  await drawNow();
  await install();
}

function full() {
  notice("full", { acts: [button("download", download)], urgent: true });
}

async function hear(news) {
  if (news.full) full();
  if ("sending" in news) nowSending(news.sending);
  if (news.met) await welcome(news.met);
  if ("till" in news) await share(news.till, news.met.signed_in);
  if (news.forgotten && who.account === news.forgotten) {
    left();
    await changeHands(false);
  }
  if (news.kept) drawNow();
  else draw();
  if (news.kept || news.claimed || news.again) sendSoon();
}

// On a shared till whoever is signed in no more has left: their names go, what they wrote waits for them.
async function share(till, signedIn) {
  document.getElementById("lock").hidden = !(till && signedIn);
  if (till && signedIn) mind(till);
  else if (till) await forgetWhoWasHere();
  else await noTill();
}

async function welcome(said) {
  const before = { ...who };
  const other = met(said);
  if (document.getElementById("note").hidden) return;
  if (other) await changeHands(before.account === null);
  else if (JSON.stringify(who.context) !== JSON.stringify(before.context)) await show();
}

async function download() {
  const kept = unsentOf(await everything(), who.account);
  const more = unsaved().filter(({ id }) => !kept.some((one) => one.id === id));
  hand(await asFile([...kept, ...more]));
}

async function restore({ target }) {
  const [file] = target.files;
  if (!file) return;
  try {
    const n = await safely(() => fromFile(file));
    if (n !== undefined) notice("restored", { words: counted("restored", n) });
  } catch (error) {
    if (!(error instanceof NotOurs)) throw error;
    notice("not_ours", { urgent: true });
  }
  target.value = "";
}

function moreKinds({ target }) {
  document.getElementById("kinds").classList.add("all");
  target.setAttribute("aria-expanded", "true");
  target.hidden = true;
  document.querySelector("#kinds .more input").focus();
}

// A private window, or a browser that keeps nothing: better said than found out later.
function nothingKept(error) {
  notice("no_storage", { acts: [link("elsewhere", "/meet/")], urgent: true });
  throw error;
}

if (isSecureContext) start().catch(nothingKept);
else
  document.querySelector("main").replaceChildren(document.getElementById("insecure").content.cloneNode(true));
