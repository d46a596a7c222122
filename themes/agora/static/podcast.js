// An episode's player: chapters and the transcript lead into it, and follow it as it plays.
(function () {
  "use strict";
  const player = document.querySelector("[data-player]");
  if (!player) return;
  const chapters = [...document.querySelectorAll(".chapter[data-at]")];
  const cues = [...document.querySelectorAll("[data-from]")];
  const starts = cues.map(function (cue) { return Number(cue.dataset.from); });
  const box = document.querySelector(".speeches");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let said = null;
  let touched = 0; // when the reader last scrolled the transcript: it then stays where they want it

  function seek(seconds) {
    player.currentTime = seconds;
    follow();
  }

  // Where in a list of times, in their order, a moment is: the last that has begun; -1 before the first.
  function last(times, now) {
    let low = 0, high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= now) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function follow() {
    const now = player.currentTime + 0.05;
    const current = last(chapters.map(function (link) { return Number(link.dataset.at); }), now);
    chapters.forEach(function (link, place) {
      if (place === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const place = last(starts, now);
    const cue = place >= 0 && now <= Number(cues[place].dataset.to) + 0.5 ? cues[place] : null;
    if (cue === said) return;
    if (said) said.classList.remove("is-said");
    said = cue;
    if (!said) return;
    said.classList.add("is-said");
    if (!player.paused && Date.now() - touched > 4000) show(said);
  }

  // Only the transcript scrolls, never the page.
  function show(cue) {
    const inside = cue.getBoundingClientRect(), frame = box.getBoundingClientRect();
    if (inside.top >= frame.top + 20 && inside.bottom <= frame.bottom - 40) return;
    box.scrollBy({ top: inside.top - frame.top - frame.height / 3, behavior: calm.matches ? "auto" : "smooth" });
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-at]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    seek(Number(link.dataset.at));
    history.replaceState(history.state, "", "#t=" + link.dataset.at);
    player.play().catch(function () {});
  });

  function byAddress() {
    const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (found) seek(Number(found[1]));
  }

  if (box) {
    ["wheel", "touchmove", "keydown"].forEach(function (name) {
      box.addEventListener(name, function () { touched = Date.now(); }, { passive: true });
    });
  }
  player.addEventListener("timeupdate", follow);
  player.addEventListener("seeked", follow);
  addEventListener("hashchange", byAddress);
  byAddress();
})();
