"""What templates see of mailing lists: the months of a list, and the ways from one mail to the next.

Plain data as in `views`; it is made in `mailing`.
"""

from __future__ import annotations

from msgspec import Struct

from generator.model import Moment
from generator.views import Link


class MailMonth(Struct, frozen=True):
    """A month of a list."""

    link: Link
    """Its mails by thread."""
    year: int
    month: Moment
    """When it begins."""
    count: int
    """How many mails it has."""
    orders: tuple[Link, ...] = ()
    """Its mails by `thread`, `date` and `author`, each by that name."""
    mbox: tuple[str, ...] = ()
    """The addresses of its files for mail programs: several where it has more mails than one file holds."""


class MailSteps(Struct, frozen=True):
    """The ways from a mail to its neighbours: each an address, or empty."""

    subject: str = ""
    """Its subject, where it is another than that of the thread."""
    thread_before: str = ""
    """The mail before it in the thread."""
    thread_after: str = ""
    """The mail after it in the thread."""
    date_before: str = ""
    """The mail that came before it to the list."""
    date_after: str = ""
    """The mail that came after it to the list."""


class MailThread(Struct, frozen=True):
    """What the page of a thread has besides what topics have."""

    steps: tuple[tuple[str, MailSteps], ...]
    """The ways from each mail of the page, by the ids of its entries."""
    mbox: tuple[str, ...]
    """The addresses of its files for mail programs."""
    month: Link
    """The month in which it began."""
    began: Moment
    """When that month begins."""
