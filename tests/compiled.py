"""Keeps compiled templates in memory for all builds of a process: compiling takes most of the time of a small site's first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from unittest.mock import patch

from jinja2 import Environment
from jinja2.exceptions import TemplateRuntimeError

from generator.theming.bytecode import BytecodeCache
from generator.theming.templating import ThemeEnvironment

_CALL = re.compile(r"""\{\{-?\s*(\w+)\(\s*(["'])(.*?)\2\s*\)""")

_compiled: dict[tuple[object, ...], CodeType] = {}


@contextmanager
def compiled_once() -> Iterator[None]:
    """What this process compiled of a template is used again where it would be the same: in new folders and themes too."""

    def recall(self: ThemeEnvironment, source: str, name: str, filename: str) -> CodeType:
        if not isinstance(self.bytecode_cache, BytecodeCache):
            return Environment.compile(self, source, name, filename)
        key = (self.bytecode_cache.pattern, name, filename, source, *_put_in(self, source))
        if key not in _compiled:
            _compiled[key] = Environment.compile(self, source, name, filename)
        return _compiled[key]

    with patch.object(ThemeEnvironment, "compile", recall):
        yield


def _put_in(environment: ThemeEnvironment, source: str) -> Iterator[str]:
    """What is put into a template when it is compiled, as words and addresses of assets."""
    for function, _, word in _CALL.findall(source):
        if function in environment.constants:
            try:
                yield str(environment.constants[function](word))
            except TemplateRuntimeError as error:
                yield str(error)
