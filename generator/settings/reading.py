"""Reads site.toml into `settings`, with all that is wrong with it.

What may stand in it, and what that means, is in `settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field

from generator import toml
from generator.errors import Problem, SiteError
from generator.schema import (
    MisfitError,
    Place,
    Record,
    read,
    read_texts,
)
from generator.settings import (
    BoardSettings,
    CardSettings,
    EmbedSettings,
    FeedSettings,
    MarkdownSettings,
    PictureSettings,
    SearchSettings,
    Settings,
    SiteSettings,
    TopSettings,
    TranslationSettings,
    TrustedSettings,
    is_language,
)
from generator.settings.shown import ActivitySettings, MentionSettings

FILE = "site.toml"


R = TypeVar("R", bound=Record)


def load(root: Path) -> Settings:
    """The settings of the site in the folder `root`; raises SiteError with all that is wrong with them."""
    text = _text(root / FILE)
    loaded = toml.load(text, FILE)
    if loaded.problems:
        raise SiteError(loaded.problems)
    reader = _Reader(loaded.values, loaded.lines)
    settings = reader.settings()
    if reader.problems:
        raise SiteError(sorted(reader.problems, key=lambda problem: problem.line))
    return settings


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        hint = "Run `anjoman init` to begin a site, or change to its folder."
        raise SiteError(Problem(FILE, 0, "", "there is no such file", hint)) from error
    except OSError as error:
        raise SiteError(Problem(FILE, 0, "", f"can't be read: {error.strerror}")) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SiteError(Problem(FILE, line, "", "expected UTF-8", "Save the file as UTF-8.")) from error


class _Reader(Struct, frozen=True):
    """Reads the parts of a site.toml and gathers what is wrong with them."""

    values: Mapping[str, object]
    lines: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def settings(self) -> Settings:
        return Settings(
            site=self.site(),
            markdown=self.section("markdown", MarkdownSettings),
            feeds=self.section("feeds", FeedSettings),
            search=self.section("search", SearchSettings),
            cards=self.section("cards", CardSettings),
            embeds=self.section("embeds", EmbedSettings),
            pictures=self.section("pictures", PictureSettings),
            boards=self.section("boards", BoardSettings),
            top=self.section("top", TopSettings),
            trusted=self.section("trusted", TrustedSettings),
            mentions=self.section("mentions", MentionSettings),
            activity=self.section("activity", ActivitySettings),
            theme={key: value for key, value in self.table("theme").items() if key != "name"},
            navigation=self.navigation(),
            translations=self.translations(),
            people=self.people(),
            **self.honours(),
        )

    def site(self) -> SiteSettings:
        sections = {each.name for each in fields(Settings)} - {"site"}
        top = {key: value for key, value in self.values.items() if key not in sections}
        # TOML can't have both `theme = "x"` and a [theme] section, so the section may hold the name.
        theme = self.values.get("theme")
        top["theme"] = theme.get("name", SiteSettings().theme) if isinstance(theme, Mapping) else theme
        if theme is None:
            del top["theme"]
        site, problems = read(SiteSettings, top, self.place(""), sections)
        self.problems.extend(problems)
        return site

    def section(self, name: str, cls: type[R]) -> R:
        section, problems = read(cls, self.table(name), self.place(name))
        self.problems.extend(problems)
        return section

    def navigation(self) -> tuple[tuple[str, str], ...]:
        links = []
        for label, address in self.table("navigation").items():
            if isinstance(address, str) and address.strip():
                links.append((label, address.strip()))
            else:
                problem = self.place("navigation").problem(label, "expected an address as “/about/”")
                self.problems.append(problem)
        return tuple(links)

    def translations(self) -> Mapping[str, TranslationSettings]:
        found = {}
        for language, table in self.table("translations").items():
            if isinstance(table, Mapping) and is_language(language):
                found[language], problems = read(TranslationSettings, table, self.place(f"translations.{language}"))
                self.problems.extend(problems)
                self.check_honours(language, found[language])
            else:
                expected = "expected a section for a language, as [translations.fa]"
                self.problems.append(self.place("translations").problem(language, expected))
        return found

    def check_honours(self, language: str, said: TranslationSettings) -> None:
        """Tell of titles for badges and levels that there are not."""
        tables = (("badges", "badges", said.badges), ("badge_descriptions", "badges", said.badge_descriptions), ("trust", "trust", said.trust))
        for name, section, titles in tables:
            known, place = self.table(section), self.place(f"translations.{language}.{name}")
            self.problems.extend(place.problem(one, f"there is no section [{section}.{one}]") for one, _ in titles if one not in known)

    def honours(self) -> dict[str, Any]:
        """The badges and levels of trust by name, in their order."""
        if not {"badges", "trust"} & self.values.keys():
            return {}
        from generator.settings import honours  # few sites have them

        return {
            name: {one: self.named(name, one, cls) for one in self.table(name)}
            for name, cls in (("badges", honours.BadgeSettings), ("trust", honours.TrustSettings))
        }

    def named(self, name: str, one: str, cls: type[R]) -> R:
        from generator.settings import honours

        try:
            table = self.table(name)[honours.name(one)]
            if isinstance(table, Mapping):
                found, problems = read(cls, table, self.place(f"{name}.{one}"))
                self.problems.extend(problems)
                return found
            raise MisfitError(f"expected a section [{name}.{one}]")
        except MisfitError as error:
            self.problems.append(self.place(name).problem(one, str(error)))
            return cls()

    def people(self) -> Mapping[str, tuple[str, ...]]:
        people = {}
        for role, names in self.table("people").items():
            try:
                people[role] = read_texts(names)
            except MisfitError:
                expected = 'expected a list of names, as ["leila", "omid"]'
                self.problems.append(self.place("people").problem(role, expected))
        return people

    def table(self, name: str) -> Mapping[str, object]:
        value = self.values.get(name, {})
        if isinstance(value, Mapping):
            return value
        if name != "theme":
            self.problems.append(self.place("").problem(name, f"expected a section [{name}]"))
        return {}

    def place(self, section: str) -> Place:
        return Place(FILE, self.lines, self.lines.get(section, 1), section)
