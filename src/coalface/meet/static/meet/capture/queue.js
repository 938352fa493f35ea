// What is on this phone and how far it has come: counts, one line for each note, and what can be done about it.

import { begun, isEmpty } from "./draft.js";
import { adopt, hasWords, takeBack } from "./form.js";
import { arrived, count, linesOf } from "./lines.js";
import { done, notice } from "./notices.js";
import { change, claim, drop, everything, tell } from "./store.js";
import { who } from "./who.js";
import { button, counted, link, when, word } from "./words.js";

const STANDING = document.getElementById("standing");
const PAUSE = 250;
const AT_MOST = 60;
const URGENT = ["refused", "aside", "waiting", "sent"];
let sending = null;
let drawing;

export function nowSending(id) {
  sending = id;
}

// Draws soon, once for everything that happens until then.
export function draw() {
  drawing ??= new Promise((drawn) => setTimeout(drawn, PAUSE)).then(() => {
    drawing = undefined;
    return drawNow();
  });
  return drawing;
}

export async function drawNow() {
  const items = await everything();
  const gone = arrived(items);
  if (gone.length) await drop(gone);
  const { mine, nobodys, others } = linesOf(items, who.account);
  const begunByNobody = who.account && !isEmpty(await begun(null)) ? 1 : 0;
  const shown = mine
    .sort((one, other) => URGENT.indexOf(one.state) - URGENT.indexOf(other.state))
    .slice(0, AT_MOST);
  status(mine, nobodys);
  document.getElementById("counts").textContent = summary(mine);
  document.getElementById("items").replaceChildren(...shown.map(drawLine));
  document.getElementById("send").hidden = !mine.some(({ state }) => state === "waiting");
  const unsent = mine.some(({ state }) => state === "waiting" || state === "refused");
  document.getElementById("download").hidden = !unsent && !nobodys;
  strangers(nobodys + begunByNobody, others);
}

function status(mine, nobodys) {
  const { waiting, refused } = count(mine);
  const n = waiting + nobodys;
  const code = refused ? "asks" : n ? (sending ? "sends" : "waits") : "none";
  STANDING.dataset.standing = code;
  document.getElementById("standing-words").textContent =
    code === "none" ? word("none_waits") : counted(code, refused || n);
}

function summary(mine) {
  const counts = Object.entries(count(mine)).filter(([, n]) => n);
  return counts.length
    ? counts.map(([state, n]) => counted(`count.${state}`, n)).join(" · ")
    : word("nothing");
}

function strangers(nobodys, others) {
  if (others) notice("others", { words: counted("others", others) });
  else done("others");
  const take = () => claim(who.account).then(adopt);
  const mine = who.account && who.signedIn ? [button("claim", take)] : [];
  if (nobodys) notice("nobodys", { words: counted("nobodys", nobodys), acts: mine });
  else done("nobodys");
}

function drawLine(line) {
  const { top, photos } = line;
  const drawn = document.getElementById("line").content.firstElementChild.cloneNode(true);
  const state = [top, ...photos].some(({ id }) => id === sending) ? "sending" : line.state;
  drawn.dataset.state = state;
  drawn.dataset.id = top.id;
  drawn.querySelector(".item-words").textContent =
    top.body.text || top.body.reading || word(top.type, word("unnamed"));
  drawn.querySelector(".item-about").textContent = about(top, photos);
  drawn.querySelector(".item-state").textContent = word(`state.${state}`);
  drawn.querySelector(".item-why").textContent = why([top, ...photos]);
  drawn.querySelector(".acts").replaceChildren(...acts(line, state));
  return drawn;
}

function about(top, photos) {
  const kind = document.querySelector(`#kinds [value="${top.body.kind}"]`)?.parentElement.textContent;
  return [kind, when(top.made), photos.length && counted("photo_of", photos.length)]
    .filter(Boolean)
    .join(" · ");
}

function why(items) {
  const reasons = items.filter((one) => one.why).map((one) => word(`why.${one.why}`, word("why.refused")));
  if (items.some((one) => one.locationRemoved)) reasons.push(word("location"));
  return [...new Set(reasons)].join(" ");
}

function acts(line, state) {
  const { top, photos } = line;
  const all = [top, ...photos];
  const ids = all.map(({ id }) => id);
  const retry = async () => {
    for (const { id } of all.filter(isStuck)) await change(id, { state: "waiting", why: "" });
    tell({ again: ids });
  };
  if (state === "aside") {
    return [
      link("decide", top.see ?? "/meet/second-versions/"),
      button("remove", () => drop(ids), "button small quiet"),
    ];
  }
  if (state === "sent" || state === "sending") return [];
  const offered = [button("retry", retry, state === "waiting" ? "button small quiet" : "button small")];
  if (top.why === "not_ready") offered.push(link("open", `/meet/${top.body.encounter}/`));
  if (top.state === "refused" && top.type !== "encounter" && !hasWords()) {
    offered.push(button("back", () => takeBack(line).then(() => drop(ids))));
  }
  const stuck = top.state === "sent" ? photos.filter(isStuck).map(({ id }) => id) : ids;
  return [...offered, button("delete", () => ask(stuck), "button small quiet")];
}

function isStuck({ state }) {
  return state === "refused" || state === "waiting";
}

// Deleting asks first: what is here may be nowhere else.
function ask(ids) {
  const dialog = document.getElementById("ask");
  dialog.returnValue = "";
  dialog.onclose = () => dialog.returnValue === "yes" && drop(ids);
  dialog.showModal();
}
