/* Suggestions while typing are fetched when a search box is first used; without them it is a plain form. */
const begin = async ({ target }) => {
  const form = target?.closest?.("form[data-suggest]");
  if (!form || form.dataset.begun) return;
  form.dataset.begun = "1";
  try { (await import(form.dataset.script)).attach(form); } catch { delete form.dataset.begun; }
};
document.addEventListener("focusin", begin);
begin({ target: document.activeElement });
