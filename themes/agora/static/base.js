// What the files of this script share: the words of the page, its actions, and what the reader's browser remembers.
const agora = (function () {
  "use strict";
  const words = document.currentScript.dataset;
  // The page's own digits, which are not everywhere those that a browser takes for its language.
  const locale = (document.documentElement.lang || "en") + "-u-nu-" + words.digits;
  const actions = Object.create(null); // what buttons with `data-do` do, by name: one listener for all, however many there are

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });

  function each(selector, action) {
    document.querySelectorAll(selector).forEach(action);
  }

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  // Remembers for this site: others may be at the same host. A browser may refuse; then nothing is remembered.
  function recall(name) {
    try {
      return JSON.parse(localStorage.getItem("anjoman:" + words.site + name));
    } catch (refused) {
      return null;
    }
  }

  function remember(name, value) {
    try {
      localStorage.setItem("anjoman:" + words.site + name, JSON.stringify(value));
    } catch (refused) {
      // It then holds for this page alone.
    }
  }

  // A word at the foot of the window, which is read out too.
  const notice = make("p", { className: "notice", role: "status" });
  let timer;

  function say(text) {
    if (!notice.isConnected) document.body.append(notice);
    clearTimeout(timer);
    notice.textContent = "";
    setTimeout(function () { notice.textContent = text; }, 20);
    timer = setTimeout(function () { notice.textContent = ""; }, 3000);
  }

  function copy(text, said) {
    return navigator.clipboard.writeText(text).then(function () { say(said || words.copied); }, function () {});
  }

  // A page that came without encryption has no clipboard.
  if (!navigator.clipboard) each("[data-do=quote], [data-do=copy-link]", function (button) { button.hidden = true; });

  return { words, locale, actions, each, make, recall, remember, say, copy };
})();
