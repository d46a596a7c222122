// What a script makes nicer, and nothing that a page needs: relative times, copying, the choice of light or dark,
// and the way to an entry that is on another page of its topic.
(function () {
  "use strict";
  const root = document.documentElement;
  const words = document.currentScript.dataset;
  // The page's own digits, which are not everywhere those that a browser takes for its language.
  const locale = (root.lang || "en") + "-u-nu-" + words.digits;

  function each(selector, action) {
    document.querySelectorAll(selector).forEach(action);
  }

  // Light and dark.
  function isDark() {
    return getComputedStyle(root).colorScheme === "dark" ||
      (getComputedStyle(root).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  function offerSchemes(button) {
    button.hidden = false;
    button.setAttribute("aria-pressed", isDark());
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      button.setAttribute("aria-pressed", isDark());
      try {
        localStorage.setItem("agora-theme", root.dataset.theme);
      } catch (refused) {
        // The choice then holds for this page alone.
      }
    });
  }

  // Times: relative within a month, with the full one to be seen by pointing at it.
  const STEPS = [["second", 60], ["minute", 60], ["hour", 24], ["day", 31]];

  function relative(seconds, format) {
    let value = seconds;
    for (const [unit, size] of STEPS) {
      if (Math.abs(value) < size) return unit === "second" ? format.format(0, "second") : format.format(Math.round(value), unit);
      value /= size;
    }
    return "";
  }

  function showTimes() {
    const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    each("time.relative", function (element) {
      const moment = Date.parse(element.dateTime);
      const text = relative((moment - Date.now()) / 1000, format);
      element.dataset.day = element.dataset.day || element.textContent;
      element.title = element.dataset.day + " " + new Date(moment).toLocaleTimeString(locale, { timeStyle: "short" });
      element.textContent = text || element.dataset.day;
    });
  }

  // Copying code and links.
  function copy(text, element) {
    if (!navigator.clipboard) return;
    navigator.clipboard.writeText(text).then(function () {
      element.classList.add("is-copied");
      setTimeout(function () { element.classList.remove("is-copied"); }, 1600);
    }, function () {});
  }

  function offerCode(box) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.dataset.copied = words.copied;
    button.addEventListener("click", function () {
      copy(box.querySelector("code, pre").textContent, button);
    });
    box.append(button);
  }

  // What is wider than its entry scrolls by itself, also by the keyboard.
  function offerScrolling(box) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }

  // A picture that can't be had leaves no gap of its size.
  function markBroken(picture) {
    picture.classList.add("is-broken");
    picture.removeAttribute("width");
    picture.removeAttribute("height");
  }

  function watchPicture(picture) {
    if (picture.complete && picture.getAttribute("src") && !picture.naturalWidth) markBroken(picture);
    else picture.addEventListener("error", function () { markBroken(picture); });
  }

  // The page's own link in a header that moves sideways is seen.
  function showCurrent(link) {
    const list = link.closest("ul");
    const frame = list.getBoundingClientRect();
    const place = link.getBoundingClientRect();
    if (place.left >= frame.left && place.right <= frame.right) return;
    list.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
  }

  // The menu of the header closes as menus do.
  function offerMenu(menu) {
    document.addEventListener("click", function (event) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  function offerLink(link) {
    link.dataset.copied = words.copied;
    link.addEventListener("click", function () { copy(link.href, link); });
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

  // A slash goes to the search box, but for those who are writing.
  function goSearching(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = Array.from(document.querySelectorAll("input[type=search], .search-link")).find(function (one) { return one.offsetParent; });
    if (!box) return;
    event.preventDefault();
    if (box.href) box.click();
    else box.focus();
  }

  document.addEventListener("keydown", goSearching);
  each(".scheme-toggle", offerSchemes);
  each(".nav-more", offerMenu);
  each(".site-nav > ul [aria-current]", showCurrent);
  each(".prose pre, .prose table", offerScrolling);
  each(".prose img", watchPicture);
  if (navigator.clipboard) {
    each(".prose div.code", offerCode);
    each("a.permalink", offerLink);
  }
  if (window.Intl && Intl.RelativeTimeFormat) {
    showTimes();
    setInterval(showTimes, 60000);
  }
  follow();
  addEventListener("hashchange", follow);
})();
