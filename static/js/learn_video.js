/* Video: goes on where it was, counts what was really played, tells it every 15 seconds and at every stop. */
const video = document.getElementById("video");
let from = null;
let last = 0;
let spans = [];
let active = 0;
const resume = Number(document.getElementById("learn")?.dataset.resume);
const seek = (ms) => { video.currentTime = ms / 1000; };
const close = () => { if (from !== null && last > from) spans.push([Math.round(from * 1000), Math.round(last * 1000)]); from = null; };
const report = () => {
  const going = from !== null && !video.paused;
  close();
  if (going) from = last;
  if (!spans.length) return;
  const payload = { seconds: Math.min(active, 300), watched: spans.splice(0, 50), position_ms: Math.round(video.currentTime * 1000) };
  active = 0;
  document.dispatchEvent(new CustomEvent("learn-record", { detail: { kind: "progressed", payload } }));
};
video.addEventListener("loadedmetadata", () => {
  const place = /^#t-(\d+)$/.exec(location.hash)?.[1];
  if (place) seek(place);
  else if (resume > 3000 && resume / 1000 < video.duration - 3) { seek(resume); document.querySelector("[data-resumed]").hidden = false; }
}, { once: true });
if (video.readyState > 0) video.dispatchEvent(new Event("loadedmetadata"));
video.addEventListener("playing", () => { from ??= video.currentTime; last = video.currentTime; });
video.addEventListener("timeupdate", () => {
  const now = video.currentTime;
  if (from === null || video.seeking) return;
  if (now < last || now - last > 2 * video.playbackRate) { close(); from = now; }
  last = now;
});
video.addEventListener("seeking", () => { close(); });
video.addEventListener("seeked", () => { last = video.currentTime; if (!video.paused) from = last; });
video.addEventListener("pause", report);
video.addEventListener("ended", report);
addEventListener("pagehide", report);
document.addEventListener("visibilitychange", () => { if (document.hidden) report(); });
setInterval(() => { if (!video.paused) { active += 1; if (active >= 15) report(); } }, 1000);
document.getElementById("speed")?.addEventListener("change", (event) => { video.playbackRate = Number(event.target.value); });
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-seek]");
  if (link) { event.preventDefault(); seek(link.dataset.seek); video.play(); }
});
