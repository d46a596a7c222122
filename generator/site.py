"""A site as one build sees it: its settings, theme, features and folders, all frozen."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator import digest
from generator.installed import code_version
from generator.listing import UNSEEN, Seal

if TYPE_CHECKING:
    from generator.api import PageKind, Registry
    from generator.model import Moment
    from generator.settings import Settings
    from generator.theming.theme import Presentation, Theme

STATE = ".anjoman"
OUTPUT = "output"

# The same file on a case-folding file system as elsewhere, and never that of another folder.
_PLAIN = re.compile(r"[a-z0-9_-]{1,40}")


class Site(Struct, frozen=True):
    """What a build needs to know.

    `state` is the state file, one for each output folder; `seal` is what was seen at the first look, if there was one.
    """

    root: Path
    settings: Settings
    theme: Theme
    presentation: Presentation
    registry: Registry
    output: Path
    state: Path
    drafts: bool
    now: Moment
    version: bytes
    seal: Seal = UNSEEN

    def recipe(self, kind: PageKind[object]) -> bytes:
        """Changes when pages of a kind must be made anew although nothing that they read changed."""
        templates = kind.uses(self.registry.board_kinds.values())
        closures = [self.theme.closure(template, self.presentation) for template in templates]
        return digest.of(self.version, kind.name, closures)


def load(
    root: Path,
    registry: Registry,
    *,
    output: Path | None = None,
    drafts: bool = False,
    fingerprint: bool = True,
    now: Moment | None = None,
    seal: Seal = UNSEEN,
) -> Site:
    """The site in a folder; raises `SiteError` with all that is wrong with its settings and theme.

    `now` is the build's one clock, the time of the call if none is given.
    """
    # Imported here, because to find out where a site's state is needs none of it.
    from generator.settings import reading as config
    from generator.theming import theme

    root = root.absolute()
    settings = config.load(root)
    output = (output or root / OUTPUT).absolute()
    state = root / STATE
    code = code_version(state)
    presentation = theme.Presentation(
        settings.site.timezone, settings.site.calendar, settings.site.prefix, fingerprint, state / "templates", code
    )
    return Site(
        root=root,
        settings=settings,
        theme=theme.load(settings.site.theme, root, settings.theme),
        presentation=presentation,
        registry=registry,
        output=output,
        state=state_file(root, output),
        drafts=drafts,
        now=int(time.time()) if now is None else now,
        version=digest.of(code, registry.code) if registry.code else code,
        seal=seal,
    )


def state_file(root: Path, output: Path) -> Path:
    """Where the state of an output folder is; both paths are absolute."""
    return root / STATE / _state_name(root, Path(os.path.normpath(output)))


def _state_name(root: Path, output: Path) -> str:
    """The state file's name; a site's own output folder has the plain one, so that a moved site keeps it."""
    inside = output.is_relative_to(root)
    name = (output.relative_to(root) if inside else output).as_posix()
    if inside and _PLAIN.fullmatch(name):
        return "state.sqlite" if name == OUTPUT else f"state-{name}.sqlite"
    return f"state-{digest.of_text(name).hex()[:12]}.sqlite"
