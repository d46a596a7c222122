"""Compiled templates, kept between builds; a folder that vanishes or can't be written only costs time."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class BytecodeCache(FileSystemBytecodeCache):
    """Jinja's cache in a folder that is made when it is first needed."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's byte code if that can be done."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
