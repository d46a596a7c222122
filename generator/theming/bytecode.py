"""Compiled templates, kept between builds; a folder that vanishes or can't be written only costs time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from generator import digest


class BytecodeCache(FileSystemBytecodeCache):
    """Jinja's cache in a folder that is made when it is first needed.

    `mark` stands for all that compiled templates depend on besides their source.
    """

    def __init__(self, folder: Path, pattern: str, mark: bytes) -> None:
        super().__init__(str(folder), pattern)
        self.mark = mark

    def get_source_checksum(self, source: str) -> str:
        """A digest that changes with the source, and with the mark."""
        return digest.of(self.mark, source).hex()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's byte code if that can be done."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
