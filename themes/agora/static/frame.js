// What stands around a page: the choice of light or dark, the menus, and times that say how long ago something was.
(function () {
  "use strict";
  const root = document.documentElement;
  const { each } = agora;

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

  // Relative within a month, with the full time to be seen by pointing at it.
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
    const format = new Intl.RelativeTimeFormat(agora.locale, { numeric: "auto" });
    const clock = new Intl.DateTimeFormat(agora.locale, { timeStyle: "short" });
    each("time.relative", function (element) {
      const moment = Date.parse(element.dateTime);
      const text = relative((moment - Date.now()) / 1000, format);
      element.dataset.day = element.dataset.day || element.textContent;
      element.title = (element.dataset.day + " " + clock.format(moment)).trim();
      if (element.textContent !== (text || element.dataset.day)) element.textContent = text || element.dataset.day;
    });
  }

  // The page's own link in a header that moves sideways is seen.
  function showCurrent(link) {
    const list = link.closest("ul");
    new IntersectionObserver(function ([{ boundingClientRect: place, rootBounds: frame }], observer) {
      observer.disconnect();
      if (place.left >= frame.left && place.right <= frame.right) return;
      list.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
    }, { root: list }).observe(link);
  }

  // A menu closes as menus do.
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

  each(".scheme-toggle", offerSchemes);
  each(".nav-more, .menu", offerMenu);
  each(".site-nav > ul [aria-current]", showCurrent);
  if (window.Intl && Intl.RelativeTimeFormat) {
    showTimes();
    setInterval(showTimes, 60000);
  }
})();
