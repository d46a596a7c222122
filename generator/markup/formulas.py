"""Formulas in an entry: each becomes MathML, or stays code with a warning where it can't."""

from __future__ import annotations

import re
from html import escape, unescape

from generator.errors import Problem
from generator.markup.marks import Held, Holder, Kind
from generator.markup.math import mathml

MOST = 400
"""Formulas of one entry that are converted."""

_FENCE = re.compile(r"<pre(?: class=\"highlight\")?><code class=\"language-math\">([^<]*)</code></pre>")


class Formulas:
    """The formulas of one entry; `problems` are those that can't be converted."""

    def __init__(self, text: str, holder: Holder) -> None:
        self.text = text
        self.holder = holder
        self.left = MOST
        self.problems: list[Problem] = []

    def finish(self, html: str) -> str:
        """The HTML with MathML for every formula."""
        html = self.holder.replace(html, self._inline)
        return _FENCE.sub(self._fence, html) if "language-math" in html else html

    def _inline(self, held: Held) -> str:
        display = held.kind is Kind.DISPLAY
        made = self._mathml(held.value, held.line, display=display)
        return made or f'<code class="math">{escape(held.source)}</code>'

    def _fence(self, found: re.Match[str]) -> str:
        formula = unescape(found[1]).strip()
        line = self.text.count("\n", 0, max(0, self.text.find(formula.partition("\n")[0]))) + 1
        made = self._mathml(formula, line, display=True)
        return f"<p>{made}</p>" if made else found[0]

    def _mathml(self, formula: str, line: int, *, display: bool) -> str:
        self.left -= 1
        made = mathml(formula, display=display) if self.left >= 0 else ""
        if not made and self.left >= -1:
            self.problems.append(_problem(formula, line, too_many=self.left < 0))
        return made


def _problem(formula: str, line: int, *, too_many: bool) -> Problem:
    if too_many:
        message, hint = f"This entry has more than {MOST} formulas.", "Those after it are shown as their source."
    else:
        shown = formula if len(formula) <= 60 else formula[:59] + "…"
        message = f"The formula “{shown}” can't be converted; LaTeX's math was expected."
        hint = "It is shown as its source. Check its braces and commands; a dollar sign is written \\$."
    return Problem("", line, "", message, hint, "warning")
