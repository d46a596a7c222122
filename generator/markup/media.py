"""Media: a link or picture alone on its line that leads to a picture, audio or video file becomes its player.

A player stays a mark, because it shows what lies beside the file. So does a link alone in its paragraph to a service
whose frames a site may want.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.markup.interface import MARK_CLOSE, MARK_OPEN, Mark, MarkKind
from generator.markup.links import Marks

PICTURES = ("png", "jpg", "jpeg", "gif", "webp", "avif")
AUDIO = ("mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac")
VIDEO = ("mp4", "webm", "ogv", "mov", "m4v")
_KINDS = dict.fromkeys(PICTURES, "img") | dict.fromkeys(AUDIO, "audio") | dict.fromkeys(VIDEO, "video")

_MEDIA = re.compile(rf"\.(?:{'|'.join(_KINDS)})\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_LINE = re.compile(
    r"<(?:(?P<link>a) (?:[^>\"]*\"[^\"]*\")*[^>\"]*>(?P<text>[^<]*)</a>|(?P<img>img) (?:[^>\"]*\"[^\"]*\")*[^>\"]*>)"
)
_ALONE = re.compile(r"<p><a href=\"(https://[^\"]{1,500})\"[^<>]*>([^<]{1,500})</a></p>")
_HELD = re.compile("[\ue000-\uf8ff]")
_ATTRIBUTE = re.compile(r"\b(href|src|alt|title)=\"([^\"]*)\"")
_MARK = re.compile(f"{MARK_OPEN}([0-9]+){MARK_CLOSE}")
_BREAK = re.compile(r"<br ?/?>\s*|\n")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")


class Players(Struct, frozen=True):
    """Puts players into one entry: `images` gathers pictures that become visible, `shown` tells what HTML says without marks."""

    marks: Marks
    images: list[str]
    shown: Callable[[str], str]

    def into(self, html: str) -> str:
        """The HTML with players for such lines."""
        if "<p><" not in html and "\n<" not in html and "<br" not in html:
            return html
        html = _ALONE.sub(self._embed, html)
        if not _MEDIA.search(html) and not any(_MEDIA.search(mark.target) for mark in self.marks.found):
            return html
        return _PARAGRAPH.sub(self._paragraph, html)

    def _embed(self, found: re.Match[str]) -> str:
        from generator.embeds import frame  # few texts have a link alone in a paragraph

        address, text = unescape(found[1]), unescape(found[2])
        if _HELD.search(found[0]) or frame(address) is None:
            return found[0]
        title = "" if text == address or address.endswith(text) else text
        return self.marks.add(Mark(MarkKind.EMBED, address, title, source=found[0]))

    def _paragraph(self, found: re.Match[str]) -> str:
        lines = [line for line in _BREAK.split(found[1]) if line.strip()]
        made = [self._player(line.strip()) for line in lines]
        if not any(made):
            return found[0]
        return _joined(found, lines, made)

    def _player(self, line: str) -> str:
        found = _LINE.fullmatch(line)
        if not found:
            return ""
        attributes = dict(_ATTRIBUTE.findall(line))
        address = attributes.get("href" if found["link"] else "src", "")
        mark = self._mark(address)
        target = mark.target if mark else unescape(address)
        kind = _kind(target)
        text = (found["text"] if found["link"] else attributes.get("alt", "")) or ""
        if not kind or (kind == "img" and found["img"]):
            return ""
        if kind == "img":
            self.images.append(target)
            return self._figure(line[: found.start("text")], address, text, target)
        caption = "" if unescape(text) in (target, address, target.rpartition("/")[2]) else self.shown(text)
        if target in self.images:
            self.images.remove(target)
        poster = unescape(attributes.get("title", ""))
        player = Mark(
            MarkKind.PLAYER, target, caption, poster if _kind(poster) == "img" else "", line=mark.line if mark else 0
        )
        return self.marks.add(player)

    def _figure(self, opening: str, address: str, text: str, target: str) -> str:
        """The picture within the link that the author wrote; where that has no words of its own, the file's name is its."""
        captioned = bool(text) and unescape(text) != target
        alt = escape(self.shown(text)) if captioned else escape(unquote(target.rpartition("/")[2].partition("?")[0]))
        caption = f"<figcaption>{text}</figcaption>" if captioned else ""
        return f'<figure>{opening}<img src="{address}" alt="{alt}" loading="lazy"></a>{caption}</figure>'

    def _mark(self, address: str) -> Mark | None:
        found = _MARK.fullmatch(address)
        return self.marks.found[int(found[1])] if found else None


def _joined(found: re.Match[str], lines: list[str], made: list[str]) -> str:
    parts: list[str] = []
    text: list[str] = []
    end = "<br>\n" if "<br" in found[1] else "\n"
    for line, player in zip([*lines, ""], [*made, " "], strict=True):
        if not player:
            text.append(line)
            continue
        if text and not _balanced(end.join(text)):
            return found[0]
        parts += [f"<p>{end.join(text)}</p>"] if text else []
        parts.append(player)
        text = []
    return "\n".join(parts).strip()


def _balanced(html: str) -> bool:
    """Whether no element is cut: a line within emphasis, say, is not alone."""
    level = 0
    for closing, name in _TAG.findall(html):
        if name not in ("br", "img", "input", "wbr"):
            level += -1 if closing else 1
        if level < 0:
            return False
    return level == 0


def _kind(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return _KINDS.get(path.rpartition(".")[2].lower(), "") if "." in path else ""
