/* The viewer: opens at the place without a fragment, keys for pages and finds, a film that follows its words. */
const here = document.querySelector("[data-here]");
const film = document.getElementById("film");
const quiet = (event) => event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea, video, audio, dialog");

if (here && !location.hash) here.scrollIntoView({ block: "start", behavior: "instant" });

/* Pages: arrows to the sides and Page keys go from picture to picture, and on to what follows the last. */
const parts = [...document.querySelectorAll(".part")];
const current = () => {
  const line = innerHeight / 3;
  return parts.findLastIndex((part) => part.getBoundingClientRect().top <= line);
};
const turn = (by) => {
  const next = parts[current() + by];
  if (next) { next.scrollIntoView({ block: "start" }); return true; }
  const link = document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
  link?.click();
  return Boolean(link);
};
const steps = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 };
document.addEventListener("keydown", (event) => {
  if (quiet(event)) return;
  if (parts.length && parts[0].querySelector(".sheet") && steps[event.key] && turn(steps[event.key])) event.preventDefault();
  else if (event.key === "n" || event.key === "p") document.querySelector(`[data-key=${event.key}]`)?.click();
});

/* Film: a touched line is played from; the line that is said now is marked and kept in sight while it plays. */
if (film) {
  const lines = [...document.querySelectorAll("[data-seek]")];
  const times = lines.map((line) => Number(line.dataset.seek));
  /* A hair later: two lines share the moment where one ends and the next begins. */
  const seek = (ms) => { film.currentTime = ms / 1000 + 0.01; };
  const asked = /^#t-(\d+)$/.exec(location.hash)?.[1] || film.dataset.start;
  if (asked) {
    const start = () => seek(Number(asked));
    if (film.readyState > 0) start(); else film.addEventListener("loadedmetadata", start, { once: true });
  }
  let shown = lines.findIndex((line) => line.hasAttribute("aria-current"));
  const follow = () => {
    const now = Math.round(film.currentTime * 1000) + 50;
    const said = times.findLastIndex((time) => time <= now);
    if (said === shown) return;
    lines[shown]?.removeAttribute("aria-current");
    shown = said;
    const line = lines[said];
    line?.setAttribute("aria-current", "true");
    if (!film.paused) line?.scrollIntoView({ block: "nearest" });
  };
  film.addEventListener("timeupdate", follow);
  film.addEventListener("seeked", follow);
  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-seek]");
    if (!line || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    history.replaceState(null, "", `#${line.id}`);
    seek(Number(line.dataset.seek));
    film.play();
  });
}
