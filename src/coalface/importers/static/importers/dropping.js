// A file dropped anywhere on the page is the file that is meant.
const field = document.querySelector("[data-drop]");
const page = document.documentElement;

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("dragover", (event) => {
  if (!field || !holdsFiles(event)) return;
  event.preventDefault();
  page.classList.add("dropping");
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) page.classList.remove("dropping");
});

document.addEventListener("drop", (event) => {
  page.classList.remove("dropping");
  if (!field || !holdsFiles(event)) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
