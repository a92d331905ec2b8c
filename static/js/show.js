/* What opens over the page: dialogs, and pictures large enough to see the detail. Without this, links lead to both. */
const words = document.getElementById("words")?.dataset ?? {};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) { event.preventDefault(); dialog.showModal(); return; }
  const closer = event.target.closest("[data-close]");
  if (closer) { event.preventDefault(); closer.closest("dialog").close(); return; }
  if (event.target.matches("dialog.dialog[open]")) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
    return;
  }
  const link = event.target.closest("a[data-zoom]");
  if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); zoom(link); }
});

function zoom(link) {
  const small = link.querySelector("img");
  const dialog = Object.assign(document.createElement("dialog"), { className: "zoom" });
  const view = Object.assign(document.createElement("div"), { className: "zoom-view" });
  const picture = Object.assign(new Image(), { src: link.href, alt: small?.alt ?? "" });
  const foot = Object.assign(document.createElement("div"), { className: "zoom-foot" });
  const caption = Object.assign(document.createElement("p"), { textContent: link.closest("figure")?.querySelector("figcaption")?.textContent.trim() ?? "" });
  const close = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: words.close });
  close.addEventListener("click", () => dialog.close());
  picture.addEventListener("click", () => view.classList.toggle("near"));
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  dialog.setAttribute("aria-label", picture.alt || caption.textContent);
  view.append(picture);
  foot.append(caption, close);
  dialog.append(view, foot);
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
