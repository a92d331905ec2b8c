/* What this reader opened lately, kept on this device only and forgotten at sign-out.
   A page says <… data-recent="title" data-recent-kind="操作法">; the start page shows the list in [data-recent-list]. */
const KEY = "recent";
const MOST = 6;
const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };

const page = document.querySelector("[data-recent]");
if (page) {
  const now = { url: location.pathname, title: page.dataset.recent, kind: page.dataset.recentKind ?? "" };
  const list = [now, ...read().filter((old) => old.url !== now.url)].slice(0, MOST);
  try { localStorage.setItem(KEY, JSON.stringify(list)); } catch { /* a private window keeps nothing */ }
}

const place = document.querySelector("[data-recent-list]");
const list = place ? read() : [];
if (list.length) {
  for (const { url, title, kind } of list) {
    const item = place.querySelector("template").content.cloneNode(true);
    Object.assign(item.querySelector("a"), { href: url, textContent: title, lang: /\p{sc=Han}/u.test(title) ? "zh" : "" });
    item.querySelector("[data-kind]").textContent = kind;
    place.querySelector("ul").append(item);
  }
  place.hidden = false;
}
