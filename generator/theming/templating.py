"""Jinja made quicker for themes: what is made once, what is put in when a template is compiled, and templates behind others.

What templates can call is put in by `environment`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from generator.theming.overriding import BEHIND, meant

KEPT = 10_000
"""How many rendered parts are kept at most, so that memory does not grow with the site."""


class Once:
    """`once(macro, …)`: what an imported macro makes of these arguments, made once and kept.

    An imported macro sees its arguments only, so equal ones give the same. One that belongs to the page's own
    template is another macro on every page, so nothing of it is found again.
    """

    def __init__(self) -> None:
        self.kept: dict[Hashable, object] = {}

    def __call__(self, macro: Callable[..., object], *arguments: Hashable) -> object:
        """The macro's text."""
        # Of two that are equal, text may be safe and the other one not.
        key = (macro, *arguments, *map(type, arguments))
        found = self.kept.get(key)
        if found is None:
            if len(self.kept) >= KEPT:
                self.kept.clear()
            found = self.kept[key] = macro(*arguments)
        return found


class ThemeContext(Context):
    """Jinja's context, quicker to call what pages call most: macros and `once`, which ask nothing of it."""

    def call(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """See `Context.call`."""
        if type(function) not in (Macro, Once) or not self.eval_ctx.autoescape:
            return super().call(function, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return function(*arguments, **named)


class ThemeTemplate(Template):
    """A template that hands on what is safe already, which most of its parts are, as it is.

    As a file of macros it has those of the file behind it too, where it has none of that name.
    """

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """See `Template.from_code`."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = _escaped
        return made

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """See `Template.make_module`."""
        module = super().make_module(vars, shared, locals)
        hidden, names = BEHIND + (self.name or ""), self.environment.names  # type: ignore[attr-defined]
        if hidden in names:
            for name, value in self.environment.get_template(hidden).module.__dict__.items():
                module.__dict__.setdefault(name, value)
        return module


def _escaped(value: object) -> object:
    return value if type(value) is Markup else escape(value)


class ThemeEnvironment(Environment):
    """Jinja's environment, quicker where templates can't change while it lives and have no globals of their own.

    `constants` are functions whose result for a plain word is put in when a template is compiled, `names` those
    of all templates.
    """

    context_class = ThemeContext
    template_class = ThemeTemplate
    constants: Mapping[str, Callable[[str], str]] = {}
    names: frozenset[str] = frozenset()

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._found: dict[object, Template] = {}

    def join_path(self, template: str, parent: str) -> str:
        """The name of the template that another one asks for."""
        return meant(template, parent)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Mapping[str, object] | None = None  # noqa: A002
    ) -> Template:
        """See `Environment.get_template`, which names the arguments."""
        if globals is not None:
            return super().get_template(name, parent, dict(globals))
        if parent is not None and isinstance(name, str):
            name = self.join_path(name, parent)
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name)
        return found

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """The globals of a template: those of all, unless it is given more."""
        return super().make_globals(d) if d else self.globals


class Constants(Extension):
    """Puts in `{{ _("Reply") }}`, `{{ icon("pin") }}` and `{{ asset("style.css") }}` when a template is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens with text in place of such calls."""
        tokens, at = list(stream), 0
        while at < len(tokens):
            text = self._text(tokens[at : at + 6])
            yield tokens[at] if text is None else Token(tokens[at].lineno, "data", text)
            at += 1 if text is None else 6

    def _text(self, tokens: list[Token]) -> str | None:
        shape = [token.type for token in tokens]
        if shape != ["variable_begin", "name", "lparen", "string", "rparen", "variable_end"]:
            return None
        constants = self.environment.constants  # type: ignore[attr-defined]
        function, word = constants.get(tokens[1].value), tokens[3].value
        # A per cent sign in a message is for its variables; what fails must fail at its line, when it is called.
        if function is None or "%" in word:
            return None
        try:
            return str(escape(function(word)))
        except TemplateRuntimeError:
            return None
