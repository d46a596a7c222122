"""Write: a file of the output is replaced at once and whole, and only if its bytes differ.

A new file is made in a folder of its own in the output, so that a build that was killed leaves its
rests in one known place.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from generator import digest
from generator.errors import AnjomanError, OutputError, PageError, Problem

STAGING = ".anjoman-unfinished"
"""The folder in the output where files are until they are whole; it is there only while a build runs."""

# What is not about one file: the next would fail as this one did.
_OF_ALL_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_IN_THE_WAY = {errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY}
_GONE = (FileNotFoundError, NotADirectoryError)


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
            _replace(output, path, data)
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
        path.unlink()
    except (*_GONE, PageError):  # PageError: an address that never was a file
        return False
    except OSError as error:
        if path.is_dir():
            return False
        raise _undeletable(path, output, error) from error
    for folder in path.parents:
        if folder == output:
            break
        try:
            folder.rmdir()
        except OSError:
            break
    return True


@contextmanager
def staging(output: Path) -> Iterator[None]:
    """See to it that nothing unfinished is in the output, before and after; raises `OutputError`."""
    _clear(output)
    try:
        yield
    finally:
        _clear(output)


def _clear(output: Path) -> None:
    try:
        shutil.rmtree(output / STAGING)
    except _GONE:
        return
    except OSError as error:
        raise _undeletable(output / STAGING, output, error) from error


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


def _replace(output: Path, path: Path, data: bytes) -> None:
    temporary = _temporary(output)
    try:
        try:
            temporary.write_bytes(data)
        except _GONE:
            temporary.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        _move(temporary, path)
    except OSError:
        _discard(temporary)
        raise


def _copy(output: Path, path: Path, source: Path, wanted: bytes) -> None:
    temporary = _temporary(output)
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        if _copy_bytes(source, temporary) != wanted:
            raise PageError(_changed(path.relative_to(output).as_posix(), "it changed while it was copied"))
        _move(temporary, path)
    except (OSError, PageError):
        _discard(temporary)
        raise


def _move(temporary: Path, path: Path) -> None:
    """Put a whole file in its place, and make the folder that it is in."""
    try:
        temporary.replace(path)
    except _GONE:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # A folder of the output is on another disk: the file has to be made there.
        beside = path.with_name(temporary.name)
        shutil.copyfile(temporary, beside)
        beside.replace(path)
        temporary.unlink()


def _temporary(output: Path) -> Path:
    # A short name of its own: the page's name may be as long as the file system allows.
    return output / STAGING / f"{os.getpid()}.tmp"


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
