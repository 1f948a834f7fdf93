// The client of a WeCom member in a browser: it reads /control/… every second and does what the member taps.
const EN = !navigator.language.startsWith("zh");
const WORDS = {
  title: ["企业微信模拟器", "WeCom simulator"], send: ["发送", "Send"], app: ["应用", "App"],
  voice: ["语音", "Voice"], image: ["图片", "Picture"], enter_agent: ["进入应用", "Open the app"],
  subscribe: ["加入可见范围", "Join the visible range"], unsubscribe: ["离开可见范围", "Leave the visible range"],
  write: ["发消息", "Write a message"], plugin: ["微信插件", "WeChat plugin"],
  next: ["下一件事", "Next event"], hour: ["+1 小时", "+1 hour"], day: ["+1 天", "+1 day"],
  reset: ["断线一次", "Cut one call"], rate: ["限流一次", "Rate limit"], revoke: ["令牌失效", "Revoke token"],
  to_wechat: ["改在微信里看", "Read in WeChat"], to_wecom: ["改在企业微信里看", "Read in WeCom"],
  lost: ["机器人没有应答", "The bot did not answer"], odd: ["应答未显示", "Its answer was not shown"],
};
const say = (key) => WORDS[key][EN ? 1 : 0];
const $ = (id) => document.getElementById(id);
const all = { state: null, lines: [], userid: "", chat: "", read: {}, shown: "" };

function make(tag, text = "", props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  if (text) node.textContent = text;
  node.append(...children);
  return node;
}

async function get(path) {
  return (await fetch(`/control/${path}`)).json();
}

