"""`/humans.txt` (https://humanstxt.org): who is behind the site, for people who look where machines do."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter

feature = Feature("humans")


class HumansContext(Struct, frozen=True):
    """The site's title, address ("" for none) and language, and names with their role and address."""

    title: str
    url: str
    language: str
    people: tuple[tuple[str, str, str], ...]


@feature.page
class Humans(PageKind[HumansContext]):
    """`/humans.txt`; a file of that name in static/ stands in its place."""

    name = "humans"
    rank = 90

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One file."""
        yield Artifact("/humans.txt")

    def context(self, lookup: Lookup, arg: str) -> HumansContext:
        """The people of `[people]`."""
        presenter = Presenter(lookup)
        settings = presenter.settings
        people = tuple(_people(lookup, presenter))
        return HumansContext(settings.title, presenter.url("/"), settings.language, people)

    def render(self, context: HumansContext, canvas: Canvas) -> bytes:
        """Plain text."""
        team = [f"{role.capitalize()}: {name}\n{url}\n".rstrip() + "\n" for name, role, url in context.people]
        site = [f"Title: {context.title}", context.url, f"Language: {context.language}", "Software: Anjoman"]
        parts = [*(["/* TEAM */", *team] if team else []), "/* SITE */", *filter(None, site)]
        return ("\n".join(parts) + "\n").encode("utf-8", "replace")


def _people(lookup: Lookup, presenter: Presenter) -> Iterator[tuple[str, str, str]]:
    for role, names in lookup.setting("people", dict[str, tuple[str, ...]]).items():
        for name in names:
            member = lookup.member(name)
            yield (member.name, role, presenter.url(member.address)) if member else (name, role, "")
