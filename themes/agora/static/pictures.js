// Pictures: one that can't be had leaves no gap, and the others open in a window of their own, one after another.
(function () {
  "use strict";
  const { each, make, words } = agora;
  const SMALL = 120; // what is narrower, in pixels, is a sign within the text
  const VIEW = "#picture-"; // the beginning of the addresses of an album's pictures
  const FILE = /\.(?:png|jpe?g|gif|webp|avif)$/i;

  function markBroken(picture) {
    picture.classList.add("is-broken");
    picture.removeAttribute("width");
    picture.removeAttribute("height");
  }

  // A picture is a link to itself, so that it is found by the keyboard and opens in a tab like any link.
  function offer(picture) {
    const link = picture.closest("a");
    if (link ? !FILE.test(link.pathname) : picture.naturalWidth < SMALL) return;
    const own = link || make("a", { href: picture.src });
    own.classList.add("picture");
    if (!picture.alt && !own.textContent.trim()) own.setAttribute("aria-label", words.picture);
    if (link) return;
    const whole = picture.closest("picture") || picture;
    whole.replaceWith(own);
    own.append(whole);
  }

  function watch(picture) {
    if (!picture.complete || !picture.getAttribute("src")) {
      picture.addEventListener("load", function () { offer(picture); }, { once: true });
      picture.addEventListener("error", function () { markBroken(picture); }, { once: true });
    } else if (picture.naturalWidth) offer(picture);
    else markBroken(picture);
  }

  function caption(link) {
    const own = link.closest("figure");
    const below = own ? own.querySelector("figcaption") : link.parentNode.querySelector(".shot-caption");
    return below && below.textContent || link.querySelector("img").alt;
  }

  function button(name, label, action) {
    const made = make("button", { type: "button", className: "lightbox-" + name, title: label });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", action);
    return made;
  }

  let box;
  let shown = []; // the links to the pictures of the page
  let place = 0;
  let pushed = false; // whether the address of the picture is a step of its own in the browser's history

  function build() {
    const picture = make("img", { alt: "", draggable: false });
    const text = make("p", { className: "lightbox-caption", dir: "auto" });
    const count = make("p", { className: "lightbox-count" });
    const back = button("back", words.previous, function () { turn(-1); });
    const next = button("next", words.next, function () { turn(1); });
    const close = button("close", words.close, function () { dialog.close(); });
    const dialog = make("dialog", { className: "lightbox" }, picture, text, count, back, next, close);
    dialog.setAttribute("aria-label", words.pictures);
    document.body.append(dialog);
    return { dialog, picture, text, count, back, next };
  }

  // The picture as it stands on the page, in the size that now fits; what a link leads to may be another one.
  function large(link) {
    const small = link.querySelector("img");
    if (!link.hash && link.href !== small.src) return make("img", { src: link.href, alt: small.alt, draggable: false });
    const copy = (small.closest("picture") || small).cloneNode(true);
    for (const source of copy.querySelectorAll("source")) source.sizes = "min(100vw, " + small.getAttribute("width") + "px)";
    const inner = copy.querySelector("img") || copy;
    inner.loading = "eager";
    inner.draggable = false;
    inner.removeAttribute("class");
    return copy;
  }

  function show() {
    const link = shown[place];
    const number = new Intl.NumberFormat(agora.locale);
    const picture = large(link);
    box.picture.replaceWith(picture);
    box.picture = picture;
    box.text.textContent = caption(link);
    box.count.textContent = shown.length > 1 ? number.format(place + 1) + " / " + number.format(shown.length) : "";
    box.back.hidden = place === 0;
    box.next.hidden = place === shown.length - 1;
  }

  function turn(step) {
    if (!shown[place + step]) return;
    place += step;
    show();
    if (location.hash.startsWith(VIEW)) history.replaceState(history.state, "", shown[place].hash);
    if (document.activeElement === document.body) box.dialog.focus();
  }

  // The picture of an album has an address of its own, and the browser's way back closes it.
  function open(link) {
    if (link.hash && link.hash !== location.hash) {
      history.pushState(null, "", link.hash);
      pushed = true;
    }
    if (!box) {
      box = build();
      listen(box.dialog);
    }
    shown = [...document.querySelectorAll("a.picture")];
    place = shown.indexOf(link);
    show();
    box.dialog.showModal();
  }

  function listen(dialog) {
    // Which way is on depends on how the page is written.
    const forward = getComputedStyle(document.documentElement).direction === "rtl" ? -1 : 1;
    let from = null;
    dialog.addEventListener("keydown", function (event) {
      const step = { ArrowRight: forward, ArrowLeft: -forward, Home: -place, End: shown.length - 1 - place }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      turn(step);
    });
    dialog.addEventListener("pointerdown", function (event) { from = event.isPrimary ? event : null; });
    dialog.addEventListener("pointerup", function (event) {
      const way = from && event.pointerId === from.pointerId ? event.clientX - from.clientX : 0;
      if (Math.abs(way) > 40) turn(way < 0 ? forward : -forward);
      // A click beside the picture closes, a swipe does not.
      else if (from && event.target === dialog) dialog.close();
      from = null;
    });
    dialog.addEventListener("close", function () {
      const link = shown[place];
      if (location.hash.startsWith(VIEW)) {
        if (pushed) history.back();
        else location.replace("#" + link.id);
      }
      pushed = false;
      link.focus();
    });
    addEventListener("popstate", function () {
      if (!dialog.open || location.hash.startsWith(VIEW)) return;
      pushed = false;
      dialog.close();
    });
  }

  each(".prose img, .shot img, .file.is-picture img", watch);
  each(".album a.picture", function (link) { if (link.hash === location.hash) open(link); });
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a.picture");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
})();
