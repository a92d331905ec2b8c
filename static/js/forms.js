/* Forms: sent once, never losing what was typed; a question before what cannot be undone; the state of saving in words. */
const words = document.getElementById("words")?.dataset ?? {};
const ask = document.getElementById("confirm");

// A question first: <button data-confirm="…"> in a form.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const text = button?.dataset.confirm;
  if (!text || !ask || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask.querySelector("[data-confirm-text]").textContent = text;
  ask.querySelector("[value=yes]").textContent = button.dataset.confirmLabel || button.textContent.trim();
  ask.returnValue = "";
  ask.showModal();
  ask.addEventListener("close", () => {
    if (ask.returnValue !== "yes") return;
    button.dataset.confirmed = "1";
    button.form.requestSubmit(button);
    delete button.dataset.confirmed;
  }, { once: true });
}, true);

// Sent once. The button stays enabled, so its name and value are sent; a page that comes back is ready again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => ready(form), 15000);
});
const ready = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};
addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-sent]")) ready(form); });

// <form data-keep="key">: what was typed survives an expired session or a lost line; sign-out forgets it.
const kept = (form) => `keep:${form.dataset.keep}`;
const fields = (form) => [...form.elements].filter((field) => field.name && /^(text|textarea|search|number|date)/.test(field.type) && !field.name.startsWith("csrf"));
const store = (act) => { try { return act(localStorage); } catch { return null; } };
for (const form of document.querySelectorAll("form[data-keep]")) {
  const old = JSON.parse(store((s) => s.getItem(kept(form))) || "null");
  if (old && Date.now() - old.at < 7 * 864e5) {
    let back = 0;
    for (const field of fields(form)) if (!field.value && old.values[field.name]) { field.value = old.values[field.name]; back += 1; }
    if (back) document.dispatchEvent(new CustomEvent("toast", { detail: { text: words.restored, ms: 8000 } }));
  }
  form.addEventListener("input", () => {
    const values = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
    store((s) => s.setItem(kept(form), JSON.stringify({ at: Date.now(), values })));
  });
}
for (const done of document.querySelectorAll("[data-keep-clear]")) store((s) => s.removeItem(`keep:${done.dataset.keepClear}`));
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-sign-out")) return;
  // Learning that has not been sent yet is sent first, from the page of one's learning (static/js/learn.js).
  const unsent = store((s) => Object.keys(s).some((key) => key.startsWith("events:") && s.getItem(key) !== "[]"));
  if (unsent && location.pathname !== "/learn/") { event.preventDefault(); location.href = "/learn/"; return; }
  store((s) => { for (const key of Object.keys(s)) if (!key.startsWith("look:")) s.removeItem(key); });
  try { sessionStorage.clear(); } catch { /* nothing was kept */ }
});

// Any script says how saving goes: dispatch "save-state" with {state: saving|saved|offline|error, at: Date}.
document.addEventListener("save-state", ({ detail }) => {
  const at = (detail.at ?? new Date()).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  for (const place of document.querySelectorAll("[data-save-state]")) {
    place.dataset.state = detail.state;
    place.querySelector("[data-save-words]").textContent = (words[detail.state] ?? "").replace("{time}", at);
  }
});

// The error summary takes the focus, so that it is read first.
document.querySelector("[data-error-summary]")?.focus();
