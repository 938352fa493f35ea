// A receipt's code carries number and secret behind the #, which no server sees: they are filled in here.
const [number, secret] = location.hash.slice(1).split(".");
if (number && secret) {
  document.querySelector("[name=number]").value = number;
  document.querySelector("[name=secret]").value = secret;
  history.replaceState(null, "", location.pathname + location.search);
}
