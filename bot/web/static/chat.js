// The chat page: what is typed shows at once, what the bot says arrives without a reload.
import { drawn, make, separator, words } from "./lines.js";
import { breakOff, linesAfter, newKey, post, rest, Trouble, wakeUp } from "./wire.js";

const WAIT = 25;
// Phones framed side by side ask often instead of waiting long: a browser holds only six connections to one place.
const FRAMED_PAUSE = 1.5;
const framed = window !== window.top;
const $ = (id) => document.getElementById(id);
const [scroll, said, pendingList, empty, newer, notice] = ["scroll", "said", "pending", "empty", "newer", "notice"].map($);
const [composer, textarea] = ["composer", "text"].map($);
const me = document.body.dataset.me;
const seen = new Set();
const pending = [];
const heard = [];
let last = { id: "", at: "", sender: "" };
let mineShown = 0;
let atEnd = true;

const plain = (text) => text.replace(/\r\n?/g, "\n").trim();
const near = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  newer.hidden = true;
}

function settleView(stay) {
  empty.hidden = said.childElementCount + pendingList.childElementCount > 0;
  if (stay) toEnd();
}

function show(line, fresh) {
  if (seen.has(line.id)) return false;
  seen.add(line.id);
  const waiting = pending.find((each) => each.sender === line.from && plain(each.text) === plain(line.text));
  if (waiting) drop(waiting);
  if (line.from === me) mineShown += waiting ? 0 : 1;
  const date = separator(line.at, last.at);
  if (date) said.append(date);
  const element = drawn(line.from, line.text, line.at);
  element.classList.toggle("turn", Boolean(date) || last.sender !== line.from);
  element.classList.toggle("fresh", fresh && !waiting);
  said.append(element);
  if (line.from !== me) heard.push({ text: plain(line.text), element });
  last = { id: line.id > last.id ? line.id : last.id, at: line.at, sender: line.from };
  return true;
}

async function pull(wait) {
  const first = seen.size === 0;
  const lines = await linesAfter(last.id, wait);
  const stay = first || near();
  const news = lines.filter((line) => show(line, !first)).length;
  settleView(stay);
  if (news && !stay) newer.hidden = false;
  scroll.setAttribute("aria-busy", "false");
  return news;
}

function drop(waiting, wholly = true) {
  waiting.kept = true;
  if (wholly) waiting.element.remove();
  pending.splice(pending.indexOf(waiting), 1);
}

function hold(sender, text) {
  const waiting = { sender, text, key: newKey(), kept: false, element: drawn(sender, text) };
  waiting.element.classList.add("turn");
  pending.push(waiting);
  pendingList.append(waiting.element);
  settleView(true);
  return waiting;
}

function fate(waiting, state, sentence, label, act) {
  waiting.element.classList.remove("sending", "sent", "failed", "gone");
  waiting.element.classList.add(state);
  waiting.element.querySelector(".fate")?.remove();
  if (!sentence) return;
  const note = make("div", "fate", sentence);
  const button = make("button", "", label);
  button.type = "button";
  button.addEventListener("click", act);
  note.append(button);
  waiting.element.append(note);
  settleView(true);
}

let queue = Promise.resolve();
function send(text) {
  const waiting = hold(me, text);
  const go = () => {
    fate(waiting, "sending");
    queue = queue.then(() => deliver(waiting, go));
  };
  go();
}

async function deliver(waiting, again) {
  const [mark, mineBefore] = [heard.length, mineShown];
  let answer;
  try {
    answer = await post(waiting.text, waiting.key);
  } catch (error) {
    if (waiting.kept) return;
    const why = error instanceof Trouble && error.message ? error.message : words.not_sent;
    fate(waiting, "failed", why, words.resend, again);
    return;
  }
  const known = await pull(0).then(() => true, () => false);
  const since = heard.slice(mark);
  if (!waiting.kept) said.insertBefore(waiting.element, since[0]?.element ?? null);
  since[0]?.element.classList.add("turn");
  if (answer && !since.some((each) => each.text === plain(answer))) said.append(hold("bot", answer).element);
  if (known && !waiting.kept) forget(waiting, mineShown > mineBefore);
  else fate(waiting, "sent");
  settleView(true);
}

/** The bot heard it but did not keep it (the secrecy gate, a text too long): no trace stays on the page either. */
function forget(waiting, shownOtherwise) {
  const text = waiting.text;
  drop(waiting, shownOtherwise);
  if (shownOtherwise) return;
  waiting.element.querySelector(".text").textContent = words.not_kept;
  fate(waiting, "gone", " ", words.reword, () => {
    waiting.element.remove();
    textarea.value = text;
    grow();
    textarea.focus();
  });
}

let again = false;
/** Something changed (the line, the window, the demo's clock): ask anew instead of waiting on. */
function askAnew() {
  again = breakOff();
  wakeUp();
}

async function live() {
  for (let [wait, pause] = [0, 1]; ; ) {
    while (document.hidden) await rest(60);
    const began = performance.now();
    try {
      const news = await pull(wait);
      const early = wait && !news && performance.now() - began < 1000;
      notice.textContent = "";
      [wait, pause] = [framed ? 0 : WAIT, 1];
      if (framed) await rest(FRAMED_PAUSE);
      else if (early) await rest(1);
    } catch (error) {
      if (again) {
        [again, wait] = [false, 0];
        continue;
      }
      notice.textContent = (error instanceof Trouble && error.message) || words.lost;
      if (error instanceof Trouble && error.final) return;
      await rest(pause);
      [wait, pause] = [0, Math.min(30, pause * 2)];
    }
  }
}

function grow() {
  textarea.style.height = "auto";
  textarea.style.height = `${textarea.scrollHeight + 2}px`;
}

function submit() {
  const text = textarea.value.trim();
  if (!text) return;
  textarea.value = "";
  grow();
  send(text);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
textarea.addEventListener("input", grow);
textarea.addEventListener("keydown", (event) => {
  // keyCode 229: Safari ends a composition before the Enter that chose the word
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
document.querySelectorAll("[data-says]").forEach((button) => {
  button.addEventListener("click", () => send(button.dataset.says));
});
newer.addEventListener("click", toEnd);
scroll.addEventListener("scroll", () => {
  atEnd = near();
  if (atEnd) newer.hidden = true;
}, { passive: true });
new ResizeObserver(() => settleView(atEnd)).observe(scroll);
window.addEventListener("online", askAnew);
window.addEventListener("offline", askAnew);
document.addEventListener("visibilitychange", askAnew);
window.addEventListener("message", (event) => {
  if (event.origin === location.origin && event.data === "news") askAnew();
});

document.body.classList.toggle("framed", framed);
if (!framed && matchMedia("(pointer: fine)").matches) textarea.focus();
live();
