// Drawing one line of a chat: text as text, links only for http and https, hours in the unit's own time zone.
const { zone, words: packed, me } = document.body.dataset;
export const words = JSON.parse(packed);

const language = document.documentElement.lang;
const form = (options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
const hour = form({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = form({ month: "long", day: "numeric", weekday: "long" });
const dayOfYear = form({ year: "numeric", month: "long", day: "numeric", weekday: "long" });
const year = form({ year: "numeric" });
const ADDRESS = /https?:\/\/[^\s<>"'“”‘’，。；、！？（）【】《》]+/g;

export function make(tag, classes = "", text = "") {
  const element = document.createElement(tag);
  element.className = classes;
  element.textContent = text;
  return element;
}

/** The separator above the first line of a day; the year is named only where it changes. */
export function separator(at, before) {
  const now = new Date(at);
  const then = before && new Date(before);
  if (then && dayOfYear.format(then) === dayOfYear.format(now)) return null;
  const changed = then && year.format(then) !== year.format(now);
  return make("li", "date", (changed ? dayOfYear : day).format(now));
}

/** A bubble; `at` is missing while the line is not yet kept by the bot. */
export function drawn(sender, text, at) {
  const mine = sender === me;
  const line = make("li", mine ? "line me" : "line bot");
  const bubble = make("div", "bubble");
  const said = make("p", "text");
  said.append(...pieces(text));
  bubble.append(make("span", "speaker", `${mine ? words.me : words.bot}: `), said);
  if (at) {
    const when = make("time", "", hour.format(new Date(at)));
    when.dateTime = at;
    bubble.append(when);
  }
  line.append(bubble);
  return line;
}

function pieces(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    const link = anchor(address);
    if (!link) continue;
    found.push(text.slice(from, match.index), link);
    from = match.index + address.length;
  }
  return [...found, text.slice(from)];
}

function anchor(address) {
  let parsed;
  try {
    parsed = new URL(address);
  } catch {
    return null;
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return null;
  const link = make("a", "", address);
  link.href = parsed.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow";
  return link;
}
