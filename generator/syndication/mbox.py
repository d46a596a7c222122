"""A file for mail programs: mails one after another as "mboxrd" has it, so that what was said can be read and answered there.

Sources: RFC 4155 (the file), RFC 5322 (a message), RFC 2047 (letters in headers). Nobody's address is in it: senders have
their names alone, and ids of messages are made anew, so that none of a real message is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.header import Header
from email.utils import formatdate, quote
from html import escape
from time import asctime, gmtime

from msgspec import Struct

from generator import digest

HIDDEN = "hidden@mail.invalid"
"""The address of every sender: nothing can be sent there (RFC 2606)."""

_FROM = re.compile(r"^(>*From )", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_PLAIN = re.compile(r"[\w '-]*", re.ASCII)


class Message(Struct, frozen=True):
    """A mail. `id`, `root` (the first of its thread) and `parent` (what it answers) are as `message_id` gives them.

    `text` is HTML where `html` says so; `files` are the addresses of what was attached.
    """

    id: str
    sender: str
    date: int
    subject: str
    text: str
    root: str = ""
    parent: str = ""
    html: bool = False
    files: tuple[tuple[str, str], ...] = ()
    url: str = ""


def message_id(host: str, topic: str, entry_id: str) -> str:
    """An id that stays, made of where a mail stands: nothing of the real one is in it."""
    return f"{digest.of_text(f'{topic}#{entry_id}').hex()[:32]}@{host or 'mail.invalid'}"


def mbox(messages: Iterable[Message], name: str) -> Iterator[bytes]:
    """The bytes of each message in turn; `name` is that of the list."""
    for message in messages:
        head = "\n".join(_headers(message, name)) + "\n\n"
        body = _FROM.sub(r">\1", _body(message).replace("\r", ""))
        text = f"From {HIDDEN} {asctime(gmtime(message.date))}\n{head}{body}\n\n"
        yield text.encode("utf-8", "replace")


def _headers(message: Message, name: str) -> Iterator[str]:
    yield f"Date: {formatdate(message.date)}"
    yield f"From: {_phrase('From', message.sender)} <{HIDDEN}>".replace(":  ", ": ")
    yield f"Subject: {_encoded('Subject', message.subject)}"
    yield f"Message-ID: <{message.id}>"
    if message.root and message.root != message.id:
        above = dict.fromkeys((message.root, message.parent or message.root))
        yield f"In-Reply-To: <{message.parent or message.root}>"
        yield f"References: {' '.join(f'<{one}>' for one in above)}"
    yield f"List-Id: {_phrase('List-Id', name)} <list.mail.invalid>"
    if message.url:
        yield f"Archived-At: <{message.url}>"
    yield "MIME-Version: 1.0"
    yield f"Content-Type: text/{'html' if message.html else 'plain'}; charset=utf-8"
    yield "Content-Transfer-Encoding: 8bit"


def _phrase(header: str, text: str) -> str:
    """A name before an address."""
    text = _CONTROL.sub(" ", text).strip()
    if _PLAIN.fullmatch(text) and len(text) < 60:
        return text
    return f'"{quote(text)}"' if text.isascii() and len(text) < 60 else _encoded(header, text)


def _encoded(header: str, text: str) -> str:
    """A header's text in lines that are short enough, and in ASCII."""
    text = _CONTROL.sub(" ", text).strip()
    if text.isascii() and len(text) < 60 and "=?" not in text:
        return text
    return Header(text, "utf-8", header_name=header).encode()


def _body(message: Message) -> str:
    if not message.files:
        return message.text
    if message.html:
        return message.text + "".join(f"<p>[{escape(name)}: {escape(url)}]</p>" for name, url in message.files)
    return message.text + "\n\n" + "\n".join(f"[{name}: {url}]" for name, url in message.files)
