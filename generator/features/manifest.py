"""The web app manifest (https://www.w3.org/TR/appmanifest/): how a phone shows the site on its home screen.

What it looks like is the theme's business: colours and icon are in its template.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.api import Artifact, Feature, Lookup, PageKind, Presenter
from generator.views import SiteView

feature = Feature("manifest")


class ManifestContext(Struct, frozen=True):
    """The site; the theme knows its colours."""

    site: SiteView


@feature.page
class Manifest(PageKind[ManifestContext]):
    """`/manifest.webmanifest`; a file of that name in static/ stands in its place."""

    name = "manifest"
    templates = ("manifest.webmanifest",)
    rank = 90

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One file."""
        yield Artifact("/manifest.webmanifest")

    def context(self, lookup: Lookup, arg: str) -> ManifestContext:
        """What all pages share."""
        return ManifestContext(Presenter(lookup).site())
