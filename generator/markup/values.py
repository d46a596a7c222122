"""The kinds of values that only front matter has: authors, pictures, polls, attachments, origins.

Each is read from texts, lists and tables; which field has which kind is said in `fields`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from generator.addresses import host
from generator.model import Attachment, Moment, Origin, Poll, PollOption
from generator.schema import (
    TEXT,
    Kind,
    MisfitError,
    Place,
    Record,
    between,
    doc,
    read_line,
    read_text,
    read_text_table,
    read_texts,
    read_values,
    read_words,
    shown,
)

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|mailto:|xmpp:|matrix:|/)[^\s]", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a stranger may have a link to."""
    return _WEB.match(text) is not None


def web_address(text: str) -> str:
    """An address on the web, or none; raises MisfitError."""
    if text and not is_web_address(text):
        raise MisfitError("expected an address as https://example.org/")
    return text


def shared_address(text: str) -> str:
    """An address that a topic shares, or none: it must say plainly whose it is; raises MisfitError."""
    name = host(web_address(text))
    if text and (not name or not name.isprintable() or any(mark.isspace() for mark in text)):
        raise MisfitError("expected an address as https://example.org/")
    return text


def _links(value: object, zone: tzinfo) -> Mapping[str, str]:
    """A member's links: labels and addresses, or addresses alone."""
    links = (
        read_text_table(value) if isinstance(value, Mapping) else {link: link for link in read_texts(value)}
    )
    for address in links.values():
        if not _LINK.match(address):
            raise MisfitError("expected addresses as https://example.org/")
    return links


def _authors(value: object, zone: tzinfo) -> tuple[str, ...]:
    """Names, each a text or (as in Hugo's themes) a table with a `name`."""
    if isinstance(value, str):
        return (name,) if (name := read_line(value)) else ()
    items = value if isinstance(value, list) else [value]
    named = [each.get("name", each) if isinstance(each, Mapping) else each for each in items]
    return tuple(dict.fromkeys(name for name in map(read_line, named) if name))


def _tags(value: object, zone: tzinfo) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(read_line, read_words(value))))


def _picture(value: object, zone: tzinfo) -> str:
    """A path or address; themes of others keep it in a list, or in a table beside its caption."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("image", "path", "url", "src") if key in value), value)
    return read_text(value)


def _feeds(value: object, zone: tzinfo) -> tuple[str, ...]:
    return () if value in ("no", "none", "false") else read_words(value)


def inner(form: type[Record], value: object, zone: tzinfo, what: str) -> dict[str, Any]:
    """The values of a table inside a field, as `form` declares them; raises MisfitError for what is wrong."""
    if not isinstance(value, Mapping):
        raise MisfitError(f"expected {what}")
    given, problems = read_values(form, value, Place(""), zone=zone)
    for problem in problems:
        raise MisfitError(f"{problem.message} at `{problem.field}`: expected {what}", problem.hint)
    return given


@dataclass(init=False, repr=False, eq=False)
class OriginForm:
    """The field `source`."""

    system: str = field(default="", metadata=doc("What it was imported from, as “discourse”."))
    url: str = field(default="", metadata=doc("Its address there.", TEXT, web_address))
    id: str = field(default="", metadata=doc("Its id there."))


def _origin(value: object, zone: tzinfo) -> Origin:
    if isinstance(value, str):
        text = value.strip()
        return Origin(url=text) if is_web_address(text) else Origin(system=text)
    return Origin(**inner(OriginForm, value, zone, "a table of system, url and id"))


@dataclass(init=False, repr=False, eq=False)
class AttachmentForm:
    """One of `attachments`."""

    file: str = field(default="", metadata=doc("The file's path beside the topic.", TEXT))
    name: str = field(default="", metadata=doc("The name shown, else the file's."))


def _attachments(value: object, zone: tzinfo) -> tuple[Attachment, ...]:
    items = value if isinstance(value, list) else [value] if value else []
    return tuple(_attachment(each, zone) for each in items)


def _attachment(value: object, zone: tzinfo) -> Attachment:
    expected = "files beside the topic, as [map.pdf] or {file: map.pdf, name: The map}"
    given = {"file": value} if isinstance(value, str) else inner(AttachmentForm, value, zone, expected)
    file = str(given.get("file", ""))
    if (
        not file
        or file.startswith("/")
        or re.search(r'[\\:*?"<>|\x00-\x1f]', file)
        or ".." in file.split("/")
    ):
        raise MisfitError(f"expected {expected}; {shown(file)} is none")
    return Attachment(file, given.get("name", ""))


@dataclass(init=False, repr=False, eq=False)
class OptionForm:
    """One of a poll's options."""

    text: str = field(default="", metadata=doc("What can be chosen."))
    votes: int = field(default=0, metadata=doc("Votes from elsewhere.", check=between(0, 10**12)))


