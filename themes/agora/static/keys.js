// Keys: from entry to entry and from topic to topic, and a list of them. A reader whose own keys they disturb can turn
// them off, and the browser remembers that.
(function () {
  "use strict";
  const { actions, make, words } = agora;
  const STOPS = "article[id^='r-'], .row-title a, .card-title a, .excerpt-topic";

  function stops() {
    return [...document.querySelectorAll(STOPS)].filter(function (stop) { return !stop.checkVisibility || stop.checkVisibility(); });
  }

  function current() {
    return document.activeElement.closest(STOPS);
  }

  function visit(stop) {
    if (!stop) return;
    if (!stop.matches("a")) stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: stop.matches("a") ? "nearest" : "start" });
  }

  // From the entry that has the focus; else from what is seen at the top of the window.
  function move(step) {
    const all = stops();
    const at = all.indexOf(current());
    if (at >= 0) return visit(all[at + step]);
    const top = all.findIndex(function (stop) { return stop.getBoundingClientRect().bottom > 60; });
    visit(all[step > 0 || top < 1 ? Math.max(top, 0) : top - 1]);
  }

  function quote() {
    const entry = current() || stops().find(function (stop) { return stop.getBoundingClientRect().bottom > 60; });
    const button = entry && entry.querySelector("[data-do=quote]");
    if (button && navigator.clipboard) actions.quote(button);
  }

  function fold() {
    const branch = current() && current().closest(".reply") && current().closest(".reply").querySelector(":scope > .branch");
    if (branch) branch.open = !branch.open;
  }

  function search() {
    const box = [...document.querySelectorAll("input[type=search], .search-link")].find(function (one) { return one.offsetParent; });
    if (!box) return;
    if (box.href) box.click();
    else box.focus();
  }

  const KEYS = {
    j: function () { move(1); },
    k: function () { move(-1); },
    n: function () { visit(document.querySelector("article.is-new") || document.querySelector(".row.is-new .row-title a, .card.is-new .card-title a")); },
    q: quote,
    c: fold,
    "/": search,
    "?": function () { actions.keys(); },
  };

  let list;

  function line(text) {
    return make("div", {}, make("dt", {}, make("kbd", { textContent: text[0] })), make("dd", { textContent: text.slice(2) }));
  }

  function build(title) {
    const use = make("input", { type: "checkbox", checked: agora.recall("keys") !== false });
    use.addEventListener("change", function () { agora.remember("keys", use.checked); });
    const close = make("button", { type: "button", className: "button", textContent: words.close });
    const heading = make("h2", { id: "keys-title", textContent: title });
    const dialog = make("dialog", { className: "sheet" }, heading, make("dl", {}, ...words.keys.split("|").map(line)), make("p", { className: "sheet-foot" }, make("label", {}, use, " " + words.use), close));
    dialog.setAttribute("aria-labelledby", "keys-title");
    close.addEventListener("click", function () { dialog.close(); });
    document.body.append(dialog);
    return dialog;
  }

  actions.keys = function () {
    list = list || build(document.querySelector("[data-do=keys]").textContent);
    list.showModal();
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !KEYS[event.key]) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog") || agora.recall("keys") === false) return;
    event.preventDefault();
    KEYS[event.key]();
  });
})();
