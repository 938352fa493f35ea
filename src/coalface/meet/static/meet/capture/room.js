// Whether there is room for one more letter.

import { done } from "./notices.js";
import { isFull } from "./store.js";

// A full phone is said at once; the words stay in the field.
export async function safely(write) {
  try {
    const answer = (await write()) ?? true;
    done("full");
    return answer;
  } catch (error) {
    if (!isFull(error)) throw error;
    document.dispatchEvent(new Event("full"));
    return undefined;
  }
}
