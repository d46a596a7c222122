"""What takes part in every build besides the site: Anjoman's own code, the packages it uses, and whether any brings features.

To ask for it costs reading all of that, so the answers are kept in a file of the state's folder, for as long as
the dates of all of it stay.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from generator import __version__, digest
from generator.listing import Listing

GROUP = "anjoman.features"
"""The group of entry points by which a package adds features."""

FILE = "installed.json"

_PACKAGES = (
    "jdatetime", "jinja2", "latex2mathml", "markdown", "markupsafe", "msgspec", "nh3", "pillow", "polib", "pygments",
    "pymdown-extensions", "pyromark", "pyyaml", "resvg_py", "tzdata",
)  # fmt: skip
_PYTHON = ".".join(map(str, sys.version_info[:3]))
_OWN = Path(__file__).parent
_METADATA = (".dist-info", ".egg-info")


@cache
def code_version(state: Path) -> bytes:
    """The digest of Anjoman's own code and the versions of what it uses; `state` is the folder of the state."""
    signature = code_signature()
    known = _read(state, "code", signature)
    if isinstance(known, str) and len(known) == 2 * digest.SIZE:
        with suppress(ValueError):
            return bytes.fromhex(known)
    found = _code()
    _keep(state, "code", signature, found.hex())
    return found


def has_plugins(state: Path) -> bool:
    """Whether an installed package brings features."""
    signature = packages_signature()
    known = _read(state, "plugins", signature)
    if isinstance(known, bool):
        return known
    from importlib.metadata import entry_points

    found = bool(entry_points(group=GROUP))
    _keep(state, "plugins", signature, found)
    return found


# What it is known by --------------------------------------------------------


def code_signature() -> bytes:
    """Changes when a file of Anjoman or of its themes, or what is installed, may have changed; b"" if that can't be told."""
    own = Listing()
    own.add_folder(_OWN, "generator", passed_over="__pycache__")
    own.add_folder(builtin_themes(), "themes")
    own.add_text(sys.version)
    found, packages = own.digest(), packages_signature()
    return digest.of(found, packages) if found and packages else b""


def packages_signature() -> bytes:
    """Changes when what is installed may have changed; b"" where that can't be told."""
    listing = Listing()
    for place in sys.path:
        for name in _installed(place):
            listing.add_text(name)
            listing.add_file(f"{place}/{name}/METADATA", "METADATA")
            listing.add_file(f"{place}/{name}/entry_points.txt", "entry_points.txt")
    return listing.digest()


def _installed(place: str) -> list[str]:
    """The packages in a folder where Python looks for them (https://peps.python.org/pep-0376)."""
    try:
        return sorted(name for name in os.listdir(place or ".") if name.endswith(_METADATA))  # noqa: PTH208 - the fastest way
    except OSError:
        return []


def builtin_themes() -> Path:
    """The folder of the themes that come with Anjoman, installed or in a checkout."""
    installed = _OWN / "themes"
    return installed if installed.is_dir() else _OWN.parent / "themes"


# What it is -----------------------------------------------------------------


@cache
def _code() -> bytes:
    paths = sorted(path for path in _OWN.rglob("*.py") if path.is_file())
    own = {path.relative_to(_OWN).as_posix(): digest.of_file(path) for path in paths}
    return digest.of(__version__, own, [(name, _version(name)) for name in _PACKAGES], _PYTHON)


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


# The file -------------------------------------------------------------------


def _read(state: Path, name: str, signature: bytes) -> object:
    """What was kept under this signature, None where nothing was."""
    found = _kept(state).get(name)
    if signature and isinstance(found, list) and len(found) == 2 and found[0] == signature.hex():
        return found[1]
    return None


def _keep(state: Path, name: str, signature: bytes, value: str | bool) -> None:
    """Keep a value; where the folder can't be written it is asked for again."""
    if not signature:
        return
    text = json.dumps({**_kept(state), name: [signature.hex(), value]})
    temporary = state / f".{FILE}-{os.getpid()}.tmp"
    with suppress(OSError):
        state.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, "ascii")
        temporary.replace(state / FILE)


def _kept(state: Path) -> dict[str, object]:
    try:
        found = json.loads((state / FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
