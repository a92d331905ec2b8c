/* Suggestions below the search box: a combobox (WAI-ARIA 1.2) whose list is asked for while somebody types, and the
   searches made on this device, shown in the empty box and forgotten at sign-out. An input method is left alone until it
   has finished a word. */
const KEY = "searches";
const MOST = 8;
const WAIT = 120;
const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
const keep = (list) => { try { localStorage.setItem(KEY, JSON.stringify(list.slice(0, MOST))); } catch { /* a private window keeps nothing */ } };
const make = (tag, own = {}, ...inside) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(own)) {
    if (name === "role" || name.startsWith("aria-")) node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...inside);
  return node;
};

/* Names and typed words are Chinese whatever language the page speaks; which script, the reader's font decides. */
const spoken = (text) => (/\p{sc=Han}/u.test(text) ? { lang: "zh" } : {});

const sheet = (href) => new Promise((done) => {
  if (document.querySelector(`link[href="${href}"]`)) return done();
  const link = make("link", { rel: "stylesheet", href });
  link.onload = link.onerror = done;
  document.head.append(link);
});

// Spans count characters, not halves of them.
const marked = (label, spans) => {
  const chars = Array.from(label);
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    parts.push(chars.slice(at, start).join(""), make("mark", {}, chars.slice(start, end).join("")));
    at = end;
  }
  return [...parts, chars.slice(at).join("")];
};

export const attach = async (form) => {
  const words = form.dataset;
  const input = form.querySelector("input[type=search]");
  await sheet(words.sheet);
  const list = make("ul", { id: `${input.id}-list`, className: "suggest", role: "listbox", "aria-label": words.label, hidden: true });
  const recent = make("div", { className: "suggest", hidden: true });
  const status = make("p", { className: "hidden-visually", role: "status" });
  const known = new Map();
  let rows = [], active = -1, composing = false, timer, asking;
  form.append(list, recent, status);
  form.classList.add("suggesting");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const choose = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    choose(-1);
    list.hidden = recent.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };
  // A phone's keyboard covers the lower half: the box moves up as far as its list needs.
  const reveal = (panel) => {
    const over = panel.getBoundingClientRect().bottom - (window.visualViewport?.height ?? innerHeight);
    const room = form.getBoundingClientRect().top - 8;
    if (over > 0 && room > 0) scrollBy(0, Math.min(over, room));
  };
  const show = (found) => {
    close();
    rows = found;
    list.replaceChildren(...rows.map((row, index) => make("li", { id: `${list.id}-${index}`, role: "option", "aria-selected": "false" },
      make("span", { className: "suggest-label", ...spoken(row.label) }, ...marked(row.label, row.marks)),
      make("span", { className: "suggest-kind" }, row.kind, ...(row.detail ? [" · ", make("span", spoken(row.detail), row.detail)] : [])))));
    status.textContent = rows.length ? words.count.replace("{count}", rows.length) : "";
    if (!rows.length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    reveal(list);
  };
  const showRecent = () => {
    close();
    const searches = read();
    if (!searches.length) return;
    const forget = (left) => { keep(left); input.focus(); showRecent(); };
    recent.replaceChildren(
      make("div", { className: "suggest-head" }, make("span", {}, words.searches),
        make("button", { type: "button", onclick: () => forget([]) }, words.clear)),
      make("ul", {}, ...searches.map((asked) => make("li", {},
        make("a", { href: `${form.action}?q=${encodeURIComponent(asked)}`, ...spoken(asked) }, asked),
        make("button", { type: "button", "aria-label": words.remove.replace("{text}", asked), onclick: () => forget(searches.filter((one) => one !== asked)) }, "×")))));
    recent.hidden = false;
    reveal(recent);
  };
  const ask = async () => {
    const asked = input.value.trim();
    if (!asked) return showRecent();
    asking?.abort();
    asking = new AbortController();
    try {
      if (!known.has(asked)) {
        const answer = await fetch(`${words.suggest}?q=${encodeURIComponent(asked)}`, { signal: asking.signal });
        if (!answer.ok) return close();
        known.set(asked, (await answer.json()).rows);
      }
      if (input.value.trim() === asked && document.activeElement === input && !composing) show(known.get(asked));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(ask, input.value.trim() ? WAIT : 0); };
  const remember = (text) => { if (text) keep([text, ...read().filter((one) => one !== text)]); };
  const go = (row) => { remember(input.value.trim()); close(); location.assign(row.url); };

  input.addEventListener("compositionstart", () => { composing = true; close(); });
  input.addEventListener("compositionend", () => { composing = false; soon(); });
  input.addEventListener("input", (event) => { if (!composing && !event.isComposing) soon(); });
  input.addEventListener("focus", () => { if (!input.value.trim()) showRecent(); });
  input.addEventListener("click", () => { if (!input.value.trim() && recent.hidden) showRecent(); });
  input.addEventListener("keydown", (event) => {
    if (composing || event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !recent.hidden) {
      event.preventDefault();
      recent.querySelector("a").focus();
    } else if (step && input.value.trim()) {
      event.preventDefault();
      // One place more than rows: the text itself, where nothing is chosen.
      if (list.hidden) ask();
      else choose((active + 1 + step + rows.length + 1) % (rows.length + 1) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(rows[active]);
    } else if (event.key === "Escape" && !(list.hidden && recent.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  recent.addEventListener("keydown", (event) => {
    const links = [...recent.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      (links[links.indexOf(event.target.closest("li")?.querySelector("a")) + step] ?? input).focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.focus();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(rows[[...list.children].indexOf(option)]);
  });
  form.addEventListener("focusout", ({ relatedTarget }) => { if (!form.contains(relatedTarget)) close(); });
  form.addEventListener("submit", () => { remember(input.value.trim()); close(); });
  if (document.activeElement === input) soon();
};
