// Shows what is wrong with the site over the page: errors with their place and hint, warnings as a count.
// It lives in a shadow tree with a style of its own, so that no theme can break it, nor it a theme.

const MEMORY = "anjoman-dismissed";

let host;

function element(name, className, text, dir) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  if (dir) made.dir = dir;
  return made;
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function title({ errors, warnings }) {
  return [errors && count(errors, "error"), warnings && count(warnings, "warning")].filter(Boolean).join(", ");
}

function item({ path, line, field, message, hint }) {
  const entry = element("li");
  const place = [path, line].filter(Boolean).join(":");
  if (place) entry.append(element("code", "place", place, "ltr"));
  if (field) entry.append(" ", element("code", "field", field, "ltr"));
  entry.append(element("p", "message", message, "auto"));
  if (hint) entry.append(element("p", "hint", hint, "auto"));
  return entry;
}

function list({ problems, errors }) {
  const entries = element("ol");
  entries.append(...problems.map(item));
  if (errors > problems.length) entries.append(element("li", "", `and ${errors - problems.length} more`));
  return entries;
}

function panel(message, dismiss) {
  const made = element("section", message.errors ? "errors" : "warnings", "", "ltr");
  made.lang = "en";
  made.setAttribute("role", message.errors ? "alert" : "status");
  const head = element("header");
  const button = element("button", "", "×");
  button.type = "button";
  button.setAttribute("aria-label", "Dismiss");
  button.addEventListener("click", dismiss);
  head.append(element("strong", "", title(message)), button);
  made.append(head);
  if (message.errors) made.append(list(message));
  return made;
}

function stylesheet(shown) {
  const link = element("link");
  link.rel = "stylesheet";
  link.href = new URL("overlay.css", import.meta.url);
  shown.hidden = true;
  link.onload = link.onerror = () => { shown.hidden = false; };
  return link;
}

function dismissed(key) {
  try {
    return sessionStorage.getItem(MEMORY) === key;
  } catch {
    return false;
  }
}

function hide() {
  host?.remove();
  host = undefined;
  removeEventListener("keydown", onKey);
}

function dismiss() {
  const key = host?.dataset.key;
  hide();
  try {
    if (key) sessionStorage.setItem(MEMORY, key);
  } catch {
    // Storage may be turned off; then it is shown again on the next page.
  }
}

function onKey(event) {
  if (event.key === "Escape") dismiss();
}

// Shows the problems of a build in place of those shown before; with none, nothing is shown.
// The same problems stay dismissed in this tab.
export function show(message) {
  const key = JSON.stringify([message.problems, message.errors, message.warnings]);
  if (host?.dataset.key === key) return;
  hide();
  if (!(message.errors || message.warnings) || dismissed(key)) return;
  host = document.createElement("anjoman-problems");
  host.dataset.key = key;
  const shown = panel(message, dismiss);
  host.attachShadow({ mode: "open" }).append(stylesheet(shown), shown);
  document.documentElement.append(host);
  addEventListener("keydown", onKey);
}
