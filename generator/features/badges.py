"""Badges: all that the site gives, and a page for each with the members who have it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.addresses import page_address
from generator.api import Artifact, Feature, Lookup, PageKind, Presenter, scope
from generator.present.medals import BadgeView, badge
from generator.views import Link, Pages, PageView, Person, SiteView

feature = Feature("badges")

HOLDERS = 100


class BadgesContext(Struct, frozen=True):
    """All badges, or one with its holders."""

    page: PageView
    site: SiteView
    badges: tuple[BadgeView, ...]
    """All of them, in the order of the settings; on a page of holders, the one."""
    holders: tuple[Person, ...]
    """Who has the badge, by name; nobody on the page of all badges."""
    pages: Pages


@feature.page
class BadgesPage(PageKind[BadgesContext]):
    """`/badges/`."""

    name = "badges"
    templates = ("badges.html",)
    rank = 40

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One page, where the site gives badges."""
        if lookup.setting("honours", bool):
            yield Artifact("/badges/")

    def context(self, lookup: Lookup, arg: str) -> BadgesContext:
        """Every badge with the number of its holders."""
        presenter = Presenter(lookup)
        found = (badge(presenter, name, counted=True) for name in lookup.badges())
        page = presenter.page("/badges/", "badges", crumbs=presenter.trail(None))
        return BadgesContext(page, presenter.site(), tuple(one for one in found if one), (), Pages(1, 1))


@feature.page
class BadgePage(PageKind[BadgesContext]):
    """`/badges/helper/` and `/badges/helper/page/2/`."""

    name = "badge"
    templates = ("badge.html",)
    rank = 40

    def artifacts(self, lookup: Lookup, scope_: str) -> Iterator[Artifact]:
        """As many pages as its holders fill, at least one."""
        if not lookup.setting("honours", bool):
            return
        for name in lookup.badges():
            for number in range(1, max(1, lookup.pages(scope("badge", name), HOLDERS)) + 1):
                yield Artifact(page_address(f"/badges/{name}/", number), f"{name}:{number}")

    def context(self, lookup: Lookup, arg: str) -> BadgesContext | None:
        """So many holders."""
        name, _, digits = arg.rpartition(":")
        number, presenter = int(digits), Presenter(lookup)
        found = badge(presenter, name, counted=True)
        if found is None:
            return None
        members = map(lookup.member, lookup.window(scope("badge", name), (number - 1) * HOLDERS, HOLDERS))
        base = f"/badges/{name}/"
        return BadgesContext(
            page=presenter.page(
                page_address(base, number),
                "badge",
                found.title,
                description=found.description,
                crumbs=(*presenter.trail(None), Link(presenter.href("/badges/"), "badges")),
            ),
            site=presenter.site(),
            badges=(found,),
            holders=tuple(presenter.member(member) for member in members if member),
            pages=presenter.pages(number, lookup.pages(scope("badge", name), HOLDERS), base),
        )

