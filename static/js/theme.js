/* Runs before the first paint: the reader's own choice of light or dark and of text size, kept on this device. */
(() => {
  const root = document.documentElement;
  const choices = { theme: ["auto", "light", "dark"], text: ["normal", "large", "larger"] };
  const read = (name) => { try { return localStorage.getItem(`look:${name}`); } catch { return null; } };
  const dark = document.querySelector("link[data-dark]");
  const media = { auto: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };
  const apply = (name, value) => {
    if (!choices[name].includes(value)) return;
    root.dataset[name] = value;
    if (name === "theme") dark.media = media[value];
  };
  root.classList.add("js");
  for (const name of Object.keys(choices)) apply(name, read(name));

  const show = (group) => {
    const now = root.dataset[group.dataset.choice] || choices[group.dataset.choice][0];
    for (const button of group.querySelectorAll("button[value]")) button.setAttribute("aria-pressed", String(button.value === now));
  };
  addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-choice]")) {
      show(group);
      group.addEventListener("click", (event) => {
        const button = event.target.closest("button[value]");
        if (!button) return;
        apply(group.dataset.choice, button.value);
        try { localStorage.setItem(`look:${group.dataset.choice}`, button.value); } catch { /* a private window keeps nothing */ }
        for (const same of document.querySelectorAll(`[data-choice="${group.dataset.choice}"]`)) show(same);
      });
    }
  });
})();
