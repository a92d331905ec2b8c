/* Tells the server which result was opened from a list of results: the signed token of the result, nothing else.
   A list says <… data-opened-url>, each result <… data-opened="token">. */
for (const list of document.querySelectorAll("[data-opened-url]")) {
  const tell = (event) => {
    const link = event.target.closest("a[href]");
    const token = link?.closest("[data-opened]")?.dataset.opened;
    if (!token || (event.type === "auxclick" && event.button !== 1)) return;
    navigator.sendBeacon(list.dataset.openedUrl, new URLSearchParams({ token }));
  };
  list.addEventListener("click", tell);
  list.addEventListener("auxclick", tell);
}
