"""What structured data tells of the films and sounds that an entry has attached; `structured` asks it only of such ones.

An opening with a voice is an episode, which `structured` tells of itself. Sources: Google's documentation of VideoObject, which requires a name, a picture and a date; schema.org/AudioObject.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.language import iso, period
from generator.theming.structured import Node, Place, filled
from generator.views.entries import EntryView, FileView


def recorded(place: Place, title: str, opening: EntryView) -> Iterator[Node]:
    """The films that have a picture, and the sounds; `title` is that of the topic."""
    for file in opening.attachments:
        if file.type.startswith("video/") and file.poster:
            yield filled({"@type": "VideoObject", **_said(place, file, opening), "thumbnailUrl": place.url(file.poster), "description": title})
        elif file.type.startswith("audio/"):
            yield filled({"@type": "AudioObject", **_said(place, file, opening)})


def _said(place: Place, file: FileView, opening: EntryView) -> Node:
    return {
        "name": file.name,
        "contentUrl": place.url(file.href),
        "encodingFormat": file.type,
        "contentSize": str(file.size) if file.size else "",
        "duration": period(file.seconds) if file.seconds else "",
        "uploadDate": iso(opening.date),
    }
