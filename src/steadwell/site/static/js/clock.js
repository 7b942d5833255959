// The clock of a chart. The server's time decides; this says only that somebody is at work, and when:
// seconds since an answer of the server, by a counter nobody can set, added to the time in that answer.
const BEAT = 15000, GRAIN = 5, MOST_MARKS = 1000, KEEP = 4 * 3600, DRIFT = 3000, STEPS = [20, 40, 60];
const panel = document.querySelector("[data-clock]");
const ask = document.querySelector("[data-clock-ask]");
const news = document.querySelector("[data-clock-news]");
const draft = document.querySelector("form[data-draft]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const tab = Math.random().toString(36).slice(2) + Date.now().toString(36);
const shelf = `steadwell.clock.${panel?.dataset.person}.`;

let number = 0, beats = 0, shownAt = performance.now(), opening = false, dirty = false, typedAt = -9e9;
let resting = panel?.dataset.rest === "1", lost = false, anchor = null, last = 0, marks = [], older = [];
const now = { state: "never", clock: "", seconds: 0, minutes: 0, idle: 120, over: 600 };

const find = (name) => panel.querySelector(`[data-${name}]`);
const form = (act) => panel.querySelector(`[data-act=${act}]`);
const say = (text) => { if (news) news.textContent = text; };
const skew = () => Date.now() - performance.now();
const set = (server) => { anchor = { server, mono: performance.now(), skew: skew() }; };
// Server seconds; not known after a sleep or a change of this computer's clock, until the next answer.
function second() {
  if (anchor && Math.abs(skew() - anchor.skew) > DRIFT) { anchor = null; beat(); }
  return anchor && Math.floor((anchor.server + performance.now() - anchor.mono) / 1000);
}
const at = (moment) => new Date(moment * 1000).toLocaleTimeString([], { hour: "numeric", minute: "2-digit", timeZone: panel.dataset.zone });

function elapsed() {
  const seconds = now.seconds + (now.state === "running" ? Math.floor((performance.now() - shownAt) / 1000) : 0);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function show() {
  find("time").textContent = elapsed();
  for (const goes of document.querySelectorAll("[data-goes]")) {
    goes.textContent = now.state === "running" ? `${elapsed()} goes to ${now.says}` : "The clock is not running";
  }
}

// Unsent signs of work outlive the page and the browser: times and the run's number, nothing of a patient.
function store() {
  const kept = [...older, { run: now.clock, url: ask.dataset.beat, marks }].filter((one) => one.run && one.marks.length);
  try {
    if (kept.length) localStorage.setItem(shelf + tab, JSON.stringify(kept));
    else localStorage.removeItem(shelf + tab);
  } catch { /* full or forbidden: the page still holds them */ }
}

function unshelve() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(shelf))) {
      older.push(...JSON.parse(localStorage.getItem(key)));
      localStorage.removeItem(key);
    }
  } catch { /* nothing can be read */ }
  store();
}

function apply(answer) {
  if (answer.now) set(answer.now);
  const step = STEPS.find((one) => now.minutes < one && answer.minutes >= one);
  if (step && now.clock === answer.clock) say(`${step} minutes this month.`);
  if (answer.clock !== undefined && now.clock && answer.clock !== now.clock) {
    if (marks.length) older.push({ run: now.clock, url: ask.dataset.beat, marks });
    marks = [];
  }
  Object.assign(now, answer);
  shownAt = performance.now();
  if (now.state === "running" && anchor) last = Math.max(last, second() - now.silent);
  if (now.state !== "running") ask.hidden = true;
  const focused = panel.contains(document.activeElement) && document.activeElement.closest("[data-act]");
  const going = now.state === "running", paused = now.state === "paused";
  form("open").hidden = going || paused;
  form("pause").hidden = !going;
  form("resume").hidden = !paused;
  form("stop").hidden = !going && !paused;
  if (focused?.hidden) panel.querySelector("[data-act]:not([hidden], [data-act=stop]) button")?.focus();
  find("dot").hidden = !going;
  find("says").textContent = now.says;
  find("minutes").textContent = now.minutes;
  if (answer.bar) find("bar").innerHTML = answer.bar;
  for (const name of ["activity", "program"]) {
    const select = find("switch")[name];
    if (going && answer[name] && select && document.activeElement !== select) select.value = answer[name];
  }
  for (const one of panel.querySelectorAll("[name=quiet]")) one.ariaPressed = String(going && now.quiet === one.value);
  if (answer.refusal) say(answer.refusal);
  store();
  show();
}

async function send(url, fields, evidence) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST", keepalive: true, redirect: "manual", credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": token, "X-Steadwell-Evidence": evidence ? "1" : "0" },
      body: fields instanceof FormData ? fields : new URLSearchParams(fields),
    });
  } catch {
    response = null;
  }
  if (!response || response.status >= 500) {
    if (!lost) say("The connection is lost. What you type stays on this page and the clock keeps your time. Keep working.");
    lost = true;
    return null;
  }
  if (lost) say("The connection is back. Your time of meanwhile is sent.");
  lost = false;
  if (response.type === "opaqueredirect" || response.status === 401) {
    resting = true;
    apply({ state: "off", clock: "", seconds: 0, says: "Signed out" });
    say("You were signed out. Your time up to your last sign of work is kept, and so is your draft.");
    return null;
  }
  return response.headers.get("Content-Type")?.startsWith("application/json") ? response.json() : {};
}

async function act(url, fields, evidence = true) {
  const answer = await send(url, { key: `${tab}:${++number}`, ...fields }, evidence);
  if (answer?.state) apply(answer);
  return answer;
}

const written = (some) => some.map(([moment, kind]) => moment + kind).join(",");

