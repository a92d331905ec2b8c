/* The editor after a sign-in that ran out: the text stays in the page, a second window signs in, saving goes on.
   Words come from the script's own element: data-session (address), data-text, data-link, data-sign-in. */
const { session, text, link, signIn } = document.querySelector("script[data-session]").dataset;
const form = document.querySelector("form[data-edit-form]");
let bar = null;

const tell = () => {
  if (bar) return;
  bar = Object.assign(document.createElement("div"), { className: "help-block help-warning", role: "alert" });
  const way = Object.assign(document.createElement("a"), { href: signIn, target: "_blank", rel: "noopener", textContent: link });
  bar.append(Object.assign(document.createElement("p"), { textContent: text }), way);
  form.prepend(bar);
  bar.scrollIntoView({ block: "nearest" });
};

async function look() {
  let now;
  try {
    now = await (await fetch(session, { headers: { Accept: "application/json" }, cache: "no-store" })).json();
  } catch {
    return; // no line: the editor itself says that saving is paused
  }
  if (!now.signed_in) { tell(); return; }
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = now.token;
  if (!bar) return;
  bar.remove();
  bar = null;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

if (form) {
  addEventListener("focus", look);
  document.addEventListener("w-autosave:error", look);
  setInterval(look, 60000);
}
