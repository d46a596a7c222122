"""Jinja's environment for a theme's pages in one language: what templates can call.

Words, icons and addresses of assets are the same for every page, so they are put in when a template is compiled.
How that is done is the business of `templating`, which templates a theme has that of the theme.
"""

from __future__ import annotations

import gettext
import json
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Context
from markupsafe import Markup

from generator import digest, language
from generator.errors import nearest
from generator.theming.bytecode import BytecodeCache
from generator.theming.policy import allowed
from generator.theming.previews import previews
from generator.theming.structured import structured
from generator.theming.templating import Constants, Once, ThemeEnvironment

if TYPE_CHECKING:
    from generator.theming.assets import ThemeFile
    from generator.theming.theme import Presentation, Theme

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
    made.globals.update(allowed=allowed)
    made.constants = {**functions, "_": words.gettext}
    made.names = frozenset(sources)
    return made


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
