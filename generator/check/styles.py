"""Reads the addresses in CSS: `url(...)` and `@import`, in files, `<style>` and `style` attributes.

A scanner for addresses, not a parser: by CSS Syntax Module Level 3, sections 4.3.4 to 4.3.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.reading import Reading, Reference, distinct

# Comments, strings and escapes are tokens too, so that what they hold is no address. Possessive, and each
# may end with the file, so that no branch is ever tried twice on a hostile text.
_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)
      | \\.
      | (?P<import>@import\s*+)? (?: "(?P<double>(?:[^"\\\n]|\\.)*+) | '(?P<single>(?:[^'\\\n]|\\.)*+) ) ["'\n]?
      | url\(\s*+ (?: "(?P<url_double>(?:[^"\\\n]|\\.)*+) | '(?P<url_single>(?:[^'\\\n]|\\.)*+)
                   | (?P<url>(?:[^)"'\s\\]|\\[0-9A-F]{1,6}\s?|\\.)*+) ) ["']?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_LAST = 0x10FFFF


def read_style(path: str, text: str) -> Reading:
    """What a style sheet refers to; a lone fragment there means the page that uses it, so it is left out."""
    return Reading(path, distinct(Reference("url", url) for url in urls(text) if not url.startswith("#")))


def urls(text: str) -> Iterator[str]:
    """The addresses in a piece of CSS, with escapes undone."""
    for token in _TOKEN.finditer(text):
        name = token.lastgroup
        if name in ("double", "single") and token["import"] is None:
            continue
        if name and token[name]:
            yield _plain(token[name])


def _plain(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "" if escape[2] == "\n" else escape[2]
    code = int(escape[1], 16)
    return "\ufffd" if not 0 < code <= _LAST or 0xD800 <= code <= 0xDFFF else chr(code)
