/* Small helps on every page: menus that close, "/" to search, copying, toasts, offline line, table labels. All works without it. */
const words = document.getElementById("words")?.dataset ?? {};
const toasts = document.querySelector(".toasts");

document.addEventListener("toast", ({ detail }) => {
  if (!toasts) return;
  const toast = Object.assign(document.createElement("p"), { className: "toast", textContent: detail.text });
  toasts.append(toast);
  setTimeout(() => toast.remove(), detail.ms ?? 4000);
});
const say = (text) => text && document.dispatchEvent(new CustomEvent("toast", { detail: { text } }));

// Menus are <details>: a click elsewhere or Escape closes them.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll(".menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = [...document.querySelectorAll("input[type=search]")].find((input) => input.checkVisibility?.({ visibilityProperty: true }) ?? input.offsetParent);
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  const text = new URL(button.dataset.copy || button.getAttribute("href") || location.href, location.href).href;
  try {
    await navigator.clipboard.writeText(text);
    say(words.copied);
  } catch {
    prompt(words.copy, text);
  }
});

// What a page of an earlier time cannot know: whether the line is up now.
const offline = document.querySelector("[data-offline]");
const line = () => { if (offline) offline.hidden = navigator.onLine; };
addEventListener("online", line);
addEventListener("offline", line);
line();

// A phone shows table rows as cards: each cell carries the words of its column.
for (const table of document.querySelectorAll(".table-cards table")) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, index) => { if (!cell.dataset.label && heads[index]) cell.dataset.label = heads[index]; });
  }
}

// A place named by the address is shown even inside something folded.
const unfold = () => {
  const place = location.hash === "" ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = place?.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
};
addEventListener("hashchange", unfold);
unfold();

for (const choice of document.querySelectorAll("select[data-submit]")) choice.addEventListener("change", () => choice.form.requestSubmit());
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
addEventListener("beforeprint", () => { for (const picture of document.querySelectorAll("img[loading=lazy]")) picture.loading = "eager"; for (const fold of document.querySelectorAll("main details:not([open]):not(.no-print)")) { fold.open = true; fold.dataset.folded = ""; } });
addEventListener("afterprint", () => { for (const fold of document.querySelectorAll("details[data-folded]")) { fold.open = false; delete fold.dataset.folded; } });

// The page's contents list follows the reader.
const contents = new Map([...document.querySelectorAll(".toc a[href^='#']")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
if (contents.size && "IntersectionObserver" in window) {
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of contents.values()) link.removeAttribute("aria-current");
      contents.get(entry.target.id).setAttribute("aria-current", "location");
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  for (const id of contents.keys()) { const place = document.getElementById(id); if (place) seen.observe(place); }
}
