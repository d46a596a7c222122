// Finds entries by their words: fetches the few files that a query needs, ranks, and shows results.
// What is in the files, the manual's page on search tells; texts are folded here as generator/language/folding.py does.
(() => {
  "use strict";

  // Folding -------------------------------------------------------------------

  const DROPPED = /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]/g;
  const SAME = { "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th" };
  const FROM = "يىكةەہھٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ςıøđðł", TO = "ییکهههها01234567890123456789σioddl";
  for (let at = 0; at < FROM.length; at++) SAME[FROM[at]] = TO[at];
  const ALIKE = new RegExp("[" + Object.keys(SAME).join("") + "]", "g");
  const WORD = /[a-z](?:\+\+|#)|[\p{L}\p{N}\u0900-\u0963\u0966-\u109f\u1780-\u17d3]+/gu;
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17d3\\u3005\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const RUNS = new RegExp("[" + UNSPACED + "]+|[^" + UNSPACED + "]+", "gu");
  const IS_UNSPACED = new RegExp("[" + UNSPACED + "]", "u");
  const LONGEST = 24;

  function fold(text) {
    const plain = text.normalize("NFKD").toLowerCase().replace(DROPPED, "");
    return plain.replace(ALIKE, (letter) => SAME[letter]).normalize("NFC");
  }

  function pieces(word) {
    if (!IS_UNSPACED.test(word)) return [word];
    return word.match(RUNS).flatMap((run) => {
      const letters = [...run];
      if (letters.length === 1 || !IS_UNSPACED.test(run)) return [run];
      return letters.slice(1).map((letter, at) => letters[at] + letter);
    });
  }

  function words(text) {
    return (fold(text).match(WORD) || []).flatMap(pieces).map((word) => {
      return word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word;
    });
  }

  // The query -----------------------------------------------------------------

  // A clause is words that stand together; the last word may be the beginning of one.
  function parse(query) {
    const clauses = [];
    for (const [whole, minus, quoted, plain] of query.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)) {
      const found = words(quoted === undefined ? plain : quoted);
      if (!found.length) continue;
      const last = found[found.length - 1];
      const typing = quoted === undefined && !minus && query.endsWith(whole);
      const open = quoted === undefined && (plain.endsWith("*") || (typing && last.length > 1) || (last.length === 1 && IS_UNSPACED.test(last)));
      clauses.push({ words: found, open: open, minus: Boolean(minus), text: fold(quoted === undefined ? plain.replace("*", "") : quoted) });
    }
    return clauses;
  }

  // The files -----------------------------------------------------------------

  const BUDGET = 200000, SPARE = 50000, LEAVES = 6, PAGE = 10;
  const place = document.querySelector("[data-search]");
  const told = place ? place.dataset : {};
  const kept = new Map();
  let spent = 0;

  async function get(name, fresh) {
    const answer = await fetch(told.search + name, fresh ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(name);
    const data = new Uint8Array(await answer.arrayBuffer());
    spent += data.length;
    return data;
  }

  function once(name, read) {
    if (!kept.has(name)) {
      kept.set(name, get(name, name === "index.json").then(read));
      kept.get(name).catch(() => { kept.delete(name); });
    }
    return kept.get(name);
  }

  const decoder = new TextDecoder();
  const json = (data) => JSON.parse(decoder.decode(data));

  function index() {
    return once("index.json", (data) => {
      const found = json(data);
      found.leaves = found.leaves.split(",");
      return found;
    });
  }

  function readWords(data) {
    const end = data.indexOf(10), found = new Map();
    let at = end + 1;
    for (const [word, count, sizes] of json(data.subarray(0, end))) {
      const rows = [];
      for (const [degree, size] of sizes) {
        for (let number = 0; number < size; number++) {
          const row = { degree: degree, facets: [] };
          let part = 0;
          for (let byte = 1; byte < 7; byte++) part = part * 256 + data[at + byte];
          row.key = part * 8 + data[at];
          row.day = data[at + 7] * 256 + data[at + 8];
          row.length = 2 ** (data[at + 9] / 8) - 1;
          row.votes = data[at + 10] > 128 ? (data[at + 10] - 128) / 8 : 0;
          const last = at + 12 + 3 * data[at + 11];
          for (at += 12; at < last; at += 3) row.facets.push(data[at] * 65536 + data[at + 1] * 256 + data[at + 2]);
          rows.push(row);
        }
      }
      found.set(word, { count: count, rows: rows });
    }
    return found;
  }

  // A file has the words from its name to that of the next one.
  function leavesOf(all, word, open) {
    const own = all.leaves.findLast((leaf) => leaf <= word + " ");
    const below = open ? all.leaves.filter((leaf) => leaf !== own && leaf.startsWith(word)) : [];
    return own === undefined ? below : [own].concat(below);
  }

  function fileOf(leaf) {
    const name = Array.from(new TextEncoder().encode(leaf), (byte) => byte.toString(16).padStart(2, "0"));
    return "words/" + (name.join("") || "all") + ".bin";
  }

  // All entries that have a word: the row and the weight of each; `cut` where there are more than are told.
  async function entriesOf(all, word, open) {
    const leaves = leavesOf(all, word, open), found = { rows: new Map(), cut: leaves.length > LEAVES, common: false };
    const files = await Promise.all(leaves.slice(0, LEAVES).map((leaf) => once(fileOf(leaf), readWords)));
    const usual = all.words / Math.max(1, all.entries);
    const rarity = (count) => Math.log(1 + (all.entries - count + 0.5) / (count + 0.5));
    const own = files.map((file) => file.get(word)).find(Boolean);
    found.common = Boolean(own) && own.count > all.entries / 3;
    for (const file of files) {
      for (const [other, list] of file) {
        if (other !== word && !(open && other.startsWith(word))) continue;
        found.cut = found.cut || list.count > list.rows.length;
        // What only begins so counts less, and a rare one not more than the word itself.
        const rare = other === word ? rarity(list.count) : 0.4 * Math.min(rarity(list.count), rarity(own ? own.count : 1));
        for (const row of list.rows) {
          const often = [1, 2, 3, 6][row.degree & 3];
          const weight = rare * often * 2.2 / (often + 1.2 * (0.4 + 0.6 * row.length / usual)) * (row.degree > 3 ? 2.5 : 1);
          const known = found.rows.get(row.key);
          if (!known || known.weight < weight) found.rows.set(row.key, { row: row, weight: weight });
        }
      }
    }
    return found;
  }

  // Ranking -------------------------------------------------------------------

  const TODAY = Date.now() / 86400000;

  function worth(row) {
    return (1 + 0.4 * Math.exp(-Math.max(0, TODAY - row.day) / 700)) * (1 + 0.15 * row.votes);
  }

  // Entries with all words first to last, those in the page's language before others; `unsure` where that is to be looked for in the text.
  function rank(terms, minus, strict) {
    const found = new Map();
    terms.forEach((term, number) => {
      for (const [key, one] of term.rows) {
        const entry = found.get(key) || { key: key, row: one.row, weight: 0, has: new Set() };
        entry.weight += one.weight;
        entry.has.add(number);
        found.set(key, entry);
      }
    });
    const gone = minus.filter((clause) => clause.terms.length === 1);
    return [...found.values()].filter((entry) => {
      if (gone.some((clause) => clause.terms[0].rows.has(entry.key))) return false;
      const missing = terms.filter((term, number) => !term.spare && !entry.has.has(number));
      entry.unsure = missing.length > 0;
      entry.near = valuesOf(entry.row, "language")[0] === lang;
      entry.weight *= worth(entry.row) * (entry.has.size / terms.length) ** 2;
      return !strict || missing.every((term) => term.cut);
    }).sort((one, other) => other.near - one.near || other.weight - one.weight || one.key - other.key);
  }

  // Whether a text has what the clauses ask for. Of a long one the end is not told, so it gets the benefit of doubt.
  function agrees(text, clauses, strict) {
    const line = " " + words(text).join(" ") + " ";
    return clauses.every((clause) => {
      const has = line.includes(" " + clause.words.join(" ") + (clause.open ? "" : " "));
      return clause.minus ? !has : has || !strict || clause.terms[0].spare;
    });
  }

  // Results -------------------------------------------------------------------

  function facet(text) {
    let found = 0x811c9dc5;
    for (const letter of text) found = Math.imul(found ^ letter.codePointAt(0), 0x01000193);
    return (found >>> 24) ^ (found & 0xffffff);
  }

  async function show(all, entry) {
    const part = Math.floor(entry.key / 8);
    const file = await once("texts/" + Math.floor(part / 2 ** (48 - all.bits)).toString(16) + ".json", json);
    const found = file[part], one = found && found[4][entry.key % 8];
    if (!one) return null;
    const [href, author, authorKey, date, title, text] = one, language = found[5] || told.language;
    learn("author", authorKey, author);
    if (!names.language.has(language)) learn("language", language, language);
    for (const [key, name] of found[3]) learn("tag", key, name);
    return { topic: found[0], board: found[2], tags: found[3], href: href, author: author, date: date, title: title, text: text, language: language, reply: entry.key % 8 > 0 || href !== found[1] };
  }

  const names = { board: new Map(), kind: new Map(), language: new Map(), author: new Map(), tag: new Map(), year: new Map() };
  const FACETS = Object.keys(names);
  // What a facet's number in a row stands for: facets with their values. Two keys may share a number.
  const meanings = new Map();
  const lang = document.documentElement.lang || "en";
  const format = { timeZone: told.timezone, calendar: told.calendar === "persian" ? "persian" : "gregory" };
  const yearOf = new Intl.DateTimeFormat(lang, { ...format, year: "numeric" });
  // As all other pages write it: in English the day first, and months of three letters.
  const days = new Intl.DateTimeFormat(lang, { ...format, day: "numeric", month: "short", year: "numeric" });
  const dayOf = lang === "en" ? { format: (moment) => days.format(moment).replace(/(\w+) (\d+),/, "$2 $1") } : days;
  const years = new Map();

  function mean(key, found) {
    const number = facet(key);
    meanings.set(number, (meanings.get(number) || []).concat(found));
  }

  function learn(name, key, title) {
    if (!names[name].has(key)) mean(name + ":" + key, [[name, [key]]]);
    names[name].set(key, title);
  }

  function valuesOf(row, name) {
    if (name === "year") return yearsOf(row.day);
    const found = [];
    for (const number of row.facets) {
      for (const [one, values] of meanings.get(number) || []) if (one === name) found.push(...values);
    }
    // An entry without a mark of another language is in the site's own.
    return name === "language" && !found.length ? [told.language] : found;
  }

  function yearsOf(day) {
    if (day && !years.has(day)) {
      const { value } = yearOf.formatToParts(day * 86400000 + 43200000).find((part) => part.type === "year");
      names.year.set(fold(value), value);
      years.set(day, [fold(value)]);
    }
    return years.get(day) || [];
  }

  // Names of languages take long to load, and most sites have one language.
  function titleOf(name, value) {
    if (name === "language" && names.language.get(value) === value) {
      try { names.language.set(value, new Intl.DisplayNames(value, { type: "language" }).of(value)); } catch { /* no tag that the browser knows */ }
    }
    return names[name].get(value) || value;
  }

  // A board stands for those inside it too.
  function learnBoards(all) {
    if (names.kind.size) return;
    const parents = new Map(all.boards.map((board) => [board[0], board[1]]));
    for (const [key, , kind, title] of all.boards) {
      const trail = [];
      for (let at = key; at; at = parents.get(at)) trail.push(at);
      names.board.set(key, title);
      names.kind.set(kind, told[kind] || kind);
      mean("board:" + key, [["board", trail], ["kind", [kind]]]);
    }
    all.languages.forEach((one) => learn("language", one, one));
    names.kind.set("page", told.page);
    mean("board:", [["kind", ["page"]]]);
  }

  // The facets by which an entry is not among what was chosen.
  function misses(row, chosen) {
    return FACETS.filter((name) => {
      return chosen[name] && !(name === "author" || name === "tag"
        ? row.facets.includes(facet(name + ":" + chosen[name])) : valuesOf(row, name).includes(chosen[name]));
    });
  }

  if (!place) {
    window.anjomanSearch = { fold: fold, words: words, facet: facet };
    return;
  }

  const form = place.querySelector("form"), input = form.elements.q, list = place.querySelector("ol");
  const status = place.querySelector("[role=status]"), note = place.querySelector(".search-note");
  const more = place.querySelector(".search-more"), sieve = place.querySelector(".search-facets");
  let latest = 0;

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function number(value) {
    return value.toLocaleString(lang);
  }

  // Where in a text the query's words are: beginnings and ends, in order.
  function marksIn(text, clauses) {
    const found = [];
    const asks = clauses.filter((clause) => !clause.minus);
    for (const piece of text.matchAll(/[\p{L}\p{N}\p{M}\u00ad\u0640\u200b-\u200f]+(?:\+\+|#)?/gu)) {
      const run = piece[0], at = piece.index;
      if (IS_UNSPACED.test(run)) {
        const folded = [...run].map(fold).join("");
        for (const clause of asks) {
          for (let from = folded.indexOf(clause.text); clause.text && from >= 0; from = folded.indexOf(clause.text, from + 1)) {
            found.push([at + from, at + from + clause.text.length]);
          }
        }
        continue;
      }
      const own = words(run).concat(run.includes("\u200c") ? words(run.replaceAll("\u200c", " ")) : []);
      const hit = asks.some((clause) => {
        return clause.words.some((word, place) => {
          const open = clause.open && place === clause.words.length - 1;
          return own.some((one) => one === word || (open && one.startsWith(word)));
        });
      });
      if (hit) found.push([at, at + run.length]);
    }
    return found.sort((one, other) => one[0] - other[0]);
  }

  // The part of a text that has most of the words, with these marked.
  function marked(element, text, clauses, size) {
    const marks = marksIn(text, clauses);
    let start = 0, most = 0;
    marks.forEach(([from], place) => {
      const near = new Set();
      for (let at = place; at < marks.length && marks[at][1] < from + size - 60; at++) near.add(fold(text.slice(...marks[at])));
      if (near.size > most) { most = near.size; start = from; }
    });
    start = start > size / 2 ? text.lastIndexOf(" ", start - 50) + 1 || start : 0;
    const end = start + size < text.length ? text.lastIndexOf(" ", start + size) : text.length;
    const stop = end > start ? end : start + size;
    let at = start;
    if (start) element.append("… ");
    for (const [from, to] of marks) {
      if (from < at || to > stop) continue;
      element.append(text.slice(at, from), make("mark", "", text.slice(from, to)));
      at = to;
    }
    element.append(text.slice(at, stop) + (stop < text.length ? " …" : ""));
  }

  function result(one, clauses) {
    const item = make("li", "found"), link = make("a"), title = make("h2"), about = make("p", "found-about"), text = make("p", "found-text");
    link.href = one.href;
    title.dir = text.dir = "auto";
    item.lang = one.language;
    marked(link, one.title || one.topic, clauses, 300);
    title.append(link);
    const time = make("time", "", one.date ? dayOf.format(one.date * 1000) : "");
    const parts = [make("bdi", "", names.board.get(one.board) || ""), make("bdi", "", one.author), time];
    if (one.reply) parts.push(make("span", "found-reply", told.reply));
    for (const part of parts) {
      if (part.textContent) about.appendChild(make("span")).append(part);
    }
    marked(text, one.text, clauses, 260);
    item.append(title, about, text);
    return item;
  }

  // What a facet offers, of the entries that all others leave.
  function offer(found, chosen) {
    const all = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
    for (const { row } of found) {
      const missed = misses(row, chosen);
      if (missed.length > 1) continue;
      for (const name of missed.length ? missed : FACETS) {
        for (const value of valuesOf(row, name)) all[name].set(value, (all[name].get(value) || 0) + 1);
      }
    }
    for (const select of sieve.querySelectorAll("select")) {
      const name = select.name, counts = all[name];
      if (chosen[name] && !counts.has(chosen[name])) counts.set(chosen[name], 0);
      const order = [...counts].sort((one, other) => {
        return name === "year" ? other[0] - one[0] : other[1] - one[1] || (one[0] < other[0] ? -1 : 1);
      });
      const label = select.closest("label");
      select.length = 1;
      label.hidden = order.length < 2 && !chosen[name];
      for (const [value, count] of label.hidden ? [] : order.slice(0, 40)) {
        select.add(new Option(titleOf(name, value) + " (" + number(count) + ")", value, false, value === chosen[name]));
      }
    }
    sieve.hidden = ![...sieve.querySelectorAll("label")].some((label) => !label.hidden);
  }

  function say(text, extra) {
    status.textContent = text;
    note.textContent = extra || "";
    note.hidden = !extra;
  }

  async function run() {
    const turn = ++latest, clauses = parse(input.value), chosen = {};
    for (const select of sieve.querySelectorAll("select")) chosen[select.name] = select.value || wanted.get(select.name) || "";
    const address = new URLSearchParams([["q", input.value], ...FACETS.filter((name) => chosen[name]).map((name) => [name, chosen[name]])]);
    history.replaceState(null, "", input.value ? "?" + address : location.pathname);
    more.hidden = true;
    if (!clauses.some((clause) => !clause.minus)) {
      list.replaceChildren();
      sieve.hidden = true;
      return say("");
    }
    spent = 0;
    try {
      await find(turn, clauses, chosen);
    } catch (failed) {
      if (turn === latest) say(told.failed);
    }
  }

  async function find(turn, clauses, chosen) {
    const all = await index();
    learnBoards(all);
    await Promise.all(clauses.map(async (clause) => {
      clause.terms = await Promise.all(clause.words.map((word, place) => {
        return entriesOf(all, word, clause.open && place === clause.words.length - 1);
      }));
    }));
    if (turn !== latest) return;
    const asked = clauses.filter((clause) => !clause.minus), minus = clauses.filter((clause) => clause.minus);
    const terms = asked.flatMap((clause) => clause.terms);
    // Words as common as "the" need not be there beside others, but in a phrase.
    if (!terms.every((term) => term.common)) {
      for (const clause of asked) clause.terms[0].spare = clause.words.length === 1 && clause.terms[0].common;
    }
    const cut = terms.some((term) => term.cut && !term.spare);
    let strict = true, found = rank(terms, minus, true);
    // Where none is known to have all words, those that may have them are tried once.
    const enough = found.some((entry) => !entry.unsure) ? BUDGET : spent + 1;
    let shown = await page(all, turn, found, clauses, chosen, strict, PAGE, enough);
    if (turn === latest && !shown.items.length && asked.length > 1 && !FACETS.some((name) => chosen[name])) {
      strict = false;
      found = rank(terms, minus, false);
      shown = await page(all, turn, found, clauses, chosen, strict, PAGE, BUDGET + SPARE);
    }
    if (turn !== latest) return;
    list.replaceChildren(...shown.items);
    offer(found, chosen);
    tell();

    function tell() {
      const rest = shown.rest.length, count = list.children.length + rest;
      say(list.children.length ? told.count.replace("{}", number(count)) : told.none, [!count && told.hint, !strict && told.some, strict && cut && told.cut].filter(Boolean).join(" "));
      more.hidden = !rest;
    }

    more.onclick = async () => {
      spent = 0;
      const next = list.children.length;
      shown = await page(all, turn, shown.rest, clauses, {}, strict, PAGE, BUDGET);
      if (turn !== latest) return;
      list.append(...shown.items);
      tell();
      if (list.children[next]) list.children[next].querySelector("a").focus();
    };
  }

  // So many results, and the entries that come after them. What turns out not to fit is left out; beyond the
  // budget, in bytes, nothing is fetched.
  async function page(all, turn, found, clauses, chosen, strict, size, budget) {
    const items = [], phrases = clauses.filter((clause) => clause.minus || clause.words.length > 1);
    let rest = found.filter((entry) => !misses(entry.row, chosen).length);
    while (rest.length && items.length < size && spent < budget && turn === latest) {
      const batch = rest.slice(0, size - items.length);
      rest = rest.slice(batch.length);
      const texts = await Promise.all(batch.map((entry) => show(all, entry)));
      texts.forEach((one, place) => {
        const doubts = one && (batch[place].unsure ? clauses : phrases);
        const sure = one && (!doubts.length || one.text.length >= told.longest || agrees(one.topic + " . " + one.title + " . " + one.text + " . " + one.tags.join(" "), doubts, strict));
        if (sure) items.push(result(one, clauses));
      });
    }
    return { items: items, rest: rest };
  }

  // The keyboard, and the address ----------------------------------------------

  function move(event) {
    const links = [...list.querySelectorAll("h2 a")], at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links[at + 1]) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at > 0) links[at - 1].focus();
    else if ((event.key === "ArrowUp" && at === 0) || (event.key === "Escape" && at >= 0)) input.focus();
    else return;
    event.preventDefault();
  }

  const wanted = new URLSearchParams(location.search);
  let timer = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    run();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, 120);
  });
  sieve.addEventListener("change", (event) => {
    wanted.delete(event.target.name);
    run();
  });
  place.addEventListener("keydown", move);
  input.value = wanted.get("q") || "";
  place.classList.add("is-ready");
  if (input.value) run().then(() => { wanted.forEach((value, name) => { if (name !== "q") wanted.delete(name); }); });
  else input.focus();
  // It is there by the time that something is asked.
  index().catch(() => {});
})();
