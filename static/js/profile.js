// The text size chosen in the profile is shown at once and counts on this device too.
for (const radio of document.querySelectorAll("input[type=radio][name=text_size]")) {
  radio.addEventListener("change", () => {
    document.documentElement.dataset.text = radio.value;
    try { localStorage.setItem("look:text", radio.value); } catch { /* a private window keeps nothing */ }
  });
}
