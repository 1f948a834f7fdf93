// Talking to the bot: bounded waits, and an error that carries the sentence to show.
const url = document.body.dataset.url;

export class Trouble extends Error {
  /** `final`: asking again will not help (the link is over, the person has left). */
  constructor(sentence, final = false) {
    super(sentence);
    this.final = final;
  }
}

let long = null;

/** End the long question that is out, if one is: the line has changed under it. */
export function breakOff() {
  const was = long;
  long?.abort();
  return was !== null;
}

async function ask(address, seconds, options = {}, limit = new AbortController()) {
  const timer = setTimeout(() => limit.abort(), seconds * 1000);
  try {
    const response = await fetch(address, { ...options, cache: "no-store", signal: limit.signal });
    const found = await response.json().catch(() => null);
    if (response.ok && found) return found;
    throw new Trouble(found?.error ?? "", response.status === 403 || response.status === 404);
  } finally {
    clearTimeout(timer);
  }
}

export async function linesAfter(after, wait) {
  const limit = new AbortController();
  if (wait) long = limit;
  try {
    return await ask(`${url}?${new URLSearchParams({ after, wait })}`, wait + 15, {}, limit);
  } finally {
    if (long === limit) long = null;
  }
}

export async function post(text, key) {
  const body = JSON.stringify({ text, key });
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body };
  return (await ask(url, 30, options)).answer;
}

/** The page's own name for a message: the same for each try, so that it is heard once. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

let wake = () => {};
export const wakeUp = () => wake();

/** Wait, but no longer than until something says that there may be news. */
export function rest(seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
