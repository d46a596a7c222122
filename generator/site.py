"""A site as one build sees it: its settings, theme, features and folders, all frozen."""

from __future__ import annotations

import platform
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator import __version__, config, digest, theme
from generator.api import PageKind, Registry
from generator.config import Settings
from generator.model import Moment
from generator.theme import Presentation, Theme

STATE = ".anjoman"
OUTPUT = "output"

_PACKAGES = ("jinja2", "latex2mathml", "markdown", "nh3", "pygments", "pymdown-extensions", "pyromark")


@dataclass(frozen=True, slots=True)
class Site:
    """What a build needs to know. `state` is the state file, one for each output folder."""

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
) -> Site:
    """The site in a folder; raises `SiteError` with all that is wrong with its settings and theme.

    `now` is the build's one clock, the time of the call if none is given.
    """
    root = root.absolute()
    settings = config.load(root)
    output = (output or root / OUTPUT).absolute()
    state = root / STATE
    presentation = Presentation(
        settings.site.timezone, settings.site.calendar, settings.site.prefix, fingerprint, state / "templates"
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
        version=code_version(),
    )


def state_file(root: Path, output: Path) -> Path:
    """Where the state of an output folder is; both paths are absolute."""
    return root / STATE / _state_name(root, output)


def _state_name(root: Path, output: Path) -> str:
    """The state file's name; a site's own output folder has the plain one, so that a moved site keeps it."""
    if output.is_relative_to(root):
        name = output.relative_to(root).as_posix().replace("/", "-").lstrip(".")
        return "state.sqlite" if name == OUTPUT else f"state-{name}.sqlite"
    return f"state-{digest.of_text(output.as_posix()).hex()[:12]}.sqlite"


@cache
def code_version() -> bytes:
    """The digest of all code that takes part in a build: Anjoman's own, and the versions of the others'."""
    package = Path(__file__).parent
    own = {path.relative_to(package).as_posix(): digest.of_bytes(path.read_bytes()) for path in _code(package)}
    others = [(name, _version(name)) for name in _PACKAGES]
    return digest.of(__version__, own, others, platform.python_version())


def _code(package: Path) -> list[Path]:
    return sorted(path for path in package.rglob("*.py") if path.is_file())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
