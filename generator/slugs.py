"""Makes addresses from titles, names and file names, and the keys by which those are compared.

That two sources may not share an address is seen to where pages are planned.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import unquote

from generator import digest

LIMIT = 200
"""Bytes of UTF-8 that a slug has at most: file systems stop at 255, and a page adds to it."""

_PLAIN = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک"})
_ZWNJ = "\u200c"
# Letters and marks by category that show nothing: fillers, variation selectors, joiners.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_SPACES = re.compile(rf"[\s{_ZWNJ}-]+")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with or without an extension
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=$|\.)")
UNUSABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\]")
"""What no part of an address can hold: control characters, half characters, what Windows takes for a slash."""

REFUSED = re.compile(r'[<>:"|?*]|[. ]\Z|\A(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)', re.IGNORECASE)
"""What Windows, and some hosts, refuse in a file's name besides."""

_DATED = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:-(.+))?", re.DOTALL)


def slug(text: str, language: str = "") -> str:
    """The part of an address that stands for `text`: a name that every file system takes.

    Letters, marks and digits of every script are kept, in small letters (NFC) and with ASCII digits; `.`
    and `_` only between two of them; all else becomes a hyphen. At most `LIMIT` bytes; never empty: a text
    without a letter or digit gives its hash. `language` "fa" folds the Arabic letters of Persian.
    """
    if len(text) <= LIMIT and _PLAIN.fullmatch(text) and not _RESERVED.match(text):
        return text
    return _named(_words(_canonical(text, language)), text)


def stable(name: str, language: str = "") -> str:
    """The slug of a tag or member, different for names that differ in more than case and spaces.

    Names whose symbols the slug loses get a short hash: `C` is `c`, `C#` and `C++` are `c-` and a hash.
    It depends on the name alone, so it never moves. Names that differ only in case, in spaces, hyphens and
    ZWNJ, or in the script of their digits, share one slug and are the same tag or member.
    """
    canonical = _canonical(name, language)
    words = _words(canonical)
    if words and words != _SPACES.sub("-", canonical.strip()):
        words = f"{words}-{_hash(canonical)}"
    return _named(words, canonical)


def fold(text: str) -> str:
    """The key by which titles, names and addresses are compared: case, spaces and ي ك don't count."""
    return " ".join(_casefold(text).translate(_PERSIAN).split())


def file_key(name: str) -> str:
    """The key by which names of files are compared: two that a file system could take for one have the same.

    Some file systems ignore case, and some the Unicode form.
    """
    return _casefold(name)


def alias_address(alias: str) -> str:
    """The address of this site that an alias names; "" where it can't be one.

    It may be percent-encoded; a query and a fragment don't count, as no static file can tell them apart.
    """
    path = unquote(alias.partition("#")[0].partition("?")[0]).strip()
    parts = [part for part in path.split("/") if part]
    if not parts or "://" in path or path.startswith("//") or not all(map(_can_be_file, parts)):
        return ""
    if parts[-1] == "index.html":
        return "/".join(("", *parts[:-1], ""))
    folder = path.endswith("/") or "." not in parts[-1]
    return "/" + "/".join(parts) + ("/" if folder else "")


def _can_be_file(name: str) -> bool:
    return name not in (".", "..") and not UNUSABLE.search(name) and len(name.encode()) <= 255


def file_slug(stem: str, language: str = "") -> tuple[date | None, str]:
    """The date that a file's name (without its ending) begins with, and the slug of the rest.

    A name that is only a date keeps it as its slug too.
    """
    day, rest = file_date(stem)
    return day, slug(rest, language)


def file_date(stem: str) -> tuple[date | None, str]:
    """The date that a file's name (without its ending) begins with, and the rest."""
    found = _DATED.fullmatch(stem)
    if found is None:
        return None, stem
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), found[4] or stem
    except ValueError:
        return None, stem


def _casefold(text: str) -> str:
    if text.isascii():
        return text.lower()
    # Canonical caseless matching (Unicode, D145), so that folding twice changes nothing.
    once = unicodedata.normalize("NFD", text).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", once).casefold())


def _canonical(text: str, language: str) -> str:
    """The text in small letters and ASCII digits, all its symbols still there."""
    folded = _casefold(text)
    if folded.isascii():
        return folded
    if language.split("-")[0].lower() == "fa":
        folded = folded.translate(_PERSIAN)
    return "".join(
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char for char in folded
    )


def _words(canonical: str) -> str:
    """The text with everything but its words replaced by what joins them."""
    parts: list[str] = []
    gap = ""
    for char in canonical:
        if _is_kept(char, after_word=not gap and bool(parts)):
            if gap and parts:
                parts.append(gap if gap in {".", "_"} else "-")
            parts.append(char)
            gap = ""
        elif unicodedata.category(char) != "Cf" or char == _ZWNJ:
            gap += char
    # Dropping what is invisible can bring a letter and its mark together.
    return unicodedata.normalize("NFC", "".join(parts))


def _is_kept(char: str, *, after_word: bool) -> bool:
    if _INVISIBLE.match(char):
        return False
    category = unicodedata.category(char)
    if category in {"Mn", "Mc"}:
        return after_word
    return category[0] == "L" or category == "Nd"


def _named(words: str, text: str) -> str:
    """The words as a name: neither empty, nor too long, nor one that Windows keeps for itself."""
    if not words:
        return _hash(text)
    if _RESERVED.match(words):
        head, dot, rest = words.partition(".")
        words = f"{head}-{rest}" if dot else f"{words}-{_hash(words)}"
    data = words.encode()
    if len(data) <= LIMIT:
        return words
    mark = "-" + _hash(words)
    return data[: LIMIT - len(mark)].decode("utf-8", "ignore").rstrip("-._") + mark


def _hash(text: str) -> str:
    return digest.of_text(unicodedata.normalize("NFC", text)).hex()[:10]
