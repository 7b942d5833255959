// The clock of a chart. The server's time decides; this says only that somebody is at work.
const BEAT = 15000, GRAIN = 5000, MOST_MARKS = 60, STEPS = [20, 40, 60];
const panel = document.querySelector("[data-clock]");
const ask = document.querySelector("[data-clock-ask]");
const news = document.querySelector("[data-clock-news]");
const draft = document.querySelector("form[data-draft]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const tab = Math.random().toString(36).slice(2) + Date.now().toString(36);

let number = 0, marks = [], last = Date.now(), shownAt = Date.now(), opening = false, dirty = false;
let resting = panel?.dataset.rest === "1", lost = false;
const now = { state: "never", clock: "", seconds: 0, minutes: 0, idle: 120 };

const find = (name) => panel.querySelector(`[data-${name}]`);
const form = (act) => panel.querySelector(`[data-act=${act}]`);
const at = (moment) => new Date(moment).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
const say = (text) => { if (news) news.textContent = text; };

function elapsed() {
  const seconds = now.seconds + (now.state === "running" ? Math.floor((Date.now() - shownAt) / 1000) : 0);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function show() {
  find("time").textContent = elapsed();
  for (const goes of document.querySelectorAll("[data-goes]")) {
    goes.textContent = now.state === "running" ? `${elapsed()} goes to ${now.says}` : "The clock is not running";
  }
}

function apply(answer) {
  const step = STEPS.find((one) => now.minutes < one && answer.minutes >= one);
  if (step && now.says) say(`${step} minutes this month.`);
  Object.assign(now, answer);
  shownAt = Date.now();
  if (now.state === "running") last = Math.max(last, Date.now() - now.silent * 1000);
  if (now.state !== "running") { ask.hidden = true; marks = []; }
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
  const select = find("switch").activity;
  if (going && document.activeElement !== select) select.value = now.activity;
  if (answer.refusal) say(answer.refusal);
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
  if (lost) say("The connection is back.");
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

async function open() {
  if (opening) return;
  opening = true;
  marks = [];
  await act(form("open").action, {});
  opening = false;
}

async function beat(kept = "") {
  save();
  if (now.state !== "running") return;
  const sent = kept ? [Date.now()] : marks, moment = Date.now(), before = last;
  const ages = sent.map((one) => Math.max(0, Math.round((moment - one) / 1000))).join(",");
  const answer = await act(ask.dataset.beat, { clock: now.clock, ages, kept }, sent.length > 0);
  if (!answer) return;
  marks = marks.filter((one) => !sent.includes(one));
  if (answer.state === "off") say(`The clock stopped at ${at(before)}: there was no sign of work after that.`);
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
  const moment = Date.now();
  if (now.state === "running") {
    if (!ask.hidden) {
      ask.hidden = true;
      say(`${at(last)} to ${at(moment)} does not count. If it was work, enter it on the Time page.`);
    }
    if (marks.length > 1 && moment - marks.at(-2) < GRAIN) marks[marks.length - 1] = moment;
    else marks.push(moment);
    if (marks.length > MOST_MARKS) marks.splice(0, marks.length, ...marks.filter((_, i) => i % 2 === 1));
    last = moment;
  } else if (panel.dataset.mode === "automatic" && !resting && (now.state === "off" || now.state === "elsewhere")) {
    open();
  }
}

function listen() {
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    document.addEventListener(kind, work, { passive: true, capture: true });
  }
  for (const one of panel.querySelectorAll("[data-act]")) {
    one.addEventListener("submit", async (event) => {
      event.preventDefault();
      resting = one.dataset.act === "stop";
      // The last signs of work first; sent side by side, the older answer could come in last.
      if (one.dataset.act !== "resume" && one.dataset.act !== "open") await beat();
      last = Date.now();
      act(one.action, {});
    });
  }
  const change = (activity) => { resting = false; last = Date.now(); act(find("switch").action, { activity }); };
  find("switch").addEventListener("change", (event) => change(event.target.value));
  find("switch").addEventListener("submit", (event) => { event.preventDefault(); change(event.target.activity.value); });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href^='tel:']")) change("phone_call");
  });
  ask.querySelector("[data-yes]").addEventListener("click", () => {
    ask.hidden = true;
    last = Date.now();
    beat(ask.querySelector("[data-kept]").value);
  });
  ask.querySelector("[data-no]").addEventListener("click", () => {
    act(form("stop").action, { unworked: 1 });
  });
  draft?.addEventListener("input", () => { dirty = true; });
  setInterval(beat, BEAT, "");
  setInterval(() => {
    show();
    if (now.state === "running" && ask.hidden && Date.now() - last > now.idle * 1000) {
      ask.querySelector("[data-since]").textContent = at(last);
      ask.hidden = false;
    }
  }, 1000);
  addEventListener("pagehide", () => beat());
}

if (panel && ask && panel.dataset.mode !== "never") {
  const { state, id, seconds, idle } = panel.dataset;
  Object.assign(now, {
    state, clock: id, seconds: Number(seconds), idle: Number(idle),
    minutes: Number(find("minutes").textContent), says: find("says").textContent,
  });
  listen();
  show();
} else {
  draft?.addEventListener("input", () => { dirty = true; });
  if (draft) setInterval(save, BEAT);
}
