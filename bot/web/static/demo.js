// The demo's clock: its buttons, what comes next, and which phones are on the table.
const words = JSON.parse(document.body.dataset.words);
const $ = (id) => document.getElementById(id);
const buttons = [...document.querySelectorAll("[data-move]")];
const language = document.documentElement.lang;
const day = new Intl.DateTimeFormat(language, { timeZone: "UTC", year: "numeric", month: "long", day: "numeric", weekday: "long" });
const shortDay = new Intl.DateTimeFormat(language, { timeZone: "UTC", month: "short", day: "numeric", weekday: "short" });
let busy = false;
let pressed = null;

/** "2026-03-02T17:40:00+08:00" as it stands on the unit's wall, wherever this browser is. */
function onTheWall(text) {
  const [, date, hour] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text);
  return { date: new Date(`${date}T00:00:00Z`), name: date, hour };
}

function show(state) {
  const now = onTheWall(state.now);
  const next = state.next && onTheWall(state.next);
  $("hour").textContent = now.hour;
  $("hour").dateTime = state.now;
  $("day").textContent = day.format(now.date);
  $("mood").textContent = state.running ? words.is_running : words.stands_still;
  $("ahead").textContent = next
    ? `${next.name === now.name ? "" : `${shortDay.format(next.date)} `}${next.hour}`
    : words.nothing_next;
  $("run").dataset.move = state.running ? "stop" : "run";
  $("run").textContent = state.running ? words.stop : words.run;
  $("branches").replaceChildren(...state.branches.map(branch));
}

function branch({ name, state }) {
  const item = document.createElement("li");
  const word = document.createElement("small");
  item.className = state;
  word.textContent = words[`branch_${state}`] ?? state;
  item.append(name, " ", word);
  return item;
}

async function ask(address, options = {}) {
  const response = await fetch(address, { ...options, cache: "no-store" });
  const found = await response.json();
  if (!response.ok) throw new Error(found.error);
  return found;
}

async function refresh() {
  try {
    const state = await ask("/demo/state");
    if (busy) return;
    show(state);
    $("notice").textContent = "";
  } catch {
    $("notice").textContent = words.lost;
  }
}

async function move(step) {
  hold(true);
  const body = JSON.stringify({ move: step });
  try {
    show(await ask("/demo/clock", { method: "POST", headers: { "Content-Type": "application/json" }, body }));
    $("notice").textContent = "";
  } catch (error) {
    $("notice").textContent = error.message || words.lost;
  }
  hold(false);
  document.querySelectorAll("iframe").forEach((frame) => frame.contentWindow.postMessage("news", location.origin));
}

/** While the bot works the buttons rest; the one that was pressed gets the keyboard back. */
function hold(on) {
  if (on) pressed = document.activeElement;
  busy = on;
  buttons.forEach((button) => button.toggleAttribute("disabled", on));
  $("progress").hidden = !on;
  if (on) $("mood").textContent = words.moving;
  else if (buttons.includes(pressed)) pressed.focus();
}

function open(id) {
  document.querySelectorAll(".panel").forEach((panel) => panel.classList.toggle("open", panel.id === id));
  document.querySelectorAll("[data-opens]").forEach((tab) => {
    tab.setAttribute("aria-pressed", String(tab.dataset.opens === id));
  });
}

function change(select) {
  const panel = select.closest(".panel");
  const name = select.selectedOptions[0].dataset.name;
  const frame = panel.querySelector("iframe");
  frame.title = name;
  frame.contentWindow.location.replace(select.value);
  document.querySelector(`[data-opens="${panel.id}"]`).textContent = name;
}

async function watch() {
  for (;;) {
    if (!busy && !document.hidden) await refresh();
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

buttons.forEach((button) => button.addEventListener("click", () => move(button.dataset.move)));
document.querySelectorAll("[data-opens]").forEach((tab) => tab.addEventListener("click", () => open(tab.dataset.opens)));
document.querySelectorAll("select").forEach((select) => {
  select.addEventListener("change", () => change(select));
});
watch();
