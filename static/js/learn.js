/* Learning events: kept on the device until the server has them; what was watched and read is told in small pieces. */
const root = document.getElementById("learn");
const { events: address, user, opening, tracks } = root.dataset;
const box = `events:${user}`;
const token = () => root.querySelector("[name=csrfmiddlewaretoken]").value;
let memory = [];
let wait = 0;
let sending = false;
let timer;

const load = () => { try { return JSON.parse(localStorage.getItem(box) || "[]"); } catch { return memory; } };
const store = (list) => { memory = list; try { localStorage.setItem(box, JSON.stringify(list)); } catch { /* the page holds them */ } };
const say = (state, at) => document.dispatchEvent(new CustomEvent("save-state", { detail: { state, at } }));
const words = (text) => { for (const place of document.querySelectorAll("[data-save-words]")) place.textContent = text; };
const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
const device = () => { try { return localStorage["look:device"] ??= uuid(); } catch { return ""; } };

function record(kind, payload = {}) {
  store([...load(), { key: uuid(), kind, opening, payload, device_at: new Date().toISOString(), device_id: device() }]);
  flush();
}

function later(seconds) {
  clearTimeout(timer);
  wait = seconds ?? Math.min((wait || 5) * 2, 120);
  timer = setTimeout(flush, wait * 1000);
}

async function flush() {
  const batch = load().slice(0, 50);
  if (!batch.length || sending) return;
  if (!navigator.onLine) { say("offline"); return; }
  sending = true;
  say("saving");
  try {
    const answer = await fetch(address, {
      method: "POST", keepalive: batch.length < 20, credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: JSON.stringify({ events: batch }),
    });
    if (answer.status === 401 || answer.status === 403) { words(root.dataset.signedOut); return; }
    if (answer.status === 413 && batch.length > 1) { later(60); say("error"); return; }
    if (!answer.ok) throw new Error(answer.status);
    const { results, now } = await answer.json();
    wait = 0;
    const settled = new Set(batch.map((event) => event.key));
    store(load().filter((event) => !settled.has(event.key)));
    const refused = results.find((result) => result.status === "refused");
    if (refused) words(root.dataset.refused + refused.message);
    else say("saved", new Date(now));
    results.forEach((result, place) => { if (batch[place].opening === opening) show(result); });
    if (load().length) later(1);
  } catch {
    say(navigator.onLine ? "error" : "offline");
    later();
  } finally { sending = false; }
}

function show({ lesson_done: done, missing }) {
  for (const part of document.querySelectorAll("[data-lesson-missing]")) { part.hidden = done; part.textContent = missing; }
  for (const part of document.querySelectorAll("[data-lesson-done]")) part.hidden = !done;
  for (const part of document.querySelectorAll("[data-lesson-todo]")) part.hidden = done;
}

addEventListener("online", () => later(0.1));
addEventListener("offline", () => say("offline"));
for (const part of document.querySelectorAll("[data-unsent]")) part.hidden = !load().length;
flush();

// Seconds in which the page is seen and somebody is there: 90 seconds without a touch count as gone.
let active = 0;
let touched = Date.now();
for (const kind of ["pointerdown", "keydown", "scroll", "touchstart"]) addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
const take = () => { const seconds = Math.min(Math.round(active), 300); active = 0; return seconds; };

if (tracks) record("launched");
if (tracks && !document.getElementById("video")) {
  setInterval(() => {
    if (document.hidden || Date.now() - touched > 90000) return;
    active += 1;
    if (active >= 20) record("progressed", { seconds: take() });
  }, 1000);
}

for (const form of document.querySelectorAll("[data-confirm-read]")) {
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) { form.elements.seconds.value = take(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    record("experienced", { seconds: take() });
  }, true);
}

// Other scripts of a lesson (video) tell what happened: dispatch "learn-record" with {kind, payload}.
document.addEventListener("learn-record", ({ detail }) => { if (tracks) record(detail.kind, detail.payload); });
