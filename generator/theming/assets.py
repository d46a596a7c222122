"""The files that a theme's pages ask for: style sheets and scripts joined into one each, names with a fingerprint.

Comments and spaces that only authors read are left out. Which files a theme has, and which of them are joined, is the
theme's business.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from msgspec import Struct
from rcssmin import cssmin  # type: ignore[import-untyped]
from rjsmin import jsmin  # type: ignore[import-untyped]

from generator import digest
from generator.markup.highlight import stylesheet

FOLDER = "/_/"
"""Where assets are in the output, apart from all addresses that people give."""
BUNDLE = "style.css"
"""The one stylesheet into which a theme's `styles` are joined."""
SCRIPT = "script.js"
"""The one script into which its `scripts` are joined."""


COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
"""A colour as an option has it."""

_URL = re.compile(r"""url\(\s*(["']?)([^"')?#]+)([^"')]*)\1\s*\)""")


class ThemeFile(Struct, frozen=True):
    """A template or asset that a theme has: its name below `templates` or `static`, and where it is."""

    name: str
    path: Path
    digest: bytes

    def text(self) -> str:
        """What it holds."""
        return self.path.read_text(encoding="utf-8", errors="replace")


class Asset(Struct, frozen=True):
    """A file of the output that pages ask for.

    `address` is relative to the site ("/_/style.3f2a9c1b.css"); what was made has its `text`, the rest a `path`.
    """

    name: str
    address: str
    digest: bytes
    path: Path | None = None
    text: str = ""

    def read(self) -> bytes:
        """Its bytes."""
        return self.path.read_bytes() if self.path else self.text.encode()


class Parts(Struct, frozen=True):
    """What assets are made of: a theme's files, the names of those that are joined, and its options."""

    statics: tuple[ThemeFile, ...]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    options: tuple[tuple[str, str], ...]


def assets(parts: Parts, *, fingerprint: bool) -> tuple[Asset, ...]:
    """All files of the output, joined and linked; `fingerprint` puts a digest into their names."""
    # Style sheets come last: they name other assets, whose fingerprints must be known.
    found: dict[str, Asset] = {}
    for file in parts.statics:
        if not file.name.endswith((".css", ".js")):
            address = _address(file.name, file.digest, fingerprint)
            found[file.name] = Asset(file.name, address, file.digest, file.path)
    for name, text in _scripts(parts).items():
        found[name] = _made(name, jsmin(text), fingerprint)
    for name, text in _sheets(parts).items():
        linked = _URL.sub(partial(_link, name, dict(found)), cssmin(text))
        found[name] = _made(name, linked, fingerprint)
    return tuple(found.values())


def _made(name: str, text: str, fingerprint: bool) -> Asset:
    mark = digest.of_text(text)
    return Asset(name, _address(name, mark, fingerprint), mark, text=text)


def _scripts(parts: Parts) -> dict[str, str]:
    """The scripts by name, those of `scripts` joined into one in their order."""
    own = {file.name: file.text() for file in parts.statics if file.name.endswith(".js")}
    joined = [own.pop(name) for name in parts.scripts if name in own]
    return {**own, SCRIPT: "\n".join(joined)} if joined else own


def _sheets(parts: Parts) -> dict[str, str]:
    """The style sheets by name, those of `styles` joined into one."""
    own = {file.name: file.text() for file in parts.statics if file.name.endswith(".css")}
    colors = [f"--option-{name}:{value};" for name, value in parts.options if COLOR.fullmatch(value)]
    sheets = {"options.css": f":root{{{''.join(colors)}}}", "code.css": stylesheet(), **own}
    joined = [sheets.pop(name) for name in parts.styles if name in sheets]
    return {**sheets, BUNDLE: "\n".join(joined)} if joined else sheets


def _address(name: str, mark: bytes, fingerprint: bool) -> str:
    path = PurePosixPath(FOLDER, name)
    return str(path.with_name(f"{path.stem}.{mark.hex()[:8]}{path.suffix}") if fingerprint else path)


def _link(sheet: str, assets: Mapping[str, Asset], found: re.Match[str]) -> str:
    folder = posixpath.dirname(sheet)
    asset = assets.get(posixpath.normpath(posixpath.join(folder, found[2].strip())))
    if asset is None:
        return found[0]
    target = posixpath.relpath(asset.address, FOLDER + folder)
    return f'url("{quote(target)}{found[3]}")'
