"""A mail's text as HTML: quotes nested and folded where they are long or come last, signatures and footers set apart.

The text can be had back (`text_of`), so that no second copy of it is kept. What is which part is told in `quoting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from itertools import groupby

from generator.markup import guards, plaintext
from generator.markup.interface import Options, Rendered
from generator.markup.links import rel
from generator.markup.quoting import Block, Part, blocks
from generator.markup.text import words

LONG = 12
"""Lines of a quote that are shown at most without a click, where something is said below it."""

_FLOWED = range(40, 200)
_WRAPPED = range(55, 83)
_ALIGNED = re.compile(r"\S {2,}\S|^(?: {3,}|\t+)\S|^@@ |^diff --git |^[+|].*[+|]$")
_ITEM = re.compile(r"[\s*+|>#@=-]|\d{1,3}[.)]|$")
_TOKEN = re.compile(r"(<[^>]*>)|([^<]+)")
_WITHIN = ("<a ", "</a>", "<span", "</span>")
_ENDS = ("</div>", "</blockquote>", "</details>")
_LABEL = '<summary class="label">'


def render(text: str, options: Options) -> Rendered:
    """The safe HTML of a mail; its plain text is what its writer says, without what is quoted."""
    text = text.strip("\n").rstrip()
    found = blocks(text)
    link = rel(options)
    html = f'<div class="mail">{"".join(_parts(found, dict(options.labels), link))}</div>'
    if len(html) > guards.amplification(len(text)):
        html = f'<div class="mail">{plaintext.page(text, link)}</div>'
    own = [line for block in found if block.part is Part.TEXT for _, line in block.lines]
    shown = " ".join(" ".join(own).split()) or " ".join(text.split())
    return Rendered(html=html, text=shown, words=words(shown))


def _parts(found: Sequence[Block], labels: Mapping[str, str], link: str) -> Iterator[str]:
    last = max((place for place, block in enumerate(found) if block.part is Part.TEXT), default=-1)
    for place, block in enumerate(found):
        body = _quoted(block.lines, link) if block.part is Part.QUOTE else _plain([line for _, line in block.lines], link)
        if block.part is Part.TEXT:
            yield f'<div class="plain" dir="auto">{body}</div>'
        elif block.part is Part.SIGNATURE:
            yield f'<div class="signature" dir="auto">{body}</div>'
        elif block.part is Part.QUOTE and (last < 0 or (place < last and len(block.lines) <= LONG)):
            yield f'<p class="attribution" dir="auto">{_escaped(block.said)}</p>{body}' if block.said else body
        elif block.part is Part.QUOTE:
            yield f'<details class="quoted">{_summary(block.said, labels.get("quote", "Quoted text"))}{body}</details>'
        elif last < 0:
            yield f'<div class="plain" dir="auto">{body}</div>'
        else:
            label = labels.get(block.part.value, block.part.value.capitalize())
            yield f'<details class="{block.part.value}">{_summary("", label)}<div class="plain" dir="auto">{body}</div></details>'


def _summary(said: str, label: str) -> str:
    """What is shown of a part that is folded: whose it is, else what."""
    return f'<summary dir="auto">{_escaped(said)}</summary>' if said else f"{_LABEL}{_escaped(label)}</summary>"


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _quoted(lines: Sequence[tuple[int, str]], link: str) -> str:
    """Lines with their depth as quotes in quotes."""
    parts: list[str] = []
    depth = 0
    for level, group in groupby(lines, key=lambda line: line[0]):
        while depth < level:
            depth += 1
            parts.append(f'<blockquote class="level-{depth}" dir="auto">')
        while depth > level:
            depth -= 1
            parts.append("</blockquote>")
        run = [line for _, line in group]
        if any(line.strip() for line in run):
            parts.append(f'<div class="plain">{_plain(run, link)}</div>')
    return "".join(parts) + "</blockquote>" * depth


def _plain(lines: Sequence[str], link: str) -> str:
    """Lines with their links; what stands in columns keeps them, and in the rest lines that were only broken are told."""
    if sum(1 for line in lines if _ALIGNED.search(line)) > 1:
        return f'<span class="fixed">{plaintext.linked(_together(lines), link)}</span>'
    parts = ((how, plaintext.linked(_together(group), link)) for how, group in _paragraphs(lines))
    return "\n".join(f'<span class="{how}">{text}</span>' if how else text for how, text in parts)


def _together(lines: Sequence[str]) -> str:
    return "\n".join(lines)


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The lines in groups, each with how it was broken: `flowed` says so itself (RFC 3676), `wrapped` looks as if."""
    widest = max(map(len, lines), default=0)
    group, before, how = list[str](), "", ""
    for line in lines:
        now = _broken(before, line, widest) if group else ""
        if now and how in ("", now):
            how = now
            group.append(line)
        else:
            if group:
                yield how, group
            group, how = [line], ""
        before = line
    if group:
        yield how, group


def _broken(before: str, line: str, widest: int) -> str:
    """How a line was broken from the one before it, "" where it was meant to begin there."""
    if _ITEM.match(line) or before.rstrip() == "--":
        return ""
    if before.endswith(" ") and not before.endswith("  ") and len(before) in _FLOWED:
        return "flowed"
    # Its first word had no room above: so it was a program that broke the lines at this width.
    word = line.partition(" ")[0]
    return "wrapped" if widest in _WRAPPED and len(before) + 1 + len(word) > widest and before.strip() else ""


# And back --------------------------------------------------------------------


def is_mail(html: str) -> bool:
    """Whether HTML is of a mail, or of a text that was too long to be read as one."""
    return html.startswith(('<div class="mail">', '<div class="plain">'))


def text_of(html: str) -> str:
    """The text that `render` made HTML of: its lines with their signs, parts with an empty line between them."""
    lines: list[str] = []
    run, depth, gap, skip = "", 0, False, False
    for tag, text in _TOKEN.findall(html):
        if text:
            run += "" if skip else text
            continue
        if tag.startswith(_WITHIN):
            continue
        if run:
            lines += [""] if gap else []
            lines += _signed(run, depth)
            run, gap = "", False
        depth += tag.startswith("<blockquote") - (tag == "</blockquote>")
        skip = tag == _LABEL
        # What tells whose a quote is stands right above it, and quotes of other depths beside each other.
        gap = gap or (bool(lines) and not depth and tag in _ENDS)
    return "\n".join(lines)


def _signed(run: str, depth: int) -> list[str]:
    lines = unescape(run).split("\n")
    return [f"{'>' * depth} {line}" if line else ">" * depth for line in lines] if depth else lines
