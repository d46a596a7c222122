"""Plain text from safe HTML: what search, excerpts and counts are made of."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

_BLOCK = re.compile(
    r"</?(?:address|article|aside|audio|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|"
    r"header|hr|li|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)\b"
    r"(?:[^>\"]*\"[^\"]*\")*[^>\"]*>"
)
_TAG = re.compile(r"</?[A-Za-z](?:[^>\"]*\"[^\"]*\")*[^>\"]*>")
_SIMPLE_TAG = re.compile(r"<[^>]*>")
_NOTES = re.compile(r"<sup class=\"footnote-ref\">.*?</sup>|<a href=\"#[^\"]*\" class=\"footnote-back\"[^>]*>↩</a>")
_SPACES = re.compile(r"\s+")
_CODE = "<pre>"
_SAYS_ENOUGH = 50
"""So many characters before a text's first code say by themselves what it is about."""
_SIGN = 24
"""By so many characters of code its place in the text is found."""
_WORD = re.compile(r"\w[\w'’\u200c.-]*")
# The same for ASCII: all but words is a space, and what words may hold besides letters and digits nothing.
_WORDS_ALONE = {code: None if chr(code) in "'.-" else " " for code in range(128) if not re.match(r"\w", chr(code))}


def plain(html: str) -> str:
    """The text of safe HTML with single spaces."""
    if 'class="footnote-' in html:
        html = _NOTES.sub("", html)
    if "<" in html:
        html = _TAG.sub("", _BLOCK.sub(" ", html))
    return " ".join((unescape(html) if "&" in html else html).split())


def plain_simple(html: str) -> str:
    """As `plain`, for HTML of `simple`: its blocks stand on lines of their own, and no address holds a bracket."""
    html = _SIMPLE_TAG.sub("", html)
    return " ".join((unescape(html) if "&" in html else html).split())


def words(text: str) -> int:
    """How many words a text has; in scripts without spaces two letters are a word."""
    if text.isascii():
        return len(text.translate(_WORDS_ALONE).split())
    spaced, unspaced = _unspaced().subn(" ", text)
    return len(_WORD.findall(spaced)) + (unspaced + 1) // 2


@cache
def _unspaced() -> re.Pattern[str]:
    """A letter of Thai, Lao, Khmer, Myanmar, Chinese or Japanese; made when asked for, because it takes milliseconds."""
    return re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def excerpt(text: str, limit: int = 200) -> str:
    """The beginning of a text, cut at a word, of at most `limit` characters and an ellipsis."""
    # Only the beginning is looked at, unless it is nearly all spaces.
    start = " ".join(text[: 4 * limit].split())
    text = start if len(start) > limit else " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    at = cut.rfind(" ")
    # A text without spaces, or one endless word, is cut where it must be.
    kept = cut[:at] if at > limit // 2 else cut[:limit]
    return kept.rstrip(" .,;:،؛-–—") + "…"


def beginning(html: str, text: str, limit: int = 200) -> str:
    """The excerpt of an entry's `text`, which ends where its code begins, if there is enough before that."""
    at = html.find(_CODE)
    if at >= 0:
        code = text.find(plain(html[at : at + 20 * _SIGN])[:_SIGN])
        if _SAYS_ENOUGH <= code <= limit:
            return text[:code].rstrip(" .,;:،؛-–—") + "…"
    return excerpt(text, limit)
