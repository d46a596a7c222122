"""Media: a link or picture alone on its line that leads to a picture, audio or video file becomes its player."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from generator.markup.interface import MARK_CLOSE, MARK_OPEN
from generator.markup.links import Marks
from generator.markup.text import plain

PICTURES = ("png", "jpg", "jpeg", "gif", "webp", "avif")
AUDIO = ("mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac")
VIDEO = ("mp4", "webm", "ogv", "mov", "m4v")
_KINDS = dict.fromkeys(PICTURES, "img") | dict.fromkeys(AUDIO, "audio") | dict.fromkeys(VIDEO, "video")

_MEDIA = re.compile(rf"\.(?:{'|'.join(_KINDS)})\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_LINE = re.compile(
    r"<(?:(?P<link>a) (?:[^>\"]*\"[^\"]*\")*[^>\"]*>(?P<text>[^<]*)</a>|(?P<img>img) (?:[^>\"]*\"[^\"]*\")*[^>\"]*>)"
)
_ATTRIBUTE = re.compile(r"\b(href|src|alt|title)=\"([^\"]*)\"")
_MARK = re.compile(f"{MARK_OPEN}([0-9]+){MARK_CLOSE}")
_BREAK = re.compile(r"<br ?/?>\s*|\n")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")


def players(html: str, marks: Marks, images: list[str]) -> str:
    """The HTML with players for such lines; pictures that become visible join `images`."""
    if "<p><" not in html and "\n<" not in html and "<br" not in html:
        return html
    if not _MEDIA.search(html) and not any(_MEDIA.search(mark.target) for mark in marks.found):
        return html
    return _PARAGRAPH.sub(lambda found: _paragraph(found, marks, images), html)


def _paragraph(found: re.Match[str], marks: Marks, images: list[str]) -> str:
    lines = [line for line in _BREAK.split(found[1]) if line.strip()]
    made = [_player(line.strip(), marks, images) for line in lines]
    if not any(made):
        return found[0]
    return _joined(found, lines, made)


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


def _player(line: str, marks: Marks, images: list[str]) -> str:
    found = _LINE.fullmatch(line)
    if not found:
        return ""
    attributes = dict(_ATTRIBUTE.findall(line))
    address = attributes.get("href" if found["link"] else "src", "")
    plain_address = _plain(address, marks)
    kind = _kind(plain_address)
    text = found["text"] if found["link"] else attributes.get("alt", "")
    if not kind or (kind == "img" and found["img"]):
        return ""
    if kind == "img":
        images.append(plain_address)
        return _figure(line[: found.start("text")], address, text or "", plain_address)
    label = f' aria-label="{escape(plain(text or ""))}"' if text else ""
    return f'<{kind} src="{address}"{label} controls preload="none"></{kind}>'


def _figure(opening: str, address: str, text: str, target: str) -> str:
    """The picture within the link that the author wrote; where that has no words of its own, the file's name is its."""
    captioned = bool(text) and unescape(text) != target
    alt = escape(plain(text)) if captioned else escape(unquote(target.rpartition("/")[2].partition("?")[0]))
    caption = f"<figcaption>{text}</figcaption>" if captioned else ""
    return f'<figure>{opening}<img src="{address}" alt="{alt}" loading="lazy"></a>{caption}</figure>'


def _plain(address: str, marks: Marks) -> str:
    mark = _MARK.fullmatch(address)
    return marks.found[int(mark[1])].target if mark else unescape(address)


def _kind(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return _KINDS.get(path.rpartition(".")[2].lower(), "") if "." in path else ""
