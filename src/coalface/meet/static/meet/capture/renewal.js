// The worker that keeps this page on the phone, and newer versions of it.

import { notice } from "./notices.js";
import { button } from "./words.js";

export async function install() {
  if (!("serviceWorker" in navigator)) return;
  const renewed = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => renewed && offer());
  await navigator.serviceWorker.register("/meet/capture/worker.js", {
    scope: "/meet/capture/",
    updateViaCache: "none",
  });
  await navigator.storage?.persist?.();
}

function offer() {
  const renew = button("renew", () => location.reload());
  notice("renewed", { acts: [renew] });
}

export async function fetchNewer() {
  const registration = await navigator.serviceWorker?.getRegistration("/meet/capture/");
  await registration?.update().catch(() => undefined);
}
