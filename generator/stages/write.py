"""Write: a file of the output is replaced at once and whole, and only if its bytes differ.

A new file is made beside the old one, under a name that is the same each time. While a build runs, a marker
stands in the output: where it still stands when the next build begins, that one was killed, and its rests are
looked for.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from generator import digest
from generator.errors import AnjomanError, OutputError, PageError, Problem

UNFINISHED = ".anjoman-unfinished"
"""The file in the output that says that a build runs, or was killed."""

_PREFIX, _SUFFIX = ".anjoman-", ".tmp"

# What is not about one file: the next would fail as this one did.
_OF_ALL_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_IN_THE_WAY = {errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY}
_GONE = (FileNotFoundError, NotADirectoryError)


class Written(Struct, frozen=True):
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
    """The file for an address; raises `PageError` for one that leads out of the output."""
    name = file_name(address)
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\0" in part or (os.name == "nt" and "\\" in part) for part in parts):
        raise PageError(Problem(name, 0, "", f"the address {address!r} can't be a file", "Give it another slug."))
    return output.joinpath(*parts)


def write(output: Path, address: str, data: bytes, known: bytes) -> Written:
    """Write a page; `known` is the digest of what stands there, b"" if that can't be trusted.

    Raises `OutputError` where nothing can be written, `PageError` where this file can't.
    """
    path = file_path(output, address)
    found = digest.of_bytes(data)
    try:
        changed = found != known if known else not _holds(path, data)
        if changed:
            _replace(path, data)
        stat = path.stat()
    except OSError as error:
        raise _unwritable(path, output, error) from error
    return Written(found, stat.st_size, stat.st_mtime_ns, changed)


def copy(output: Path, address: str, source: Path, wanted: bytes, known: bytes) -> Written:
    """Copy a file of any size whose digest is `wanted`; raises as `write` does.

    A source that is no longer what it was when it was read is not copied: the next build does that.
    """
    path = file_path(output, address)
    try:
        changed = wanted != known if known else not _is_file_of(path, wanted)
        if changed:
            _copy(output, path, source, wanted)
        stat = path.stat()
    except OSError as error:
        raise _unwritable(path, output, error) from error
    return Written(wanted, stat.st_size, stat.st_mtime_ns, changed)


def remove(output: Path, address: str) -> bool:
    """Delete a file that is wanted no more, and the folders that are empty then; whether it was there.

    A folder that somebody put in its place stays. Raises `OutputError` where the file can't be deleted.
    """
    try:
        path = file_path(output, address)
    except PageError:  # an address that never was a file
        return False
    there = True
    try:
        path.unlink()
    except _GONE:  # by hand, perhaps, and its folders were left
        there = False
    except OSError as error:
        if path.is_dir():
            return False
        raise _undeletable(path, output, error) from error
    _prune(path, output)
    return there


def _prune(path: Path, output: Path) -> None:
    """Delete the folders of a file that are empty now."""
    for folder in path.parents:
        if folder == output:
            break
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            break


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Mark the output while files are written; first delete what a killed build left. Raises `OutputError`."""
    marker = output / UNFINISHED
    try:
        if marker.exists():
            _sweep(output)
        with suppress(OSError):  # where it can't be written, nothing can
            output.mkdir(parents=True, exist_ok=True)
            marker.touch()
        yield
    finally:
        with suppress(OSError):
            marker.unlink()


def is_unfinished(name: str) -> bool:
    """Whether a name in the output is of a file that is not whole yet, or the marker."""
    return name == UNFINISHED or (name.startswith(_PREFIX) and name.endswith(_SUFFIX))


def _sweep(output: Path) -> None:
    for folder, _, names in os.walk(output):
        for path in (Path(folder, name) for name in names if name != UNFINISHED and is_unfinished(name)):
            try:
                path.unlink()
            except _GONE:
                continue
            except OSError as error:
                raise _undeletable(path, output, error) from error


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:  # whatever is there: it is replaced, or that fails with a word of its own
        return False


def _is_file_of(path: Path, wanted: bytes) -> bool:
    try:
        return path.is_file() and digest.of_file(path) == wanted
    except OSError:
        return False


def _replace(path: Path, data: bytes) -> None:
    temporary = _temporary(path)
    try:
        try:
            temporary.write_bytes(data)
        except _GONE:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        _discard(temporary)
        raise


def _copy(output: Path, path: Path, source: Path, wanted: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path)
    try:
        if _copy_bytes(source, temporary) != wanted:
            raise PageError(_changed(path.relative_to(output).as_posix(), "it changed while it was copied"))
        temporary.replace(path)
    except (OSError, PageError):
        _discard(temporary)
        raise


def _temporary(path: Path) -> Path:
    # A short name of its own, as the page's may be as long as the file system allows. It lies where the page
    # does, because some file systems are slow to make many files in one folder that are moved to others.
    return path.with_name(f"{_PREFIX}{digest.of_text(path.name).hex()[:8]}{_SUFFIX}")


def _discard(temporary: Path) -> None:
    with suppress(OSError):  # what was wrong with it is told already
        temporary.unlink()


def _copy_bytes(source: Path, target: Path) -> bytes:
    state = digest.Running()
    with _opened(source) as reading, target.open("wb") as writing:
        while block := reading.read(1 << 20):
            state.add(block)
            writing.write(block)
    return state.digest()


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise PageError(_changed(source.name, f"it can't be read any more: {error.strerror}")) from error


def _changed(name: str, what: str) -> Problem:
    return Problem(name, 0, "", f"the file is not copied: {what}", "The next build looks at it again.", "warning")


def _unwritable(path: Path, output: Path, error: OSError) -> AnjomanError:
    name = path.relative_to(output).as_posix()
    problem = Problem(name, 0, "", f"the file can't be written: {error.strerror or error}", _mend(error.errno))
    return (OutputError if error.errno in _OF_ALL_FILES else PageError)(problem)


def _undeletable(path: Path, output: Path, error: OSError) -> OutputError:
    name = path.relative_to(output).as_posix()
    return OutputError(Problem(name, 0, "", f"the file can't be deleted: {error.strerror or error}", _mend(error.errno)))


def _mend(number: int | None) -> str:
    if number in _FULL:
        return "Free some space on the disk of the output folder, and build again; the old page stands."
    if number in _IN_THE_WAY:
        return "Something that Anjoman did not make is in its place: move it away, and build again."
    return "See to it that the output folder can be written, and build again; the old page stands."
