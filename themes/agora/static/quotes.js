// An entry, or what is selected in it, as a quote in Markdown that names its source: for the reader's clipboard.
(function () {
  "use strict";
  const AROUND = { STRONG: "**", B: "**", EM: "*", I: "*", DEL: "~~", S: "~~" };
  const BLOCKS = "p, div, pre, ul, ol, dl, dt, dd, li, blockquote, figure, figcaption, table, details, aside, hr, h1, h2, h3, h4, h5, h6, video, audio";
  const LEFT_OUT = ".copy, .footnote-ref, .footnotes, .unseen, button, script";

  // Letters that would be marks in a text.
  function plain(text) {
    return text.replace(/\s+/g, " ").replace(/[\\`*[\]<]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
  }

  function code(text) {
    const longest = Math.max(0, ...(text.match(/`+/g) || []).map(function (run) { return run.length; }));
    const fence = "`".repeat(longest + 1);
    return longest ? fence + " " + text + " " + fence : fence + text + fence;
  }

  function member(name) {
    return /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.\u200c\u200d-]{0,62}[\p{L}\p{M}\p{N}_])?$/u.test(name) ? "@" + name : '@"' + name.replace(/["\n@<>]/g, "").slice(0, 64) + '"';
  }

  function target(address) {
    return /[\s()<>]/.test(address) ? "(<" + address + ">)" : "(" + address + ")";
  }

  function inline(node) {
    if (node.nodeType === Node.TEXT_NODE) return plain(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return "";
    const text = [...node.childNodes].map(inline).join("");
    if (node.matches(".mention")) return member(node.textContent.replace(/^@/, ""));
    if (node.matches("span.spoiler")) return "||" + text + "||";
    const around = AROUND[node.tagName];
    if (around && text.trim()) return text.replace(/^(\s*)(.*?)(\s*)$/s, (_, before, inner, after) => before + around + inner + around + after);
    switch (node.tagName) {
      case "BR": return "  \n";
      case "CODE": return code(node.textContent);
      case "IMG": return node.getAttribute("src") ? "![" + plain(node.alt) + "]" + target(node.src) : "";
      case "INPUT": return node.checked ? "[x]" : "[ ]";
      case "A": return node.matches(".picture") ? text : !text.trim() ? "" : node.textContent === node.href ? node.href : "[" + text + "]" + target(node.href);
      case "MATH": case "math": return "$" + (node.getAttribute("alttext") || node.textContent) + "$";
      default: return text;
    }
  }

  function paragraph(text) {
    return text.trim().replace(/^(\d+)([.)])(?=\s)/, "$1\\$2").replace(/^[#>+-](?=\s)/, "\\$&");
  }

  function indented(text, first, rest) {
    return first + text.split("\n").join("\n" + rest).replace(/[ ]+$/gm, function (end) { return end === "  " ? end : ""; });
  }

  function list(node) {
    let number = node.start || 1;
    return [...node.children].map(function (item) {
      const mark = node.tagName === "OL" ? number++ + ". " : "- ";
      return indented(blocks(item).join("\n\n"), mark, "    ");
    }).join("\n");
  }

  function table(node) {
    const rows = [...node.rows].map(function (row) {
      return "| " + [...row.cells].map(function (cell) { return inline(cell).trim().replace(/\|/g, "\\|"); }).join(" | ") + " |";
    });
    if (rows.length) rows.splice(1, 0, "|" + "---|".repeat(node.rows[0].cells.length));
    return rows.join("\n");
  }

  function fenced(node) {
    const box = node.closest("div.code");
    const text = node.textContent.replace(/\n$/, "");
    const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) || []).map(function (run) { return run.length + 1; })));
    return fence + (box && box.dataset.language || "") + "\n" + text + "\n" + fence;
  }

  function block(node) {
    if (node.matches(LEFT_OUT)) return "";
    if (/^H[1-6]$/.test(node.tagName)) return "#".repeat(node.tagName[1]) + " " + inline(node).trim();
    switch (node.tagName) {
      case "PRE": return fenced(node);
      case "UL": case "OL": return list(node);
      case "TABLE": return table(node);
      case "HR": return "---";
      case "VIDEO": case "AUDIO": return node.src;
      // What was quoted from another is not quoted again.
      case "BLOCKQUOTE": return node.querySelector(":scope > .quote-source") ? "" : indented(blocks(node).join("\n\n"), "> ", "> ");
      case "DETAILS": return indented(blocks(node).slice(1).join("\n\n"), ">! ", ">! ");
      default: return node.querySelector(BLOCKS) ? blocks(node).join("\n\n") : paragraph(inline(node));
    }
  }

  // The blocks of an element; what stands loose between them makes paragraphs.
  function blocks(parent) {
    const made = [];
    let loose = "";
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.ELEMENT_NODE && (node.matches(BLOCKS) || node.querySelector(BLOCKS))) {
        made.push(paragraph(loose), block(node));
        loose = "";
      } else loose += inline(node);
    }
    return [...made, paragraph(loose)].filter(Boolean);
  }

  // What is selected in a text, else all of it.
  function chosen(prose) {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !selection.getRangeAt(0).intersectsNode(prose)) return prose;
    const range = selection.getRangeAt(0).cloneRange();
    if (!prose.contains(range.startContainer)) range.setStart(prose, 0);
    if (!prose.contains(range.endContainer)) range.setEnd(prose, prose.childNodes.length);
    return range.toString().trim() ? range.cloneContents() : prose;
  }

  function quote(entry) {
    const name = entry.querySelector(".name");
    const source = name ? member(name.textContent.trim()) + " #" + entry.id.slice(2) + ":\n" : "";
    const text = source + blocks(chosen(entry.querySelector(".prose"))).join("\n\n");
    return text.split("\n").map(function (line) { return line ? "> " + line : ">"; }).join("\n") + "\n\n";
  }

  agora.actions.quote = function (button) {
    agora.copy(quote(button.closest("article[id]")), agora.words.quoted);
  };

  // A press on the button leaves the selection as it is.
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest("[data-do=quote]")) event.preventDefault();
  });
})();
