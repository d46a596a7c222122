"""What a conversation says to search engines: schema.org's Conversation with its Messages.

A page of a day is no posting with comments, which is what search engines have a form for; so it says what it is.
How such data is written is the business of `structured`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.language import iso
from generator.markup.text import excerpt
from generator.theming.structured import Node, Place, filled

TEXT = 200
"""Letters of a message at most: all of it stands on the page already."""


def conversation(place: Place, of: Mapping[str, Any]) -> Iterator[Node]:
    """The front of a conversation."""
    if not of["front"] or of["hidden"]:
        return
    url = place.url(of["opening"].href)
    board = of["board"]
    node = {
        "@type": "Conversation",
        "@id": url,
        "url": url,
        "name": of["title"],
        "description": of["page"].description,
        "inLanguage": of["page"].language,
        "datePublished": iso(of["created"]) if of["created"] else "",
        "dateModified": iso(of["active"]) if of["active"] else "",
        "isPartOf": {"@type": "CollectionPage", "name": board.text, "url": place.url(board.href)},
    }
    yield filled(node)


def day(place: Place, of: Mapping[str, Any]) -> Iterator[Node]:
    """A page of a day."""
    messages = [_message(place, one.entry) for day in of["days"] for turn in day.turns for one in turn.messages if one.entry.text]
    if of["thread"] or of["hidden"] or not messages:
        return
    url = of["page"].url
    whole = {"@type": "Conversation", "@id": place.url(of["href"]), "name": of["title"], "url": place.url(of["href"])}
    node = {"@type": "Conversation", "@id": url, "url": url, "name": of["title"], "inLanguage": of["page"].language}
    yield filled({**node, "isPartOf": whole, "hasPart": messages})


def _message(place: Place, entry: Any) -> Node:  # noqa: ANN401 - a view of an entry, as templates see it
    return filled(
        {
            "@type": "Message",
            "url": place.url(entry.href),
            "sender": place.person(entry.author),
            "dateSent": iso(entry.date) if entry.date else "",
            "text": excerpt(entry.text, TEXT),
        }
    )