async function open() {
  if (opening) return;
  opening = true;
  await flush();
  const sent = marks;
  const answer = await act(form("open").action, lost || sent.length > 1 ? { marks: written(sent) } : {});
  if (answer) marks = marks.filter((one) => !sent.includes(one));
  opening = false;
}

// Runs that ended while the line was down; whatever the server makes of them, it has heard them.
async function flush() {
  while (older.length) {
    const [one] = older;
    if (await send(one.url, { clock: one.run, marks: written(one.marks) }, false) === null) return;
    older = older.filter((other) => other !== one);
    store();
  }
}

async function beat(kept = "") {
  save();
  if (!resting && lost && now.state === "off" && marks.length) open();
  if (now.state !== "running") return void flush();
  const sent = marks, before = last, run = now.clock;
  const answer = await act(ask.dataset.beat, { clock: run, marks: written(sent), kept, shown: now.minutes, brief: ++beats % 4 && !kept ? 1 : "" }, sent.length > 0 || kept);
  if (!answer) return;
  marks = marks.filter((one) => !sent.includes(one));
  older = older.filter((one) => !(one.run === run && one.marks.every((mark) => sent.includes(mark))));
  store();
  flush();
  if (answer.state === "off" && !lost) say(`The clock stopped at ${at(before)}: there was no sign of work after that.`);
}

async function save() {
  if (!draft || !dirty) return;
  dirty = false;
  const answer = await send(draft.dataset.draft, new FormData(draft), true);
  if (!answer) dirty = true;
  else if (answer.saved) document.querySelector("[data-saved]").textContent = answer.saved;
}

function work(event) {
  if (!event.isTrusted || event.target.closest?.("[data-clock-ask], [data-act]")) return;
  if (event.type === "keydown" || event.inputType === "insertFromPaste") typedAt = performance.now();
  const kind = event.type === "input" && performance.now() - typedAt > 1000 && event.inputType ? "d" : "i";
  const moment = second();
  const starts = panel.dataset.mode === "automatic" && !resting && (now.state === "off" || now.state === "elsewhere");
  if (now.state !== "running" && (!starts || event.type === "scroll")) return; // a page may scroll by itself
  if (moment === null) return void (starts && open());
  if (!ask.hidden) {
    ask.hidden = true;
    say(`${at(last)} to ${at(moment)} does not count. If it was work, enter it on the Time page.`);
  }
  const grain = marks.length > 200 ? 15 : GRAIN;
  if (marks.length > 1 && moment - marks.at(-2)[0] < grain && marks.at(-1)[1] === kind) marks[marks.length - 1] = [moment, kind];
  else marks.push([moment, kind]);
  if (marks.length > MOST_MARKS || moment - marks[0][0] > KEEP) marks.shift();
  last = moment;
  if (starts) open();
  store();
}

function listen() {
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove", "scroll"]) {
    document.addEventListener(kind, work, { passive: true, capture: true });
  }
  for (const one of panel.querySelectorAll("[data-act]")) {
    one.addEventListener("submit", async (event) => {
      event.preventDefault();
      resting = one.dataset.act === "stop";
      // The last signs of work first; sent side by side, the older answer could come in last.
      if (one.dataset.act !== "resume" && one.dataset.act !== "open") await beat();
      act(one.action, {});
    });
  }
  const change = (quiet = "", activity = find("switch").activity.value) => {
    resting = false;
    act(find("switch").action, { activity, program: find("switch").program?.value ?? "ccm", quiet });
  };
  find("switch").addEventListener("change", () => change());
  for (const one of [find("switch"), find("ways")]) {
    one.addEventListener("submit", (event) => {
      event.preventDefault();
      const quiet = event.submitter?.value ?? "";
      change(quiet === now.quiet ? "" : quiet);
      document.getElementById("clock-ways").hidePopover();
    });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href^='tel:']")) change("", "phone_call");
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const press = { r: "[value=reading]", d: "[value=desk_phone]", h: "[data-household] button", p: "[data-act=pause]:not([hidden]) button, [data-act=resume]:not([hidden]) button, [data-act=open]:not([hidden]) button" }[event.key];
    if (press) panel.querySelector(press)?.click();
  });
  ask.querySelector("[data-yes]").addEventListener("click", () => {
    ask.hidden = true;
    last = second() ?? last;
    beat(ask.querySelector("[data-kept]").value);
  });
  ask.querySelector("[data-no]").addEventListener("click", () => {
    marks = [];
    act(form("stop").action, { unworked: 1 });
  });
  draft?.addEventListener("input", () => { dirty = true; });
  setInterval(beat, BEAT, "");
  setInterval(() => {
    show();
    const silence = now.state === "running" && anchor ? second() - last : 0;
    if (silence > now.over && lost) apply({ state: "off", clock: "", seconds: 0, says: "Off" });
    else if (silence > now.idle && ask.hidden) {
      ask.querySelector("[data-since]").textContent = at(last);
      ask.hidden = false;
    }
  }, 1000);
  addEventListener("pagehide", () => beat());
  addEventListener("online", () => beat());
}

if (panel && ask && panel.dataset.mode !== "never") {
  const { state, id, seconds, idle, over, quiet, now: stamp, silent } = panel.dataset;
  set(Number(stamp));
  Object.assign(now, {
    state, clock: id, seconds: Number(seconds), idle: Number(idle), over: Number(over), quiet,
    minutes: Number(find("minutes").textContent), says: find("says").textContent,
  });
  last = second() - Number(silent);
  unshelve();
  listen();
  flush();
  show();
} else {
  draft?.addEventListener("input", () => { dirty = true; });
  if (draft) setInterval(save, BEAT);
}
