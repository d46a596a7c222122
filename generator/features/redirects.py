"""Redirects: old addresses (`aliases`) that lead to where a topic, reply, board or member is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter
from generator.views import PageView, SiteView

feature = Feature("redirects")


@dataclass(frozen=True, slots=True)
class RedirectContext:
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
            address = _address(old)
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


def _address(alias: str) -> str:
    """The address of an alias as a file of the output; "" where it can't be one."""
    path = unquote(alias.partition("#")[0].partition("?")[0]).strip()
    parts = [part for part in path.split("/") if part]
    if not parts or any(part in (".", "..") or "\0" in part or "\\" in part or len(part.encode()) > 255 for part in parts):
        return ""
    if parts[-1] == "index.html":
        return "/".join(("", *parts[:-1], ""))
    folder = path.endswith("/") or "." not in parts[-1]
    return "/" + "/".join(parts) + ("/" if folder else "")
