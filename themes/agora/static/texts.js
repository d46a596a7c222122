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

  // What is wider than its entry scrolls by itself, also by the keyboard. Observers are told of sizes and places
  // once they are known; to ask for them would lay the page out once more.
  const wide = new ResizeObserver(function (boxes) {
    for (const { target: box } of boxes) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  });

  // The table of contents marks the section that is being read: the last whose heading has passed the upper third.
  function followReader(contents) {
    const links = [...contents.querySelectorAll("a[href^='#']")];
    const headings = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    const passed = new Set();
    const observer = new IntersectionObserver(function (seen) {
      for (const { target, isIntersecting } of seen) passed[isIntersecting ? "add" : "delete"](target);
      const current = headings.findLastIndex(function (heading) { return passed.has(heading); });
      links.forEach(function (link, place) {
        if (place === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    }, { rootMargin: "9999999px 0px -66% 0px" });
    headings.forEach(function (heading) { if (heading) observer.observe(heading); });
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

  each(".prose pre, .prose table", function (box) { wide.observe(box); });
  each(".contents", followReader);
  if (navigator.clipboard) each(".prose div.code", offerCode);
  follow();
  addEventListener("hashchange", follow);
})();
