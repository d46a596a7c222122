// Brings an open page from one text of its file to the next without a reload: only what differs is put in.
// Where a script may have had its hands in what differs, or would have to, it refuses: then the page has to be loaded anew.

// What does something by itself or is waited upon by a script can't come, go or change as if nothing had been.
const LIVELY = "link, base, meta[http-equiv], dialog, details, form, button, input, audio, video, :not(:defined)";
// Structured data is no script: nothing runs it.
const CLOSED = "script:not([type='application/ld+json']), style, template, noscript, iframe, object, embed, canvas, select, textarea";
const OURS = "anjoman-problems"; // the overlay
const ACTIVE = `${LIVELY}, ${CLOSED}`;

let shown; // a promise of the text that the page shows; undefined if that is not to be had

function insist(holds) {
  if (!holds) throw new Error("the page has to be loaded anew");
}

async function load(cache) {
  const answer = await fetch(location.href, { cache });
  insist(answer.ok);
  return answer.text();
}

// The page as a tree, and the build that it is of, which is no difference between two pages.
function parse(text) {
  const root = new DOMParser().parseFromString(text, "text/html").documentElement;
  const own = root.querySelector("#anjoman-reload");
  insist(own !== null);
  const build = own.dataset.build;
  delete own.dataset.build;
  return { root, build };
}

function isActive(node) {
  return node.nodeType === Node.ELEMENT_NODE && (node.matches(ACTIVE) || node.querySelector(ACTIVE) !== null);
}

function isAlike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName;
}

// Where two lists of nodes differ: how many are the same at the start, and how many at the end.
function difference(old, next) {
  const most = Math.min(old.length, next.length);
  let start = 0;
  while (start < most && old[start].isEqualNode(next[start])) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end).isEqualNode(next.at(-1 - end))) end += 1;
  return { start, end };
}

function planAttributes(live, old, next, steps) {
  for (const name of new Set([...old.getAttributeNames(), ...next.getAttributeNames()])) {
    const value = next.getAttribute(name);
    if (value === old.getAttribute(name)) continue;
    insist(live.getAttribute(name) === old.getAttribute(name) && !old.matches(LIVELY));
    steps.push(() => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value)));
  }
}

function planChildren(live, old, next, steps) {
  const [lives, olds, nexts] = [live, old, next].map((node) => [...node.childNodes].filter((child) => !child.matches?.(OURS)));
  insist(lives.length === olds.length);
  const { start, end } = difference(olds, nexts);
  const [gone, from, to] = [lives, olds, nexts].map((list) => list.slice(start, list.length - end));
  if (from.length === to.length && from.every((node, place) => isAlike(node, to[place]))) {
    gone.forEach((node, place) => plan(node, from[place], to[place], steps));
    return;
  }
  insist(gone.every((node, place) => node.isEqualNode(from[place])) && ![...from, ...to].some(isActive));
  const after = lives[lives.length - end] ?? null;
  steps.push(() => {
    for (const node of to) live.insertBefore(document.importNode(node, true), after);
    for (const node of gone) node.remove();
  });
}

// Gathers the steps from `old` to `next` on the living element that was `old` when it came.
function plan(live, old, next, steps) {
  if (old.isEqualNode(next)) return;
  insist(isAlike(live, old));
  if (old.nodeType === Node.ELEMENT_NODE) {
    insist(!old.matches(CLOSED));
    planAttributes(live, old, next, steps);
    planChildren(live, old, next, steps);
  } else {
    insist(live.data === old.data);
    steps.push(() => { live.data = next.data; });
  }
}

// Remembers the text of the page as it came, which the browser still has; `build` is the one that it is of.
export function remember(build) {
  shown = load("force-cache").then((text) => (parse(text).build === build ? text : undefined)).catch(() => undefined);
}

// Brings the page to the text that its file now has; throws where that can't be done.
export async function swap() {
  const [old, next] = await Promise.all([shown, load("no-cache")]);
  insist(old !== undefined);
  const steps = [];
  plan(document.documentElement, parse(old).root, parse(next).root, steps);
  for (const step of steps) step();
  shown = Promise.resolve(next);
}
