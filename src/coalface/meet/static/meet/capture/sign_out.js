// Before signing out: whoever leaves notes on this phone is asked first. Names and places go, the notes stay.

const dialog = document.getElementById("leaving");

async function leave(event) {
  const form = event.target;
  if (!form.matches("[data-sign-out]") || form.dataset.asked) return;
  event.preventDefault();
  form.dataset.asked = "yes";
  const { everything, fact, forget, isUnsent } = await import("./store.js");
  const account = (await signedIn()) ?? (await fact("account")) ?? null;
  const waiting = (await everything()).filter((one) => one.account === account && isUnsent(one));
  if (account && waiting.length && !(await agreed())) {
    delete form.dataset.asked;
    return;
  }
  if (account) await forget(account);
  form.requestSubmit();
}

async function signedIn() {
  try {
    const answer = await fetch("/api/session", { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).account : undefined;
  } catch {
    return undefined;
  }
}

function agreed() {
  return new Promise((answer) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
}

addEventListener("submit", leave);
