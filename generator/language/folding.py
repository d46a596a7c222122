"""Folds texts to the words by which they are found: what people type in different ways becomes one.

The theme's `search.js` folds what a reader types by the same rules; a test holds the two equal. What is done
with the words is the catalog's business.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LONGEST = 24
"""Letters of a word that count."""

# Accents, vowel points, joiners, marks of direction and Arabic's kashida: many leave them out. In the scripts of
# India and of Southeast Asia marks are letters, and stay.
_DROPPED = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_SAME = str.maketrans(
    {
        **dict(zip("يىكةەہھٱ", "ییکهههها", strict=True)),
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
        **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
        **dict(zip("ςıøđðł", "σioddl", strict=True)),
        "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
    }
)
# `c++` and `c#` are words too; what follows are marks that are letters.
_WORD = re.compile(r"[a-z](?:\+\+|#)|(?:[^\W_]|[\u0900-\u0963\u0966-\u109f\u1780-\u17d3])+")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_JOINED = re.compile("\\S*\u200c\\S*")


def fold(text: str) -> str:
    """The text in small letters without what people leave out or type in several ways."""
    if text.isascii():
        return text.lower()
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", plain.translate(_SAME))


def words(text: str) -> list[str]:
    """The words of a text, folded, in their order.

    Of a script that is written without spaces each two letters that stand together are a word.
    """
    folded = fold(text)
    found = _WORD.findall(folded)
    if not folded.isascii() and _unspaced().search(folded):
        found = [piece for word in found for piece in _pieces(word)]
    return [word[:LONGEST] for word in found]


def findable(text: str) -> list[str]:
    """The words by which a text is found: of what a zero-width non-joiner parts, also the parts."""
    found = words(text)
    if "\u200c" in text:
        parts = words(" ".join(_JOINED.findall(text)).replace("\u200c", " "))
        found += [part for part in parts if len(part) > 1]
    return found


# Made when asked for, because each takes milliseconds.
@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")


def _pieces(word: str) -> list[str]:
    if not _unspaced().search(word):
        return [word]
    found = []
    for run in _runs().findall(word):
        if len(run) == 1 or not _unspaced().match(run):
            found.append(run)
        else:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
    return found
