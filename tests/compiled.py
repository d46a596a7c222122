"""Keeps compiled templates in memory for all builds of a process: that takes most of the time of a small site's first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from unittest.mock import patch

from jinja2.bccache import Bucket

from generator.bytecode import BytecodeCache

_compiled: dict[tuple[str, str], CodeType] = {}


@contextmanager
def compiled_once() -> Iterator[None]:
    """What this process compiled of the templates is used again, in new folders too: that took most of the time."""
    load, dump = BytecodeCache.load_bytecode, BytecodeCache.dump_bytecode

    def recall(cache: BytecodeCache, bucket: Bucket) -> None:
        load(cache, bucket)
        bucket.code = bucket.code or _compiled.get((bucket.key, bucket.checksum))

    def keep(cache: BytecodeCache, bucket: Bucket) -> None:
        if bucket.code:
            _compiled[bucket.key, bucket.checksum] = bucket.code
        dump(cache, bucket)

    with patch.object(BytecodeCache, "load_bytecode", recall), patch.object(BytecodeCache, "dump_bytecode", keep):
        yield
