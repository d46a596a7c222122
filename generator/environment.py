"""Jinja's environment for a theme's pages in one language: what templates can call, and what is made once.

Words, icons and addresses of assets are the same for every page, so they are put in when a template is compiled.
Which templates a theme has is the theme's business.
"""

from __future__ import annotations

import gettext
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, pass_context
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from generator import digest, language
from generator.bytecode import BytecodeCache
from generator.errors import nearest
from generator.overriding import BEHIND, meant
from generator.previews import previews
from generator.structured import structured

if TYPE_CHECKING:
    from generator.assets import ThemeFile
    from generator.theme import Presentation, Theme

KEPT = 10_000
"""How many rendered parts are kept at most, so that memory does not grow with the site."""

_SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""The kinds of numbers that languages tell apart (Unicode CLDR), each with one that is of it wherever there is such a kind."""

_ICON = Markup('<svg class="icon icon-{0}" width="16" height="16" aria-hidden="true">{1}</svg>')


@lru_cache(maxsize=32)
def environment(theme: Theme, presentation: Presentation, page_language: str) -> Environment:
    """The environment for pages in a language; one for each in a process."""
    cache = _cache(theme, presentation, page_language) if presentation.cache else None
    sources = {file.name: file for file in theme.templates}
    made = ThemeEnvironment(
        loader=FunctionLoader(partial(_source, sources)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", Constants],
        bytecode_cache=cache,
    )
    words = theme.words.messages(page_language)
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(language.filters(page_language, presentation.timezone, presentation.calendar))
    functions = {"asset": _asset(theme, presentation), "icon": _icon(theme, presentation)}
    made.globals.update(functions, once=Once(), plurals=partial(plurals, words), options=dict(theme.options))
    made.globals.update(numbering=language.numbering(page_language), previews=_previews, structured=_structured(words.gettext))
    made.constants = {**functions, "_": words.gettext}
    made.names = frozenset(sources)
    return made


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


def plurals(words: gettext.NullTranslations, one: str, many: str) -> str:
    """A text with a number in all its forms, for a script that learns the number only in the browser.

    A JSON object by the names that `Intl.PluralRules` gives; what is not there is as "other".
    """
    forms = {name: words.ngettext(one, many, sample) for name, sample in _SAMPLES.items()}
    shown = {name: text for name, text in forms.items() if name == "other" or text != forms["other"]}
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def _cache(theme: Theme, presentation: Presentation, page_language: str) -> BytecodeCache:
    """Compiled templates on disk, valid while all that was put into them is the same."""
    shown = (page_language, presentation.timezone, presentation.calendar, presentation.prefix, presentation.fingerprint)
    mark = digest.of(presentation.version, theme.digest, shown)
    pattern = f"{digest.of(*shown).hex()}-%s.cache"
    return BytecodeCache(presentation.cache or Path(), pattern, mark)


def _source(files: Mapping[str, ThemeFile], name: str) -> tuple[str, str, None] | None:
    file = files.get(name)
    return (file.text(), str(file.path), None) if file else None


def _asset(theme: Theme, presentation: Presentation) -> Callable[[str], str]:
    assets = {asset.name: asset for asset in theme.assets(fingerprint=presentation.fingerprint)}

    def asset(name: str) -> str:
        if name not in assets:
            raise TemplateRuntimeError(f"the theme has no asset “{name}”. {nearest(name, assets)}")
        return presentation.prefix + quote(assets[name].address)

    return asset


@pass_context
def _previews(context: Context) -> tuple[tuple[str, str], ...]:
    return previews(context.get_all())


def _structured(word: Callable[[str], str]) -> Callable[[Context, str], Markup]:
    @pass_context
    def data(context: Context, nobody: str) -> Markup:
        return structured(context.get_all(), nobody, word)

    return data


def _icon(theme: Theme, presentation: Presentation) -> Callable[[str], Markup]:
    symbols, asset = theme.symbols(), _asset(theme, presentation)

    @lru_cache(maxsize=128)
    def icon(name: str) -> Markup:
        if name not in symbols:
            raise TemplateRuntimeError(f"icons.svg has no symbol “{name}”. {nearest(name, symbols)}")
        return _ICON.format(name, Markup('<use href="{}#{}"/>').format(asset("icons.svg"), name))

    return icon
