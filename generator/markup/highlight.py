"""Code: its colours as classes, and the style sheet for them. What can't be coloured is shown plain."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from generator.markup.names import named

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LIMIT = 8192
"""Characters of a block that is coloured."""
BUDGET = 2 * LIMIT**2
"""The work that one entry's blocks may cost together, as the sum of their squared lengths."""
SLOW_FACTOR = 16
"""How much more a slow lexer's block costs: its limit is a quarter of the others'."""

# Lexers that took over 0.35 s for some 4 KiB of one repeated word, and those that took over a second for 1 KiB.
SLOW = named(
    "androidbp apacheconf aspectj autoit basemake csharp desktop devicetree fan gnuplot html+ng2 janet "
    "java ldif lilypond livescript make maple nemerle ng2 ragel ragel-java registry systemd terraform "
    "thrift trac-wiki usd xquery zeek"
)
NEVER = named("easytrieve mcschema xpp")

_BLOCK = re.compile(r"<pre(?: class=\"highlight\")?><code(?: class=\"(?:language-)?([\w+#.-]*)\")?>([^<]*)</code></pre>")

_TAG = re.compile(r"<[^>]*>")


def blocks(html: str) -> str:
    """Safe HTML with every block of code in its frame, and coloured where its language is known."""
    return _BLOCK.sub(_Colourer().block, html) if "<pre" in html else html


class _Colourer:
    def __init__(self) -> None:
        self.budget = BUDGET

    def block(self, found: re.Match[str]) -> str:
        language = (found[1] or "").lower()
        source = found[2].removesuffix("\n")
        code = self._coloured(unescape(source), language) or source
        data = f' data-language="{escape(language)}"' if language else ""
        return f'<div class="code"{data}><pre><code>{code}</code></pre></div>'

    def _coloured(self, code: str, language: str) -> str:
        cost = work(code, language)
        if not cost or cost > self.budget:
            return ""
        self.budget -= cost
        return colour(code, language)


def work(code: str, language: str) -> int:
    """What colouring a block may cost at worst; 0 if it is not coloured at all."""
    lexer = _lexer(language) if language and len(code) <= LIMIT else None
    if lexer is None or NEVER.intersection(lexer.aliases):
        return 0
    cost = len(code) ** 2 * (SLOW_FACTOR if SLOW.intersection(lexer.aliases) else 1)
    return cost if cost <= LIMIT**2 else 0


@lru_cache(maxsize=128)
def colour(code: str, language: str) -> str:
    """The code as HTML with a class for each token; "" if that is too much work, or the language not known."""
    lexer = _lexer(language)
    if lexer is None or not work(code, language):
        return ""
    from generator.markup.tokens import coloured

    try:
        # Lexers of sessions, as of `console`, leave out a last line that has no end.
        html = coloured(lexer, f"{code}\n").removesuffix("\n")
    except Exception:
        # A lexer may raise anything; it costs this block its colours only.
        return ""
    return html if unescape(_TAG.sub("", html)) == code else ""


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    if language not in _aliases():
        return None
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


@cache
def _aliases() -> frozenset[str]:
    from pygments.lexers import get_all_lexers

    # Lexers of other packages are left out: what a page looks like must not depend on them.
    names = (alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)
    return frozenset(names) - {"text", "output"}


LIGHT_GROUND = "#f6f8fa"
DARK_GROUND = "#161b22"
"""The grounds on which every colour below has a contrast of at least 4.5 (WCAG 2.2, 1.4.3)."""

_TOKENS: tuple[tuple[str, str, str, str], ...] = (
    ("c ch cm cpf c1 cs", "#57606a", "#9aa4af", "font-style:italic"),
    ("k kc kd kn kp kr kt ow", "#a40e26", "#ff7b72", ""),
    ("s sa sb sc dl sd s2 sh s1 sx ss se si sr", "#0a3069", "#a5d6ff", ""),
    ("m mb mf mh mi mo il no bp", "#0550ae", "#79c0ff", ""),
    ("nf fm nd", "#6f42c1", "#d2a8ff", ""),
    ("nc nn ne nl", "#8a4600", "#ffa657", ""),
    ("nt", "#116329", "#7ee787", ""),
    ("na nv vc vg vi vm py", "#0550ae", "#79c0ff", ""),
    ("nb ni", "#0a5c63", "#76e3ea", ""),
    ("cp", "#57606a", "#9aa4af", ""),
    ("gi", "#116329", "#7ee787", ""),
    ("gd gr err", "#a40e26", "#ff7b72", ""),
    ("gh gu gp", "#0550ae", "#79c0ff", "font-weight:bold"),
    ("go gt", "#57606a", "#9aa4af", ""),
    ("ge", "inherit", "inherit", "font-style:italic"),
    ("gs", "inherit", "inherit", "font-weight:bold"),
)


def stylesheet() -> str:
    """The style sheet of coloured code, light and dark; the page's own choice goes before the system's, and paper is light."""
    light = _rules("", 1)
    dark = _rules(":root[data-theme=dark] ", 2)
    system = _rules(":root:not([data-theme=light]) ", 2)
    return f"{light}\n@media screen {{\n{dark}\n}}\n@media screen and (prefers-color-scheme: dark) {{\n{system}\n}}\n"


def _rules(root: str, column: int) -> str:
    ground = (LIGHT_GROUND, DARK_GROUND)[column - 1]
    ink = ("#1f2328", "#e6edf3")[column - 1]
    rules = [f"{root}.code {{background:{ground};color:{ink}}}"]
    for row in _TOKENS:
        classes = ",".join(f".{name}" for name in row[0].split())
        rules.append(f"{root}.code :is({classes}) {{color:{row[column]}{';' + row[3] if row[3] else ''}}}")
    return "\n".join(rules)
