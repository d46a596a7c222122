"""Render: a suspect's context is loaded, and only if it changed the page is made and written.

It runs in worker processes, which read the catalog and write pages; what came of it goes back to the
build, which records it.
"""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from generator import digest
from generator.api import Canvas, CopiedFile, PageKind, site_file
from generator.catalog.database import reading, shared_readonly
from generator.catalog.ledger import Made, Suspect
from generator.catalog.lookup import Lookup
from generator.catalog.packing import DamageError
from generator.catalog.traced import Shared
from generator.errors import AnjomanError, OutputError, Problem
from generator.site import Site
from generator.stages.write import Written, copy, file_name, write

# The hook is for Markup, a kind of str that msgspec does not know.
_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)


class Outcome(Struct, frozen=True):
    """What came of a suspect: `made` is None where it failed, and the old page stands."""

    address: str
    made: Made | None
    written: bool
    problems: tuple[Problem, ...]


class Renderer(Struct, frozen=True):
    """Makes batches of suspects; it is sent to the workers."""

    site: Site
    build: str

    def __call__(self, suspects: Sequence[Suspect]) -> list[Outcome]:
        """What came of each suspect."""
        return [self._make(suspect) for suspect in suspects]

    def prepare(self) -> None:
        """Compile the templates."""
        self.site.theme.prepare(self.site.presentation, self.site.settings.site.language)

    def _make(self, suspect: Suspect) -> Outcome:
        database = shared_readonly(self.site.state, self.build)
        lookup = Lookup(database, _shared(self.build))
        kind = self.site.registry.pages[suspect.kind]
        try:
            with reading(database):
                context = kind.context(lookup, suspect.arg)
            if context is None:
                raise LookupError("there is nothing to show")
            found = digest.of_bytes(_ENCODER.encode(context))
            if found == suspect.context and suspect.output:
                return self._unchanged(suspect, lookup)
            written = self._write(suspect, kind, context)
        except (OutputError, sqlite3.Error, DamageError):
            raise  # no fault of this page: the disk is full, or the state file is damaged
        except AnjomanError as error:
            return Outcome(suspect.address, None, written=False, problems=error.problems)
        except Exception as error:
            return Outcome(suspect.address, None, written=False, problems=(_fault(suspect, error),))
        made = Made(suspect.node, frozenset(lookup.keys), found, written.digest, written.size, written.mtime_ns)
        return Outcome(suspect.address, made, written.changed, tuple(lookup.problems))

    def _unchanged(self, suspect: Suspect, lookup: Lookup) -> Outcome:
        made = Made(suspect.node, frozenset(lookup.keys), suspect.context, suspect.output, -1, 0)
        return Outcome(suspect.address, made, written=False, problems=tuple(lookup.problems))

    def _write(self, suspect: Suspect, kind: PageKind[object], context: object) -> Written:
        output = self.site.output
        if isinstance(context, CopiedFile):
            source = site_file(self.site.root, context.path)
            return copy(output, suspect.address, source, context.digest, suspect.output)
        canvas = Canvas(self.site.theme, self.site.presentation, self.site.state.parent)
        return write(output, suspect.address, kind.render(context, canvas), suspect.output)


@lru_cache(maxsize=1)
def _shared(build: str) -> Shared:
    """What the pages of one build share in this process."""
    return Shared()


def _fault(suspect: Suspect, error: Exception) -> Problem:
    """A fault of a feature costs the page, never the build."""
    trace = traceback.extract_tb(error.__traceback__)
    where = f"{Path(trace[-1].filename).name}:{trace[-1].lineno}" if trace else ""
    message = f"the page can't be made: {type(error).__name__}: {error} ({where})"
    hint = f"This is a fault of the page kind “{suspect.kind}”: please report it. The old page stands."
    return Problem(file_name(suspect.address), 0, "", message, hint)
