// Before signing out: whoever leaves notes on this phone is asked first. Names and places go, the notes stay.

const dialog = document.getElementById("leaving");

// Signing out itself is never in the way of what can be read on this device.
async function leave(event) {
  const form = event.target;
  if (!form.matches("[data-sign-out]") || form.dataset.asked) return;
  event.preventDefault();
  form.dataset.asked = "yes";
  let goes = true;
  try {
    goes = await mayGo();
  } finally {
    if (goes) form.requestSubmit();
    delete form.dataset.asked;
  }
}

async function mayGo() {
  const { everything, fact, forget, isUnsent } = await import("./store.js");
  const account = (await signedIn()) ?? (await fact("account"));
  if (!account) return true;
  const left = (await everything()).some((one) => one.account === account && isUnsent(one));
  if (left && !(await agreed())) return false;
  await forget(account);
  return true;
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
