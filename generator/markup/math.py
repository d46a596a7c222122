"""Math: LaTeX to MathML, made at build time. A formula that can't be converted is the caller's to show as code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from generator.markup.names import named

if TYPE_CHECKING:
    import nh3

LIMIT = 4000
"""Characters of one formula."""
DEPTH = 60
"""Braces and environments within each other; the converter calls itself for each."""

_NESTING = re.compile(r"[{(\[]|[})\]]|\\(?:begin|left|end|right|sqrt|frac)\b")
_ELEMENTS = named(
    "math mrow mi mn mo ms mtext mspace msup msub msubsup mover munder munderover mmultiscripts mprescripts none "
    "mfrac msqrt mroot mtable mtr mtd mlabeledtr mpadded mphantom mstyle menclose mfenced merror"
)
_ATTRIBUTES = named(
    "display displaystyle mathvariant stretchy fence form separator lspace rspace minsize maxsize linethickness "
    "columnalign rowspacing columnspacing columnlines rowlines accent accentunder movablelimits symmetric notation "
    "width height depth scriptlevel mathcolor largeop"
)


def elements() -> frozenset[str]:
    """The MathML elements that may stand in a page."""
    return _ELEMENTS


def attributes() -> frozenset[str]:
    """The attributes that they may have."""
    return _ATTRIBUTES


def mathml(formula: str, *, display: bool) -> str:
    """MathML Core for a LaTeX formula; "" if it is too long, too deep or not understood."""
    if len(formula) > LIMIT or _depth(formula) > DEPTH:
        return ""
    from latex2mathml import converter

    try:
        made = converter.convert(formula, display="block" if display else "inline")
    except Exception:
        return ""
    return _cleaner().clean(made) if len(made) <= 40 * len(formula) + 4000 else ""


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=set(_ELEMENTS), attributes={"*": set(_ATTRIBUTES)}, link_rel=None, clean_content_tags=set()
    )


def _depth(formula: str) -> int:
    # An upper bound: \frac and \sqrt nest without braces too.
    depth = deepest = 0
    for found in _NESTING.finditer(formula):
        token = found[0]
        depth += -1 if token in ("}", ")", "]", "\\end", "\\right") and depth else 1
        deepest = max(deepest, depth)
    return deepest
