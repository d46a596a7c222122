// Keeps an open page up to date while the dev server runs: it listens to the server's builds, swaps changed
// styles and texts in, and else reloads the page, at its scroll place, if it or something that it loaded changed.
import { show } from "./overlay.js";
import { remember as keep, swap as swapText } from "./swap.js";

const { build, page, prefix, missing } = document.getElementById("anjoman-reload").dataset;
const MEMORY = "anjoman-reload";

let source;
let seen = build;
let handled = "";
let swapped = Promise.resolve();

function remember(message) {
  try {
    const place = { page, address: location.pathname, build: message.build, x: scrollX, y: scrollY };
    sessionStorage.setItem(MEMORY, JSON.stringify(place));
  } catch {
    // Storage may be turned off; then the page reloads without its place.
  }
}

function recall() {
  try {
    const place = JSON.parse(sessionStorage.getItem(MEMORY));
    sessionStorage.removeItem(MEMORY);
    return place?.address === location.pathname ? place : undefined;
  } catch {
    return undefined;
  }
}

function restore(place) {
  const back = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  const moved = new AbortController();
  for (const sign of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(sign, () => moved.abort(), { once: true, passive: true, signal: moved.signal });
  }
  back();
  // Pictures that load late push the text about, so once more then, unless the reader went on.
  addEventListener("load", () => { back(); moved.abort(); }, { once: true, signal: moved.signal });
}

function fileOf(address) {
  try {
    const url = new URL(address, document.baseURI);
    const path = decodeURIComponent(url.pathname);
    return url.origin === location.origin && path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : "";
  } catch {
    return "";
  }
}

function loadedFiles() {
  const requested = performance.getEntriesByType("resource").map((entry) => entry.name);
  const named = [...document.querySelectorAll("[src]")].map((element) => element.src);
  const styles = [...document.querySelectorAll("link[rel~=stylesheet], link[rel~=icon]")].map((link) => link.href);
  return new Set([...requested, ...named, ...styles].map(fileOf));
}

function sheetsOf(file) {
  const links = [...document.querySelectorAll("link[rel~=stylesheet]:not([data-anjoman-old])")];
  return links.filter((link) => fileOf(link.href) === file);
}

function swap(link) {
  const next = link.cloneNode();
  const address = new URL(link.href);
  address.searchParams.set("anjoman", seen);
  next.href = address.href;
  // The old one stays until the new one is there, so that the page is never bare.
  link.dataset.anjomanOld = "";
  next.onload = next.onerror = () => link.remove();
  link.after(next);
}

function reload(message) {
  // A page that still shows an old build after a reload comes from some cache: don't go round in circles.
  if (message.build === handled) return;
  handled = message.build;
  remember(message);
  location.reload();
}

function update(message) {
  const changed = [...message.written, ...message.removed];
  if (message.all || (missing !== undefined && changed.length > 0)) return reload(message);
  const loaded = loadedFiles();
  const concerns = (file) => file === page || (!file.endsWith(".html") && loaded.has(file));
  const mine = changed.filter(concerns);
  const isSwappable = (file) => message.written.includes(file) && (file === page || sheetsOf(file).length > 0);
  if (!mine.every(isSwappable)) return reload(message);
  for (const link of mine.flatMap(sheetsOf)) swap(link);
  if (mine.includes(page)) swapped = swapped.then(swapText).catch(() => reload(message));
}

function connect() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  const address = new URL("events", import.meta.url);
  address.searchParams.set("build", seen);
  source = new EventSource(address);
  source.addEventListener("built", (event) => {
    const message = JSON.parse(event.data);
    seen = message.build;
    show(message);
    update(message);
  });
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 1000);
  };
}

// A browser holds six connections to a server, so a tab that nobody sees gives its own up;
// it learns what it missed when it is shown again.
function follow() {
  if (document.visibilityState === "visible") connect();
  else source?.close();
}

const place = recall();
if (place) {
  handled = place.build;
  restore(place);
}
if (missing === undefined) keep(build);
document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", follow);
follow();
