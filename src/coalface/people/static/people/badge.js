// A badge's link carries its code behind the #, which is sent to nobody: it goes into the field and off the address.

const form = document.querySelector("[data-badge]");
const CODE = /\d{40}/;

function take(text) {
  const [code] = CODE.exec(text) ?? [];
  if (!code) return false;
  form.elements.badge.value = code;
  if ("alone" in form.dataset) form.requestSubmit();
  else form.elements.pin.focus();
  return true;
}

function fromAddress() {
  const { hash } = location;
  if (!hash) return;
  history.replaceState(null, "", location.pathname + location.search);
  take(hash);
}

// Only where the browser itself can read codes: nothing is loaded for it.
async function offerCamera() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  if (!formats.includes("qr_code") || !navigator.mediaDevices?.getUserMedia) return;
  const press = form.querySelector("[data-camera]");
  press.hidden = false;
  press.addEventListener("click", () => look(press));
}

async function look(press) {
  const finder = form.querySelector("[data-finder]");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    press.hidden = true;
    return;
  }
  finder.srcObject = stream;
  finder.hidden = false;
  await finder.play();
  await found(detector, finder);
  for (const track of stream.getTracks()) track.stop();
  finder.hidden = true;
}

async function found(detector, finder) {
  for (;;) {
    const codes = await detector.detect(finder);
    if (codes.some(({ rawValue }) => take(rawValue))) return;
    await new Promise((go) => setTimeout(go, 200));
  }
}

if (form) {
  fromAddress();
  addEventListener("hashchange", fromAddress);
  if ("alone" in form.dataset) form.elements.badge.focus();
  offerCamera();
}
