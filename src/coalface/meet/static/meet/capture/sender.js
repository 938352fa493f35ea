// When to send: at once after keeping, when the signal is back, and again with growing pauses until all is out.

import { done, notice } from "./notices.js";
import { draw, nowSending } from "./queue.js";
import { fetchNewer } from "./renewal.js";
import { flush } from "./sending.js";
import { standing } from "./store.js";
import { who } from "./who.js";
import { link } from "./words.js";

const FIRST_PAUSE = 4_000;
const LONGEST_PAUSE = 5 * 60_000;
let pause = FIRST_PAUSE;
let timer;
let running;

// One round at a time in this tab; who calls meanwhile is served by the next one.
export async function send() {
  if (running) return (running = "again");
  running = "now";
  clearTimeout(timer);
  let ended;
  do {
    running = "now";
    ended = await flush();
  } while (running === "again");
  running = undefined;
  nowSending(null);
  await report(ended);
  await draw();
  return ended;
}

async function report(ended) {
  if (ended === "app_too_old") {
    notice("app_too_old", { urgent: true });
    await fetchNewer();
  } else if (ended !== "unreachable") done("app_too_old");
  if (ended === "signed_out") askToSignIn();
  else if (ended === "done") done("signed_out", "stranger");
  if (ended === "busy") notice("busy");
  else done("busy");
  const left = who.account && (await standing(who.account, "waiting")).length;
  pause = ended === "done" ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
  if (left || ended === "unreachable") timer = setTimeout(send, pause);
}

function askToSignIn() {
  const back = encodeURIComponent(location.pathname + location.search);
  const acts = [link("sign_in", `/accounts/login/?next=${back}`, "button")];
  notice(who.account ? "signed_out" : "stranger", { acts });
  done(who.account ? "stranger" : "signed_out");
}

export function sendWhenPossible() {
  addEventListener("online", sendSoon);
  addEventListener("pageshow", ({ persisted }) => persisted && sendSoon());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendSoon());
  document.getElementById("send").addEventListener("click", sendSoon);
}

export function sendSoon() {
  pause = FIRST_PAUSE;
  return send();
}
