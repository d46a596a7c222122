// What is new since the reader's last visit. It is known to the reader's browser alone: how far each topic was read,
// by the dates of its entries, and when the last visit ended. Pages are the same for everybody.
(function () {
  "use strict";
  const { each, make, words } = agora;
  const PAUSE = 1800; // seconds without a page, after which the next one is another visit
  const KEPT = 600; // topics that are remembered, the latest read

  const now = function () { return Math.floor(Date.now() / 1000); };

  // `since` is the end of the last visit, `last` that of this one so far; `topics` are [key, moment, page].
  function recalled() {
    const found = agora.recall("read");
    return found && Array.isArray(found.topics) ? found : { since: now(), last: now(), topics: [] };
  }

  const memory = recalled();
  if (now() - memory.last > PAUSE) memory.since = memory.last;
  const known = new Map(memory.topics.map(function ([key, moment, page]) { return [key, { moment, page }]; }));

  // A topic that is read for the first time has nothing unread from before the last visit, whatever of it was seen.
  function keep(key, moment, page, active) {
    const stored = recalled(); // another tab may have been read meanwhile
    const topics = new Map(stored.topics.map(function (topic) { return [topic[0], topic]; }));
    const since = Math.max(stored.last > memory.last ? stored.since : 0, memory.since);
    if (key) {
      const before = topics.get(key) || [key, Math.min(since, active || since), 1];
      topics.delete(key);
      topics.set(key, [key, Math.max(before[1], moment), Math.max(before[2], page)]);
    }
    agora.remember("read", { since, last: now(), topics: [...topics.values()].slice(-KEPT) });
  }

  // A topic is gone on with where it was left; an entry or a board, whose link says `data-fresh`, is gone to itself.
  function mark(element, link) {
    const read = known.get(element.dataset.topic);
    if (Number(element.dataset.active) <= (read ? read.moment : memory.since)) return;
    const on = read && !("fresh" in link.dataset);
    const target = on && read.page > 1 ? link.pathname + "page/" + read.page + "/" : on ? link.pathname : link.href;
    element.classList.add("is-new");
    const to = make("a", { className: "new-mark", href: target + (on ? "#new" : ""), title: on ? words.unread : words.new });
    to.append(make("span", { className: "unseen", textContent: to.title + ": " + link.textContent }));
    element.append(to);
  }

  function markList() {
    each("[data-topic]", function (element) {
      const link = element.querySelector(".row-talk") || element.querySelector(".row-title a, .card-title a, [data-fresh]");
      if (link) mark(element, link);
    });
  }

  // A topic -----------------------------------------------------------------

  function momentOf(entry) {
    const time = entry.querySelector("time");
    return time ? Date.parse(time.dateTime) / 1000 || 0 : 0;
  }

  // The entries that came after what was read. Of a topic that is new as a whole none is marked.
  function unread(entries, read) {
    const limit = read ? read.moment : memory.since;
    const found = entries.filter(function (entry) { return entry.moment > limit; });
    return read || found.length < entries.length ? found : [];
  }

  function markEntry(entry) {
    entry.element.classList.add("is-new");
    const place = entry.element.querySelector(".entry-when, .byline-facts") || entry.element;
    place.prepend(make("span", { className: "unseen", textContent: words.new }));
  }

  // A way to the first of them, which goes once it is seen.
  function offerJump(first, count) {
    const number = new Intl.NumberFormat(agora.locale).format(count);
    const link = make("a", { className: "jump button", href: "#" + first.id }, words.unread, make("b", { textContent: number }));
    document.body.append(link);
    new IntersectionObserver(function (seen, observer) {
      if (!seen.some(function (one) { return one.isIntersecting; })) return;
      link.remove();
      observer.disconnect();
    }).observe(first);
  }

  // `#new` leads to the first unread entry, on this page or a later one.
  function arrive(place, first) {
    if (location.hash !== "#new") return;
    const next = document.querySelector(".pagination a[rel=next]");
    if (first) location.replace("#" + first.id);
    else if (next) location.replace(next.href + "#new");
    else history.replaceState(null, "", location.pathname);
  }

  function readTopic(place) {
    const key = place.dataset.reading;
    const page = Number(place.dataset.page) || 1;
    const entries = [...place.querySelectorAll("article[id^='r-']")].map(function (element) { return { element, moment: momentOf(element) }; });
    const fresh = unread(entries, known.get(key));
    fresh.forEach(markEntry);
    const first = fresh.length ? fresh[0].element : null;
    arrive(place, first);
    if (first) offerJump(first, fresh.length);
    const newest = entries.reduce(function (latest, entry) { return Math.max(latest, entry.moment); }, 0);
    return function () { keep(key, newest, page, Number(place.dataset.active)); };
  }

  markList();
  const place = document.querySelector("[data-reading]");
  const leave = place ? readTopic(place) : function () { keep(""); };
  agora.unread = function () { return document.querySelector("article.is-new"); };
  // A phone may end a page without a word after it is hidden.
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", function () { if (document.hidden) leave(); });
})();
