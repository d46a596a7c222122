"""What derivation knows besides the sources: the settings, the kinds of boards, the moment of the build."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator import digest
from generator.model import BoardKind, Moment
from generator.settings import Settings


class Terms(Struct, frozen=True):
    """The terms under which a build derives; `now` is its one clock."""

    settings: Settings
    kinds: Mapping[str, BoardKind]
    now: Moment
    drafts: bool
    version: bytes

    def digest(self) -> bytes:
        """Changes when everything has to be derived again; the clock is looked after by moments."""
        settings = self.settings
        sections = (settings.site, settings.boards, settings.people, settings.trusted, settings.markdown, settings.mentions, settings.activity, dict(settings.badges), dict(settings.trust), settings.top)
        return digest.of(sections, dict(self.kinds), self.drafts, self.version)
