"""Texts that need no parser: paragraphs, headings, flat lists, quotes and fenced code of plain words and spans.

Their safe HTML is written at once, as every engine, the cleaner and `links` would make it (a test holds that);
any other text is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

# What these mean may depend on the engine, or on more than their line.
_SPACES = re.compile(r"[^\S \n]")
# Two spaces before a line's end are a hard break; any other number, or at a paragraph's end, is left alone.
_BAD_END = re.compile(r" \n(?:(?<=\n \n)|(?<=[^ ] \n)|(?<=   \n)|(?=[ \n]))")
_SIGN = re.compile(r"[*`\\~|]|\][(:\[]")
_REFERENCE = re.compile(r"&lt;|&amp;[#\w]")
_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_WORDS = r"[^\W_](?:[^\n*_`\[\]\\~|&]*[^\W_])?"
_AFTER = r"(?![^\s.,;:?!)'\"])"
_SPAN = re.compile(
    r"`([^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    rf"|\*\*(?<![^\s(]\*\*)({_WORDS}|{_WORDS}[.:!?)](?=\*\*(?!\S)))\*\*{_AFTER}"
    rf"|\*(?<![^\s(]\*)({_WORDS}|{_WORDS}[.:!?)](?=\*(?!\S)))\*{_AFTER}"
    rf"|\[(?<!!\[)({_WORDS})\]\((https?://[a-z0-9](?:[A-Za-z0-9/.?=%#:+,_@!-]|&amp;)*)\)"
)
_FENCE = re.compile(r"(?:\A|\n\n)```([\w+#.-]*)\n((?!\n)(?:(?!```|[ ]+\n)[^\n]*\n)+)(?<!\n\n)```(?=\n\n|\Z)")

_START = r"[ #+=!\[-]|&gt;|\d+[.)]"
_SPECIAL = re.compile(rf"\n(?:{_START})")
_HEADING = re.compile(r"(#{1,6}) ([^#\s](?:[^\n#]*[^\n#\s])?)")
_ITEMS = re.compile(rf"(?:- (?!{_START})[^\n]+(?:\n(?!\Z)|\Z))+")
_NUMBERED = re.compile(rf"1\. (?!{_START})[^\n]+(?:\n\d{{1,9}}\. (?!{_START})[^\n]+)*")
_QUOTED = re.compile(rf"(?:&gt; (?!{_START})[^\n]+(?:\n(?!\Z)|\Z))+")
_NUMBER = re.compile(r"\n\d+\. ")


def convert(source: str, rel: str) -> str | None:
    """The safe HTML of a source, its links with their `rel`; None where it takes a parser to be sure."""
    if _is_odd(source):
        return None
    text = escape(source, quote=False) if "&" in source or "<" in source or ">" in source else source
    if "```" not in text:
        return _segment(text, rel)
    parts = _FENCE.split(text)
    made: list[str] = []
    for at in range(0, len(parts), 3):
        segment = parts[at].strip("\n")
        html = _segment(segment, rel) if segment else ""
        if html is None:
            return None
        made += [html] if html else []
        made += [_code(parts[at + 1], parts[at + 2])] if at + 1 < len(parts) else []
    return "\n".join(made)


def _is_odd(source: str) -> bool:
    """Whether its spaces, its references or what looks like a placeholder in an address need care."""
    if not source or source[0] in " \n" or source[-1] in " \n" or "\t" in source or "&#" in source:
        return True
    return ("%" in source and "%ee%80" in source.lower()) or (not source.isascii() and _SPACES.search(source) is not None)


def _code(language: str, code: str) -> str:
    name = f' class="language-{language}"' if language else ""
    return f"<pre><code{name}>{code}</code></pre>"


def _segment(text: str, rel: str) -> str | None:
    """What stands between fenced code."""
    if text[-1] == " " or (" \n" in text and _BAD_END.search(text)):
        return None
    made = _spans(text, rel)
    if made is None or "\n\n\n" in made:
        return None
    if _SPECIAL.search("\n" + text):
        return _blocks(made)
    return "<p>" + _broken(made).replace("\n\n", "</p>\n<p>") + "</p>"


def _spans(text: str, rel: str) -> str | None:
    """The text with its spans as elements; None if anything is left that could be more."""
    parts = _SPAN.split(text)
    if _means_more("\n".join(parts[::6])):
        return None
    made = [parts[0]]
    for at in range(1, len(parts), 6):
        code, strong, emphasis, label, address, after = parts[at : at + 6]
        if code:
            made.append(f"<code>{code}</code>")
        elif strong:
            made.append(f"<strong>{strong}</strong>")
        elif emphasis:
            made.append(f"<em>{emphasis}</em>")
        else:
            made.append(f'<a href="{address}" rel="{rel}">{label}</a>')
        made.append(after)
    return "".join(made)


def _means_more(text: str) -> bool:
    """Whether a text without its spans holds a sign that an engine may take for something else."""
    return (
        _SIGN.search(text) is not None
        or ("&" in text and _REFERENCE.search(text) is not None)
        or ("_" in text and _UNDERSCORE.search(text) is not None)
    )


def _blocks(text: str) -> str | None:
    """Blocks of every kind; None if one is of none, or may belong to the one before it."""
    made = list(_each(text))
    return None if "" in made else "\n".join(made)


def _each(text: str) -> Iterator[str]:
    before = ""
    for block in text.split("\n\n"):
        kind, html = _block(block)
        yield "" if kind and kind == before else html
        before = kind


def _block(block: str) -> tuple[str, str]:
    """What kind of container a block is, if it is one, and its HTML; "" if it takes a parser."""
    if not _SPECIAL.search("\n" + block):
        return "", f"<p>{_broken(block)}</p>"
    if found := _HEADING.fullmatch(block):
        level = len(found[1])
        return "", f"<h{level}>{found[2]}</h{level}>"
    if "  \n" in block:
        return "", ""
    if _ITEMS.fullmatch(block):
        items = block[2:].replace("\n- ", "</li>\n<li>")
        return "list", f"<ul>\n<li>{items}</li>\n</ul>"
    if _NUMBERED.fullmatch(block):
        items = _NUMBER.sub("</li>\n<li>", block[3:])
        return "list", f"<ol>\n<li>{items}</li>\n</ol>"
    if _QUOTED.fullmatch(block):
        quoted = block[5:].replace("\n&gt; ", "\n")
        return "quote", f"<blockquote>\n<p>{quoted}</p>\n</blockquote>"
    return "", ""


def _broken(text: str) -> str:
    return text.replace("  \n", "<br>\n")
