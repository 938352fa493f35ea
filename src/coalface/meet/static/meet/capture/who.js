// Whose phone this is, as far as it knows: the account last seen here and what that person may choose from.

import { fact } from "./store.js";

export const who = { account: null, context: null, signedIn: undefined };

export async function recall() {
  who.account = (await fact("account")) ?? null;
  who.context = who.account ? ((await fact(`context:${who.account}`)) ?? null) : null;
}

// The server has said who is signed in.
export function met(said) {
  who.signedIn = said.signed_in;
  if (!said.signed_in) return false;
  const other = who.account !== said.account;
  who.account = said.account;
  who.context = said;
  return other;
}

export function left() {
  who.account = null;
  who.context = null;
}
