"""Write: a file of the output is replaced at once and whole, and only if its bytes differ."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from generator import digest
from generator.errors import OutputError, Problem


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it now stands; `changed` says whether it was replaced."""

    digest: bytes
    size: int
    mtime_ns: int
    changed: bool


def file_name(address: str) -> str:
    """The output's file for an address: `/cafe/` is `cafe/index.html`."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def file_path(output: Path, address: str) -> Path:
    """The file for an address; raises `OutputError` for one that leads out of the output."""
    name = file_name(address)
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\0" in part or (os.name == "nt" and "\\" in part) for part in parts):
        raise OutputError(Problem(name, 0, "", f"the address {address!r} can't be a file", "Give it another slug."))
    return output.joinpath(*parts)


def write(output: Path, address: str, data: bytes, known: bytes) -> Written:
    """Write a page; `known` is the digest of what stands there, b"" if that can't be trusted."""
    path = file_path(output, address)
    found = digest.of_bytes(data)
    try:
        if found == known or (not known and _holds(path, data)):
            stat = path.stat()
            return Written(found, stat.st_size, stat.st_mtime_ns, changed=False)
        _replace(path, data)
        stat = path.stat()
    except OSError as error:
        raise OutputError(_unwritable(path, output, error)) from error
    return Written(found, stat.st_size, stat.st_mtime_ns, changed=True)


def copy(output: Path, address: str, source: Path, wanted: bytes, known: bytes) -> Written:
    """Copy a file of any size whose digest is `wanted`."""
    path = file_path(output, address)
    try:
        if (wanted == known and path.exists()) or (not known and path.is_file() and digest.of_file(path) == wanted):
            stat = path.stat()
            return Written(wanted, stat.st_size, stat.st_mtime_ns, changed=False)
        _make_folder(path.parent)
        temporary = _temporary(path)
        try:
            found = _copy_bytes(source, temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        stat = path.stat()
    except OSError as error:
        raise OutputError(_unwritable(path, output, error)) from error
    return Written(found, stat.st_size, stat.st_mtime_ns, changed=True)


def remove(output: Path, address: str) -> bool:
    """Delete a file that is wanted no more, and the folders that are empty then; whether it was there."""
    path = file_path(output, address)
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise OutputError(_unwritable(path, output, error)) from error
    for folder in path.parents:
        if folder == output:
            break
        try:
            folder.rmdir()
        except OSError:
            break
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError):
        return False


def _replace(path: Path, data: bytes) -> None:
    _make_folder(path.parent)
    temporary = _temporary(path)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)


def _temporary(path: Path) -> Path:
    # A short name of its own: the page's name may be as long as the file system allows.
    return path.with_name(f".anjoman-{os.getpid()}.tmp")


def _copy_bytes(source: Path, target: Path) -> bytes:
    state = digest.Running()
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(1 << 20):
            state.add(block)
            writing.write(block)
    return state.digest()


def _unwritable(path: Path, output: Path, error: OSError) -> Problem:
    name = path.relative_to(output).as_posix()
    message = f"the file can't be written: {error.strerror or error}"
    return Problem(name, 0, "", message, "Give the output folder free space and write permission; the old page stands.")
