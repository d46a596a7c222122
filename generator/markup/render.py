"""The door of the markup stage: an entry's text in, safe HTML with marks and facts out.

    disarm → guards → hold extras → engine → sanitise → put extras back → facts

What is written in simple words and spans goes through neither engine nor sanitiser (see `simple`).

Pure: the same text and options give the same result in every process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from msgspec.structs import replace

from generator.errors import AnjomanError, Problem
from generator.markup import blocks, guards, headings, highlight, notes, plaintext, sanitise, simple
from generator.markup.blocks import arrange
from generator.markup.engines import FAST, TooMuchOutputError, engine
from generator.markup.fences import has_fence, lines
from generator.markup.formulas import Formulas
from generator.markup.inline import hold_extras, hold_text
from generator.markup.interface import Options, Rendered
from generator.markup.links import Addresses, Marks, rel
from generator.markup.marks import OPEN, Holder, disarm, disarm_references
from generator.markup.media import Players
from generator.markup.restore import restore
from generator.markup.sanitise import TooDeepError
from generator.markup.tasks import tasks
from generator.markup.text import plain, plain_simple, words

# Characters that no XML may hold (XML 1.0, 2.2); feeds are made of the same HTML.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPEAKS_PLAIN = "The whole text is shown as it is, without formatting."


def render(text: str, options: Options) -> Rendered:
    """The safe HTML of an entry, its marks and its facts.

    Never raises for any text: what an engine can't take is rendered by the fast engine, and what that can't
    take is shown as plain text, each with a warning.
    """
    found = _render(_normalised(text), options)
    if not options.hides:
        return found
    from generator.markup import hiding

    return hiding.rendered(found)


def _render(text: str, options: Options) -> Rendered:
    if big := guards.too_big(text):
        return _plain(text, options, big)
    if options.format == "text":
        return _mail(text, options) if options.mail else _plain(text, options)
    if options.format == "html":
        return _html(text, options)
    return _markdown(text, options)


def _normalised(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # What is printable is neither a control nor reserved.
    if "&#" not in text and text.replace("\n", "").isprintable():
        return text
    return disarm(_CONTROLS.sub("", text))


def _plain(text: str, options: Options, reason: str = "") -> Rendered:
    html = plaintext.page(text, rel(options))
    shown = " ".join(text.split())
    problems = (_warning(reason, _SPEAKS_PLAIN),) if reason else ()
    return Rendered(html=html, text=shown, words=words(shown), problems=problems)


def _mail(text: str, options: Options) -> Rendered:
    from generator.markup import mail  # its patterns take a while, and most sites have no mails

    return mail.render(text, options)


def _html(text: str, options: Options) -> Rendered:
    found = _attempt(lambda: _cleaned(text, text, Holder(), options))
    return _plain(text, options, found) if isinstance(found, str) else found


def _markdown(text: str, options: Options) -> Rendered:
    reason = ""
    if options.engine != FAST:
        reason = guards.too_heavy(text)
        found = reason or _attempt(lambda: _by(options.engine, text, options))
        if not isinstance(found, str):
            return found
        reason = found
    found = _attempt(lambda: _by(FAST, text, options))
    if isinstance(found, str):
        return _plain(text, options, found)
    if not reason:
        return found
    warning = _warning(reason, f"It was rendered by the engine “{FAST}”.")
    return replace(found, problems=(warning, *found.problems))


def _attempt(make: Callable[[], Rendered]) -> Rendered | str:
    """What `make` makes, or why it could not."""
    try:
        return make()
    except TooMuchOutputError:
        return "its HTML would be more than 20 times its size"
    except TooDeepError:
        return "its HTML is nested too deeply"
    except RecursionError:
        return "its parts are nested too deeply"
    except (AnjomanError, ImportError, MemoryError):
        raise  # no fault of the text
    except Exception as error:
        return f"it could not be parsed ({type(error).__name__})"


def _by(name: str, text: str, options: Options) -> Rendered:
    holder = Holder()
    source = _source(text, holder, options)
    if not _keeps_raw(options):
        marks = Marks(rel(options))
        html = simple.convert(source, marks.rel)
        if html is not None:
            return _finished(html, text, holder, marks, options, is_simple=not holder.items)
    return _cleaned(engine(name).convert(source, guards.amplification(len(text))), text, holder, options)


def _source(text: str, holder: Holder, options: Options) -> str:
    """The text as the engines get it."""
    if not has_fence(text) and not blocks.may_start(text):
        return hold_text(text, holder, breaks=options.breaks)
    return notes.gather(hold_extras(arrange(lines(text), holder), holder, breaks=options.breaks), holder)


def _cleaned(html: str, text: str, holder: Holder, options: Options) -> Rendered:
    """What is made of an engine's HTML."""
    marks = Marks(rel(options))
    addresses = Addresses(options, text, holder, marks)
    html = addresses.finish(_safe(html, options))
    return _finished(html, text, holder, marks, options, addresses.images)


def _finished(
    html: str, text: str, holder: Holder, marks: Marks, options: Options,
    pictures: Sequence[str] = (), *, is_simple: bool = False,
) -> Rendered:  # fmt: skip
    """What is made of safe HTML whose addresses are finished; `is_simple` says that `simple` wrote all of it."""
    images = list(pictures)
    if holder.items:
        html = blocks.finish(html, holder, dict(options.labels))
        html = notes.finish(html, holder, options.prefix)
        html = restore(html, holder, marks, options.prefix)
    html, outline = headings.anchor(html, options.prefix, lambda part: _shown(part, holder, marks))
    played = Players(marks, images, lambda part: plain(_shown(part, holder, marks))).into(html)
    shown = plain_simple(html) if is_simple and played is html else plain(_shown(played, holder, marks))
    html = played
    problems: tuple[Problem, ...] = ()
    if OPEN in html or "language-math" in html:
        formulas = Formulas(text, holder)
        html = formulas.finish(html)
        problems = tuple(formulas.problems)
    html = highlight.blocks(html).strip()
    if len(html) > guards.amplification(len(text)):
        raise TooMuchOutputError
    return Rendered(html, tuple(marks.found), shown, outline, tuple(images), words(shown), problems)


def _keeps_raw(options: Options) -> bool:
    return options.trusted and options.raw_html


def _safe(html: str, options: Options) -> str:
    html = sanitise.align(tasks(disarm_references(html)))
    if _keeps_raw(options):
        return html
    if options.format != "html":
        html = sanitise.escape_raw_text(html)
    if sanitise.depth(html) > guards.DEPTH:
        raise TooDeepError
    return sanitise.clean(html)


def _shown(html: str, holder: Holder, marks: Marks) -> str:
    """The HTML as a reader sees it: marks and formulas as their text."""
    return marks.shown(holder.replace(html, lambda held: escape(held.value)))


def _warning(reason: str, hint: str) -> Problem:
    return Problem("", 0, "", f"The text is too much for its engine: {reason}.", hint, "warning")
