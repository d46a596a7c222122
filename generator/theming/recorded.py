"""What structured data tells of the films and sounds of an entry: attached, in its text, and said by voice; `structured` asks it only of such ones.

The voice of an episode is told of by `structured` itself. Sources: Google's documentation of VideoObject, which requires a name, a picture and a date; schema.org/AudioObject.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.language import iso, period
from generator.theming.structured import Node, Place, filled
from generator.views.entries import EntryView, FileView
from generator.views.heard import SoundView


def recorded(place: Place, entry: EntryView, about: str) -> Iterator[Node]:
    """The films that have a picture, and the sounds, each once; `about` describes them, where it says more than their names."""
    files = {file.href: file for file in (*entry.attachments, *entry.players)}
    for file in files.values():
        if file.type.startswith("video/") and file.poster:
            yield filled({"@type": "VideoObject", **_said(place, file, entry), "thumbnailUrl": place.url(file.poster), "description": about})
        elif file.type.startswith("audio/"):
            yield filled({"@type": "AudioObject", **_said(place, file, entry)})
    voice = entry.audio
    if voice and voice.type.startswith("audio/") and voice.href not in files:
        yield filled({"@type": "AudioObject", **_said(place, voice, entry)})


def _said(place: Place, file: FileView | SoundView, entry: EntryView) -> Node:
    return {
        "name": file.name,
        "contentUrl": place.url(file.href),
        "encodingFormat": file.type,
        "contentSize": str(file.size) if file.size else "",
        "duration": period(file.seconds) if file.seconds else "",
        "uploadDate": iso(entry.date),
    }
