"""Themes: finds one with all it inherits, checks its options, names its assets and renders its templates.

What a page shows is decided by features; writing pages and assets to the output is the build's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from generator import digest, shapes, toml
from generator.errors import AnjomanError, Problem, SiteError, nearest
from generator.installed import builtin_themes
from generator.language import words as wording
from generator.language.words import UNWORDED, Words
from generator.markup.highlight import stylesheet
from generator.theming.assets import COLOR, Asset, Parts, ThemeFile, assets
from generator.theming.overriding import BEHIND, behind, meant
from generator.views import SiteView

if TYPE_CHECKING:
    from jinja2 import Environment

MANIFEST = "theme.toml"
INHERITED = "parent"
"""In a list of styles or scripts: those of the parent, in their order."""
_TYPES = ("text", "color", "choice", "choices", "boolean")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_REFERENCE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\s+(.*?)[-+]?%\}", re.DOTALL)
_PLAIN_NAME = re.compile(r"""(["'])([^"']+)\1\s*(?:(?:ignore|with|without|import|as)\b.*)?""", re.DOTALL)
_SYMBOL = re.compile(r'<symbol[^>]*\sid="([\w-]+)"')


class Presentation(Struct, frozen=True):
    """How a site wants its pages shown, apart from what they say.

    `prefix` is the site's sub-path ("/forum", or ""); `fingerprint` puts a digest into the names of assets;
    `cache` is a folder for compiled templates, `version` stands for the code that compiles them.
    """

    timezone: str = "UTC"
    calendar: str = "gregorian"
    prefix: str = ""
    fingerprint: bool = True
    cache: Path | None = None
    version: bytes = b""


class Option(Struct, frozen=True):
    """A setting that a theme offers: `type` is "text", "color", "choice", "choices" (some of them) or "boolean"."""

    name: str
    type: str = "text"
    default: str = ""
    choices: tuple[str, ...] = ()
    doc: str = ""

    def expected(self, value: str) -> str:
        """What was expected in place of the value; "" if the value fits."""
        if self.type == "color" and value and not COLOR.fullmatch(value):
            return "a colour as #0b6a5d"
        if self._unknown(value) is not None:
            return f"{'one' if self.type == 'choice' else 'some'} of {', '.join(self.choices)}"
        if self.type == "boolean" and value not in ("true", "false"):
            return "true or false"
        return "" if self.type in _TYPES else f"a type of {', '.join(_TYPES)}"

    def hint(self, value: str) -> str:
        """What may mend a value that does not fit."""
        unknown = self._unknown(value)
        return self.doc if unknown is None else nearest(unknown, self.choices)

    def _unknown(self, value: str) -> str | None:
        """The first name in the value that is none of the choices."""
        names = {"choice": [value], "choices": value.replace(",", " ").split()}.get(self.type, [])
        return next((name for name in names if name not in self.choices), None)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that was found: paths and digests only, so that it goes to workers as it is.

    `digest` stands for everything in it, the site's options included.
    """

    name: str
    digest: bytes
    site_root: Path
    options: tuple[tuple[str, str], ...]
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    templates: tuple[ThemeFile, ...] = field(default=(), compare=False)
    statics: tuple[ThemeFile, ...] = field(default=(), compare=False)
    offers: tuple[Option, ...] = field(default=(), compare=False)
    words: Words = field(default=UNWORDED, compare=False)

    def assets(self, *, fingerprint: bool = True) -> tuple[Asset, ...]:
        """All files that pages may ask for, also those made from options and for coloured code."""
        return _assets(self, fingerprint)

    def environment(self, presentation: Presentation, page_language: str) -> Environment:
        """The Jinja environment for pages in a language; one for each in a process."""
        from generator.theming.environment import environment  # a build that renders nothing needs no Jinja

        return environment(self, presentation, page_language)

    def symbols(self) -> frozenset[str]:
        """The names of the icons in `icons.svg`."""
        return _symbols(self)

    def closure(self, template: str, presentation: Presentation) -> bytes:
        """The digest of all that a template's output depends on besides its variables."""
        return _closure(self, template, presentation)

    def prepare(self, presentation: Presentation, page_language: str) -> None:
        """Compile all templates for pages in a language; a broken one is told when a page is rendered."""
        environment = self.environment(presentation, page_language)
        for file in self.templates:
            with suppress(Exception):
                environment.get_template(file.name)

    def render(self, template: str, context: object, site: SiteView, presentation: Presentation) -> str:
        """The template's text for a context: a frozen struct or dataclass whose fields become variables.

        The page's language is that of `context.page`. Raises AnjomanError where the template is broken.
        """
        variables = {name: getattr(context, name) for name in shapes.field_names(type(context))}
        page_language = getattr(variables.get("page"), "language", "") or site.language
        try:
            found = self.environment(presentation, page_language).get_template(template)
            return found.render(variables, site=site)
        except Exception as error:
            raise AnjomanError(_problem(self, template, error, [*variables, "site"])) from error


def load(
    name: str, site_root: Path, options: Mapping[str, object], lines: Mapping[str, int] = MappingProxyType({})
) -> Theme:
    """The theme of this name: the site's own before the built-in one, file by file, then its parent's.

    `options` is the section `[theme]`, `lines` the lines of its keys (`theme.accent`) in site.toml.
    Raises SiteError where there is no such theme, it is broken, or an option is unknown or wrong.
    """
    manifests = _lineage(name, site_root)
    offers = {option.name: option for manifest in reversed(manifests) for option in manifest.offers}
    chosen = _chosen(offers, options, lines)
    roots = [root for manifest in manifests for root in manifest.roots]
    templates, statics = _files(roots, "templates", site_root), _files(roots, "static", site_root)
    styles, scripts = (_joined(manifests, kind) for kind in ("styles", "scripts"))
    contents = [(file.name, file.digest) for file in (*templates, *statics)]
    words = wording.load(site_root, roots)
    total = digest.of(contents, chosen, styles, scripts, stylesheet(), words.digest)
    return Theme(name, total, site_root, chosen, styles, scripts, templates, statics, tuple(offers.values()), words)


class _Manifest(Struct, frozen=True):
    roots: tuple[Path, ...]
    parent: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    offers: tuple[Option, ...]


def _lineage(name: str, site_root: Path) -> list[_Manifest]:
    names, found = [name], [_manifest(name, site_root)]
    while parent := found[-1].parent:
        if parent in names:
            loop = " → ".join([*names, parent])
            message = f"expected a parent that is no heir of its own, not {loop}"
            raise SiteError(Problem(f"themes/{names[-1]}/{MANIFEST}", 0, "parent", message))
        names.append(parent)
        found.append(_manifest(parent, site_root))
    return found


def _manifest(name: str, site_root: Path) -> _Manifest:
    roots = _roots(name, site_root)
    file = next((root / MANIFEST for root in roots if (root / MANIFEST).is_file()), None)
    if file is None:
        known = {file.parent.name for place in _places(site_root) for file in place.glob(f"*/{MANIFEST}")}
        message = f"there is no theme “{name}”: expected a folder themes/{name} with a {MANIFEST}"
        raise SiteError(Problem("site.toml", 0, "theme", message, nearest(name, known)))
    path = _place(file, site_root)
    read = toml.load(file.read_text(encoding="utf-8", errors="replace"), path)
    if read.problems:
        raise SiteError(read.problems)
    offers = tuple(_option(key, value, path) for key, value in _table(read.values.get("options")).items())
    styles, scripts = (_list(read.values.get(kind)) for kind in ("styles", "scripts"))
    return _Manifest(roots, str(read.values.get("parent", "")), styles, scripts, offers)


def _joined(manifests: list[_Manifest], kind: Literal["styles", "scripts"]) -> tuple[str, ...]:
    """A child's list holds in place of its parent's; of a file that is named twice the last place counts."""
    names: list[str] = []
    for manifest in reversed(manifests):
        named = getattr(manifest, kind) or (INHERITED,)
        names = [name for item in named for name in (names if item == INHERITED else [item])]
    return tuple(reversed(dict.fromkeys(reversed(names))))


def _option(name: str, value: object, path: str) -> Option:
    table = _table(value)
    kind, default, about = (_text(table.get(key, "")) for key in ("type", "default", "doc"))
    option = Option(name, kind or "text", default, _list(table.get("choices")), about)
    if wrong := option.expected(option.default):
        raise SiteError(Problem(path, 0, f"options.{name}", f"expected {wrong}"))
    return option


def _chosen(
    offers: Mapping[str, Option], options: Mapping[str, object], lines: Mapping[str, int]
) -> tuple[tuple[str, str], ...]:
    values = {name: option.default for name, option in offers.items()}
    problems = []
    for name, value in options.items():
        place = partial(Problem, "site.toml", lines.get(f"theme.{name}", 0), f"theme.{name}")
        if name not in offers:
            problems.append(place("the theme has no such option", nearest(name, offers)))
        elif expected := offers[name].expected(_text(value)):
            problems.append(place(f"expected {expected}, not “{_text(value)}”", offers[name].hint(_text(value))))
        else:
            values[name] = _text(value)
    if problems:
        raise SiteError(problems)
    return tuple(sorted(values.items()))


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _places(site_root: Path) -> tuple[Path, Path]:
    """Where themes are looked for: the site's, then the built-in (installed, or in a checkout)."""
    return site_root / "themes", builtin_themes()


def _roots(name: str, site_root: Path) -> tuple[Path, ...]:
    if not _NAME.fullmatch(name):  # it might lead out of the folder
        return ()
    folders = [place / name for place in reversed(_places(site_root)) if (place / name).is_dir()]
    # In a checkout both places may be one folder, whose templates hide none of their own.
    return tuple(reversed({folder.resolve(): folder for folder in folders}.values()))


def _files(roots: list[Path], kind: str, site_root: Path) -> tuple[ThemeFile, ...]:
    """A theme's files of a kind; of those with one name the first root's, and templates also those behind it."""
    found: dict[str, Path] = {}
    for root in roots:
        for path in sorted((root / kind).rglob("*")):
            name = path.relative_to(root / kind).as_posix()
            if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
                message = "expected a file inside its theme, not a link out of it"
                raise SiteError(Problem(_place(path, site_root), 0, "", message))
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                found.setdefault(behind(name, found) if kind == "templates" else name, path)
    return tuple(ThemeFile(name, path, digest.of_bytes(path.read_bytes())) for name, path in found.items())


def _place(path: Path, site_root: Path) -> str:
    """A path as problems name it: relative to the site, or to the folder of built-in themes."""
    for place in (site_root, _places(site_root)[1].parent):
        if path.is_relative_to(place):
            return path.relative_to(place).as_posix()
    return path.name


@lru_cache(maxsize=8)
def _assets(theme: Theme, fingerprint: bool) -> tuple[Asset, ...]:
    return assets(Parts(theme.statics, theme.styles, theme.scripts, theme.options), fingerprint=fingerprint)


@lru_cache(maxsize=8)
def _symbols(theme: Theme) -> frozenset[str]:
    sprite = next((file for file in theme.statics if file.name == "icons.svg"), None)
    return frozenset(_SYMBOL.findall(sprite.text())) if sprite else frozenset()


@lru_cache(maxsize=64)
def _closure(theme: Theme, template: str, presentation: Presentation) -> bytes:
    files = {file.name: file for file in theme.templates}
    seen: dict[str, bytes] = {}
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            file = files.get(name)
            seen[name] = file.digest if file else b""
            waiting += [meant(one, name) for one in _references(file, files)] if file else []
            waiting += [BEHIND + name] if BEHIND + name in files else []
    addresses = [asset.address for asset in theme.assets(fingerprint=presentation.fingerprint)]
    shown = (presentation.timezone, presentation.calendar, presentation.prefix)
    return digest.of(seen, addresses, shown, theme.options, theme.words.digest)


def _references(file: ThemeFile, every: Iterable[str]) -> Iterable[str]:
    """The templates that one may load: all of them where it names one by an expression."""
    named = _named(file)
    return every if None in named else [name for name in named if name]


@lru_cache(maxsize=512)  # most templates stand behind many others
def _named(file: ThemeFile) -> tuple[str | None, ...]:
    """The templates that one names; None is an expression."""
    names = (_PLAIN_NAME.fullmatch(statement.strip()) for statement in _REFERENCE.findall(file.text()))
    return tuple(plain[2] if plain else None for plain in names)


def _problem(theme: Theme, template: str, error: Exception, known: list[str]) -> Problem:
    from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

    paths = {str(file.path): _place(file.path, theme.site_root) for file in theme.templates}
    # Jinja puts the template's own lines into the traceback; the innermost is the one to mend.
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        frames.append((str(error.filename), error.lineno))
    elsewhere = (f"themes/{theme.name}/templates/{template}", 0)
    place, line = next(((paths[path], line) for path, line in reversed(frames) if path in paths), elsewhere)
    missing = isinstance(error, TemplateNotFound)
    message = f"the theme has no template “{error}”" if missing else str(error) or type(error).__name__
    unknown = re.match(r"'(\w+)' is undefined", message)
    hint = nearest(unknown[1], known) if unknown else "The template is part of the theme: mend it there."
    return Problem(place, line, "", message, hint)
