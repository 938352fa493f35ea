// When very many send at once a little work of this device shows that a person is waiting; then the form sends itself.
const form = document.querySelector("form[data-token]");
const words = form.querySelector("[data-working]");

// without HTTPS the browser has no digests: then the wait that the page asks for does the same
if (crypto.subtle) {
  words.textContent = words.dataset.working;
  const worker = new Worker(form.dataset.worker, { type: "module" });
  worker.onmessage = ({ data }) => {
    form.elements.number.value = data;
    form.requestSubmit();
  };
  worker.postMessage({ token: form.dataset.token, bits: Number(form.dataset.bits) });
}
