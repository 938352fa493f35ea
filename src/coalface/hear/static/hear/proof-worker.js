// Looks for the number that, behind the token, gives a digest beginning with enough zeros.
const AT_ONCE = 512;
const bytes = new TextEncoder();

async function zeros(text) {
  const digest = await crypto.subtle.digest("SHA-256", bytes.encode(text));
  return Math.clz32(new DataView(digest).getUint32(0));
}

onmessage = async ({ data: { token, bits } }) => {
  for (let first = 1; ; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, step) => first + step);
    const found = await Promise.all(numbers.map((number) => zeros(`${token}.${number}`)));
    const place = found.findIndex((count) => count >= bits);
    if (place >= 0) {
      postMessage(String(numbers[place]));
      return;
    }
  }
};
