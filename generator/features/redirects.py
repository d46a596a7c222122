"""Redirects: old addresses (`aliases`) that lead to where a topic, reply, board or member is now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter
from generator.slugs import alias_address
from generator.views import PageView, SiteView

feature = Feature("redirects")


class RedirectContext(Struct, frozen=True):
    """`href` is where it leads, `url` the same with the site's host ("" where it has none)."""

    page: PageView
    site: SiteView
    href: str
    url: str
    title: str


class Redirects(PageKind[RedirectContext]):
    """One small page for each old address."""

    templates = ("redirect.html",)
    rank = 60

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """A page for each alias that is an address of this site."""
        for old, target, path in lookup.redirects(scope):
            address = alias_address(old)
            if address and address != target:
                yield Artifact(address, target, path)

    def context(self, lookup: Lookup, arg: str) -> RedirectContext:
        """The target's address is all that there is."""
        presenter = Presenter(lookup)
        return RedirectContext(
            page=presenter.page(arg.partition("#")[0], "redirect", noindex=True),
            site=presenter.site(),
            href=presenter.href(arg),
            url=presenter.url(arg),
            title=arg,
        )


@feature.page
class BoardRedirects(Redirects):
    """Old addresses of topics and replies, board by board."""

    name = "redirect"
    per_board = True


@feature.page
class SiteRedirects(Redirects):
    """Old addresses of boards, members and plain pages."""

    name = "site-redirect"
