// How far a list is, looked at every second and a half; when it has arrived the page is loaded anew.
const EVERY = 1_500;

async function look() {
  const here = document.querySelector("[data-progress]");
  if (!here) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
    if (!there || there.dataset.state !== here.dataset.state) {
      location.reload();
      return;
    }
    here.replaceWith(document.adoptNode(there));
  } catch {
    // without a connection the next look may have one
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
