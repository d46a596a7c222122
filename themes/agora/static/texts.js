// Texts: code to be copied, what is wide, and where in a long text the reader is.
(function () {
  "use strict";
  const { each, make, words } = agora;

  function offerCode(box) {
    const button = make("button", { type: "button", className: "copy", textContent: words.copy });
    button.addEventListener("click", function () {
      agora.copy(box.querySelector("code, pre").textContent);
    });
    box.append(button);
  }

  // What is wider than its entry scrolls by itself, also by the keyboard.
  function offerScrolling(box) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }

  // The table of contents marks the section that is being read: the last whose heading has passed the upper third.
  function followReader(contents) {
    const links = [...contents.querySelectorAll("a[href^='#']")];
    const headings = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    function mark() {
      const passed = headings.map(function (heading) { return heading && heading.getBoundingClientRect().top < innerHeight / 3; });
      const current = passed.lastIndexOf(true);
      links.forEach(function (link, place) {
        if (place === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    }
    let waiting = false;
    addEventListener("scroll", function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  // An entry that is not on this page: the topic's map says on which it is.
  function follow() {
    const place = document.querySelector("[data-map]");
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (broken) { return; }
    if (!place || !id.startsWith("r-") || document.getElementById(id)) return;
    const map = new URL(place.dataset.map, location.href);
    fetch(map).then(function (answer) { return answer.json(); }).then(function (pages) {
      const page = Object.hasOwn(pages, id.slice(2)) ? pages[id.slice(2)] : 0;
      if (!Number.isInteger(page) || page < 1) return;
      const target = new URL(page > 1 ? "page/" + page + "/" : "./", map);
      if (target.pathname !== location.pathname) location.replace(target.href + "#" + encodeURIComponent(id));
    }).catch(function () {});
  }

  each(".prose pre, .prose table", offerScrolling);
  each(".contents", followReader);
  if (navigator.clipboard) each(".prose div.code", offerCode);
  follow();
  addEventListener("hashchange", follow);
})();
