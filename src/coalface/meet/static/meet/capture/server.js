// The way to the server: an answer that is not its own JSON counts as no answer at all.

export const SCHEMA = 1;
const LONGEST = 60_000;

export class Unreachable extends Error {}

export async function call(method, address, { csrf = "", body, headers = {} } = {}) {
  let answer;
  let said;
  try {
    answer = await fetch(address, {
      method,
      body,
      headers: { Accept: "application/json", ...(csrf && { "X-CSRFToken": csrf }), ...headers },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(LONGEST),
    });
    said = isJson(answer) ? await answer.json() : null;
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (said === null && answer.status < 500 && answer.status !== 413)
    throw new Unreachable(`${answer.status}`);
  return { status: answer.status, code: said?.code ?? "", said: said ?? {} };
}

export function put(address, csrf, given) {
  const headers = { "Content-Type": "application/json" };
  return call("PUT", address, { csrf, headers, body: JSON.stringify({ schema: SCHEMA, ...given }) });
}

// Who is signed in, and the key for writing: asked anew before every round.
export async function session() {
  const { status, said } = await call("GET", "/api/session");
  if (status !== 200 || typeof said.signed_in !== "boolean") throw new Unreachable(`${status}`);
  return said;
}

function isJson(answer) {
  return (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
}