def _options(value: object, zone: tzinfo) -> tuple[PollOption, ...]:
    items = value if isinstance(value, list) else []
    texts = [{"text": each} if isinstance(each, str) else each for each in items]
    options = tuple(
        PollOption(**{"text": "", **inner(OptionForm, each, zone, "text and votes")}) for each in texts
    )
    names = {option.text for option in options}
    if len(options) < 2 or len(names) < len(options) or "" in names:
        raise MisfitError("expected two or more different options")
    return options


@dataclass(init=False, repr=False, eq=False)
class PollForm:
    """One of `polls`."""

    id: str = field(default="", metadata=doc("Its id, else its place among the entry's polls."))
    question: str = field(default="", metadata=doc("What is asked."))
    options: tuple[PollOption, ...] = field(
        default=(),
        metadata=doc("What can be chosen: texts, or tables of text and votes.", Kind("list", _options)),
    )
    multiple: bool = field(default=False, metadata=doc("Whether several can be chosen."))
    ranked: bool = field(default=False, metadata=doc("Whether the options are put in order, the most wanted first."))
    secret: bool = field(default=False, metadata=doc("Whether nobody is told who voted."))
    voters: int | None = field(
        default=None, metadata=doc("How many voted elsewhere, where several can be chosen.", check=between(0, 10**12))
    )
    closed: Moment | None = field(default=None, metadata=doc("When voting ends."))


def _polls(value: object, zone: tzinfo) -> tuple[Poll, ...]:
    items = value if isinstance(value, list) else [value] if value else []
    polls = tuple(_poll(each, str(number), zone) for number, each in enumerate(items, 1))
    if len({poll.id for poll in polls}) < len(polls):
        raise MisfitError("expected a different id for each poll")
    return polls


def _poll(value: object, number: str, zone: tzinfo) -> Poll:
    expected = "polls as {id, question, options: [{text, votes}], multiple, ranked, secret, voters, closed}"
    given = {"id": "", "question": "", "options": (), **inner(PollForm, value, zone, expected)}
    if not given["options"]:
        raise MisfitError(f"expected {expected}; one has no options")
    if given.get("multiple") and given.get("ranked"):
        raise MisfitError("expected a poll that is `multiple` or `ranked`, not both", "In a ranked one all options can be chosen.")
    return Poll(**{**given, "id": given["id"] or number})


def _chosen(value: object, zone: tzinfo) -> Mapping[str, tuple[str, ...]]:
    """By the polls' ids, "" for the first; an option that is given twice stays so, to be told of."""
    if isinstance(value, Mapping):
        return {str(poll).strip(): found for poll, each in value.items() if (found := _options_of(each))}
    return {"": found} if (found := _options_of(value)) else {}


def _options_of(value: object) -> tuple[str, ...]:
    items: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in items):
        raise MisfitError("expected an option, a list of options, or a table of polls' ids and options")
    return tuple(each.strip() for each in items if each.strip())


AUTHORS = Kind("name, or list of names", _authors)
TAGS = Kind("list of texts, or one with commas", _tags)
POLLS = Kind("list of polls", _polls)
CHOICES = Kind("option, list of options, or table of them", _chosen)
ATTACHMENTS = Kind("list of files", _attachments)
ORIGIN = Kind("table of system, url and id", _origin)
PICTURE = Kind("path or address", _picture)
LINKS = Kind("table of addresses", _links)
FEEDS = Kind("list of texts, or no", _feeds)