async function act(deed, body) {
  $("trouble").textContent = "";
  const answer = await fetch(`/control/${deed}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const done = await answer.json();
  if (done.wrong) $("trouble").textContent = done.wrong;
  else if (!done.statuses) ; // the clock or a switch: nobody was spoken to
  else if (done.statuses.at(-1) !== 200) $("trouble").textContent = `${say("lost")}（${done.statuses.join(", ")}）`;
  else if (done.trouble) $("trouble").textContent = `${say("odd")}: ${done.trouble}`;
  await refresh();
}

async function choose(userid) {
  Object.assign(all, { userid, chat: "", lines: [], shown: "" });
  await refresh();
}

async function refresh() {
  all.state = await get("state");
  if (!all.userid && all.state.members.length) all.userid = all.state.members[0].userid;
  if (all.userid) {
    const asked = all.userid;
    const more = await get(`lines/${encodeURIComponent(asked)}?after=${all.lines.at(-1)?.number ?? 0}`);
    if (asked !== all.userid) return;
    const last = all.lines.at(-1)?.number ?? 0;
    all.lines.push(...more.filter((line) => line.number > last));
    all.read[all.userid] = all.lines.at(-1)?.number ?? 0;
  }
  draw();
}

function draw() {
  $("clock").hidden = !all.state.clock;
  $("now").textContent = new Date(all.state.now).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" });
  const now = JSON.stringify([{ ...all.state, now: "" }, all.lines.length, all.userid, all.chat]);
  if (now === all.shown) return;
  const lines = $("lines");
  const following = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80 || all.shown === "";
  all.shown = now;
  $("members").replaceChildren(...all.state.members.map(member));
  $("chats").replaceChildren(...chats().map(tab));
  const seen = all.lines.filter((line) => line.chat === all.chat && line.kind !== "card_update");
  lines.replaceChildren(...seen.map(bubble));
  $("write").hidden = all.chat !== "";
  if (following) lines.scrollTop = lines.scrollHeight;
}

function here() {
  return all.state?.members.find((one) => one.userid === all.userid);
}

function member(one) {
  const here = one.userid === all.userid;
  const fresh = (all.state.last[one.userid.toLowerCase()] ?? 0) > (all.read[one.userid] ?? 0);
  const note = make("small", one.plugin ? say("plugin") : one.userid);
  return make("button", "", { className: fresh && !here ? "new" : "", ariaCurrent: String(here), onclick: () => choose(one.userid) },
    make("span", one.name || one.userid), note);
}

function chats() {
  const ids = [...new Set(all.lines.map((line) => line.chat))].filter(Boolean);
  const names = Object.fromEntries(all.state.chats.map((chat) => [chat.chatid, chat.name]));
  return [["", all.state.app || say("app")], ...ids.map((id) => [id, names[id] ?? id])];
}

function tab([id, name]) {
  const pick = () => { all.chat = id; all.shown = ""; draw(); };
  return make("button", name, { role: "tab", ariaSelected: String(id === all.chat), onclick: pick });
}

function bubble(line) {
  const mine = line.sender !== "app";
  const carded = line.kind === "template_card" || line.kind === "textcard";
  const body = carded ? card(line) : make("div", line.text + (line.cut ? " ✂" : ""), { className: "bubble" });
  return make("li", "", { className: mine ? "mine" : "" }, body);
}

function card(line) {
  if (line.kind === "textcard") {
    const [title, ...rest] = line.text.split("\n");
    return make("article", "", { className: "bubble card" }, make("h2", title), make("p", rest.join("\n")));
  }
  const held = all.state.cards.find((one) => one.userid === all.userid.toLowerCase() && one.task_id === line.task_id);
  const shown = held?.card ?? line.card;
  const box = make("article", "", { className: "bubble card" });
  if (shown.main_title?.title) box.append(make("h2", shown.main_title.title));
  for (const text of [shown.main_title?.desc, shown.sub_title_text]) if (text) box.append(make("p", text));
  const rows = (shown.horizontal_content_list ?? []).flatMap((row) => [make("dt", row.keyname), make("dd", row.value ?? "")]);
  if (rows.length) box.append(make("dl", "", {}, ...rows));
  const asked = questions(shown);
  asked.forEach((question) => box.append(question.node));
  if (shown.replace_text) {
    box.append(make("button", shown.replace_text, { disabled: true }));
    return box;
  }
  for (const one of [...(shown.button_list ?? []), shown.submit_button].filter(Boolean)) {
    box.append(make("button", one.text, { onclick: () => tap(line.task_id, one.key, asked), disabled: !held?.keys.includes(one.key) }));
  }
  return box;
}

function questions(shown) {
  const chosen = [shown.button_selection, ...(shown.select_list ?? [])].filter(Boolean).map((question) => {
    const options = question.option_list.map((one) => make("option", one.text, { value: one.id }));
    const node = make("select", "", { ariaLabel: question.title ?? question.question_key }, ...options);
    return { key: question.question_key, node, ids: () => [node.value] };
  });
  if (!shown.checkbox) return chosen;
  const type = shown.checkbox.mode === 1 ? "checkbox" : "radio";
  const name = `q-${shown.task_id}`;
  const boxes = shown.checkbox.option_list.map((one) => make("input", "", { type, name, value: one.id, checked: !!one.is_checked }));
  const labels = shown.checkbox.option_list.map((one, at) => make("label", "", {}, boxes[at], one.text));
  const ids = () => boxes.filter((one) => one.checked).map((one) => one.value);
  return [...chosen, { key: shown.checkbox.question_key, node: make("div", "", {}, ...labels), ids }];
}

function tap(task_id, key, asked) {
  const selected = Object.fromEntries(asked.map((question) => [question.key, question.ids()]));
  act("tap", { userid: all.userid, task_id, key, selected });
}

function start() {
  document.querySelectorAll("[data-say]").forEach((node) => { node.textContent = say(node.dataset.say); });
  document.title = say("title");
  $("text").placeholder = say("write");
  $("text").ariaLabel = say("write");
  for (const kind of ["voice", "image", "enter_agent", "subscribe", "unsubscribe"]) {
    const deed = () => { $("more").open = false; act("send", { userid: all.userid, kind }); };
    $("deeds").append(make("button", say(kind), { type: "button", onclick: deed }));
  }
  const plugin = make("button", say("to_wechat"), { type: "button", onclick: () => {
    $("more").open = false;
    act("plugin", { userid: all.userid, on: !here().plugin });
  } });
  $("more").ontoggle = () => { plugin.textContent = say(here()?.plugin ? "to_wecom" : "to_wechat"); };
  $("deeds").append(plugin);
  for (const step of ["next", "hour", "day"]) {
    $("clock").append(make("button", say(step), { type: "button", onclick: () => act("move", { step }) }));
  }
  for (const [kind, path] of [["reset", "message/send"], ["rate", "message/send"], ["revoke", "message/send"]]) {
    const order = () => act("fault", { kind, path, accepted: kind === "reset" });
    $("clock").append(make("button", say(kind), { type: "button", className: "fault", onclick: order }));
  }
  $("write").onsubmit = (event) => {
    event.preventDefault();
    const text = $("text").value.trim();
    $("text").value = "";
    if (text) act("say", { userid: all.userid, text });
  };
  $("text").onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("write").requestSubmit();
    }
  };
  refresh();
  setInterval(() => refresh().catch(() => {}), 1000);
}

start();
