"""What is dear to make is kept between builds: for each address of the output the last that was made, in a folder of the state.

So a build that finds its state but not its output, as on a machine for builds, makes none of it again. What has
no place in the output any more is forgotten by the build.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from generator import digest

FOLDER = "kept"


def made(state: Path, address: str, mark: bytes, make: Callable[[], bytes]) -> bytes:
    """What is kept for an address under a mark, else what `make` makes; `mark` stands for all that it is made of."""
    path = _path(state, address)
    with suppress(OSError):
        data = path.read_bytes()
        # A file that was cut off by a full disk has another digest.
        if data[: 2 * digest.SIZE] == mark + digest.of_bytes(data[2 * digest.SIZE :]):
            return data[2 * digest.SIZE :]
    data = make()
    _keep(path, mark + digest.of_bytes(data) + data)
    return data


def forget(state: Path, address: str) -> None:
    """Forget what is kept for an address."""
    with suppress(OSError):
        _path(state, address).unlink()


def of_picture(path: str) -> str:
    """The address under which the sizes of a picture are kept, which are made before it is known where they will be."""
    return f"picture:{path}"


def _path(state: Path, address: str) -> Path:
    return state / FOLDER / digest.of_text(address).hex()


def _keep(path: Path, data: bytes) -> None:
    """Keep it whole or not at all; where the folder can't be written it is made again."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}.tmp")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
