"""Sets a text in lines for a picture: a font for each part of it, breaks that its script allows, and a size that fits.

Letters are joined, and lines put from right to left, by what draws them; here a line is in the order of reading.
Which fonts there are is told by `fonts`, what is in them by `sfnt`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePath

from msgspec import Struct

from generator.language import Direction, detect
from generator.lettering.sfnt import Face, Letters, letters

LONGEST = 400
"""How many characters of a text are looked at: no picture shows more."""

FAMILIES = (
    "Inter", "Noto Sans", "Open Sans", "Source Sans 3", "Roboto", "SF Pro Display", "Segoe UI", "Helvetica Neue",
    "Vazirmatn", "Vazir", "Noto Sans Arabic", "Noto Naskh Arabic", "SF Arabic", "Geeza Pro", "Noto Sans Hebrew",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans", "Yu Gothic",
    "Microsoft YaHei", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Color Emoji", "Apple Color Emoji",
    "Segoe UI Emoji", "Noto Emoji", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math",
)  # fmt: skip
"""Families that are good for headlines, the best first."""

_HAN = "Noto Sans CJK SC"

_POOR = re.compile("DejaVu|FreeS|Unifont|Last ?Resort|Symbol|Dingbats|Math|Mono|Condensed|Display|Braille|Kufi|Serif|Unjoined|Looped")
"""Families that are taken where no other has a character."""

_OF_LANGUAGES = {"ja": ("JP", "Hiragino", "Yu Gothic", "Meiryo"), "ko": ("KR", "Apple SD Gothic Neo", "Malgun")}
_OF_LANGUAGES |= {"zh-tw": ("TC", "JhengHei"), "zh-hant": ("TC", "JhengHei"), "zh-hk": ("HK", "TC")}
"""Words in the names of families whose Han characters are drawn as a language draws them."""

_TALL = re.compile("[\u0590-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
"""Scripts that need more room between lines."""

_MARKS = 3
"""How many marks a letter has at most; more would stand over the lines around it."""

_JOINERS = "\u200c\u200d"
_UNSEEN = _JOINERS + "\ufe0e\ufe0f"
_NEVER_FIRST = frozenset("、。，．・：；？！ー）］｝」』】〉》〕’”…‥々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}%°؟،؛")
_NEVER_LAST = frozenset("（［｛「『【〈《〔‘“([{")
_ELLIPSIS = "…"


class Run(Struct, frozen=True):
    """A part of a line in one font."""

    text: str
    family: str
    """The font's family."""
    weight: int
    """The font's weight, 400 for an ordinary one."""


class Line(Struct, frozen=True):
    """A line in the order of reading."""

    runs: tuple[Run, ...]
    """Its parts, each in one font."""
    width: float
    """How many pixels it is wide, if its letters are not joined."""


class Block(Struct, frozen=True):
    """A text set in lines."""

    lines: tuple[Line, ...]
    """Its lines, none where there is nothing to say."""
    size: int
    """How large its letters are, in pixels."""
    leading: int
    """How many pixels there are from line to line."""
    dir: Direction
    """The way that it runs: `ltr` or `rtl`."""
    fonts: tuple[tuple[str, int], ...]
    """The files that have its fonts, each with a number that changes with it."""
    missing: tuple[str, ...]
    """The scripts that no font has: what is of them is left out."""


class Box(Struct, frozen=True):
    """The room for a text, in pixels: it gets the largest of the sizes in which all of it fits."""

    width: int
    height: int
    sizes: tuple[int, ...]
    lines: int = 1
    weight: int = 400


class Piece(Struct, frozen=True):
    """What is never parted: a letter with its marks, in its font, and its width in parts of the size."""

    text: str
    face: Face
    width: float


class Typesetter:
    """Sets texts of one language with some fonts; `wanted` are the families and files that go before others."""

    def __init__(self, faces: Sequence[Face], language: str, wanted: tuple[str, ...] = ()) -> None:
        self._faces, self._language, self._wanted = faces, language.lower(), wanted
        self._ranked: dict[int, list[Face]] = {}
        self._found: dict[tuple[int, str], Face | None] = {}
        self._letters: dict[Face, Letters] = {}

    def block(self, text: str, box: Box) -> Block:
        """A text in its box; what finds no room is cut with an ellipsis."""
        missing: dict[str, None] = {}
        pieces = self._pieces(clean(text), box.weight, missing)
        leading = 1.5 if _TALL.search(text) else 1.2
        size, lines = self._fitting(pieces, box, leading)
        lines = [_trimmed(line) for line in _balanced(lines, box.width / size)]
        fonts = dict.fromkeys((piece.face.path, piece.face.mark) for line in lines for piece in line)
        shown = tuple(_line(line, size) for line in lines if line)
        return Block(shown, size, round(size * leading), detect(text) or "ltr", tuple(fonts), tuple(missing))

    def _fitting(self, pieces: list[Piece], box: Box, leading: float) -> tuple[int, list[list[Piece]]]:
        """The largest size in which all of it fits, and its lines; of what never fits the beginning."""
        size, limit, lines = 1, 1, [pieces]
        for size in box.sizes:
            limit = max(1, min(box.lines, int(box.height // (size * leading))))
            lines = _lines(pieces, box.width / size)
            if len(lines) <= limit:
                return size, lines
        mark = self._pieces(_ELLIPSIS, box.weight, {})
        return size, [*lines[: limit - 1], _cut(lines[limit - 1], mark, box.width / size)]

    def _pieces(self, text: str, weight: int, missing: dict[str, None]) -> list[Piece]:
        """The letters of a text, each in a font that has it: signs in that of the letter before, if it has them."""
        last: Face | None = None
        pieces: list[Piece] = []
        for cluster in _cluster().findall(text):
            alike = last and not cluster[0].isalpha() and self._has(last, cluster)
            face = last if alike else self._face(cluster, weight)
            shown = cluster if face else cluster[0]  # without its marks
            last = face or self._face(shown, weight) or last
            if last is None or not self._has(last, shown):
                missing[script(cluster[0])] = None
            else:
                pieces.append(self._piece(shown, last))
        # Signs say nothing without letters.
        return self._alike(pieces) if not missing or any(piece.text[0].isalnum() for piece in pieces) else []

    def _alike(self, pieces: list[Piece]) -> list[Piece]:
        """All in one font, where one of several has all letters: what draws the text would take it for all of them."""
        several = dict.fromkeys(piece.face for piece in pieces)
        every = "".join(piece.text for piece in pieces)
        one = next((face for face in several if self._has(face, every)), None) if len(several) > 1 else None
        return [self._piece(piece.text, one) for piece in pieces] if one else pieces

    def _piece(self, cluster: str, face: Face) -> Piece:
        return Piece(cluster, face, self._of(face).width(cluster[0]))

    def _has(self, face: Face, text: str) -> bool:
        """Whether a face has all of a text that is seen."""
        return all(self._of(face).has(char) for char in text if char not in _UNSEEN)

    def _face(self, cluster: str, weight: int) -> Face | None:
        """The best font that has a letter with its marks."""
        if weight not in self._ranked:
            self._ranked[weight] = sorted(self._faces, key=lambda face: self._rank(face, weight))
        key = (weight, cluster)
        if key not in self._found:
            self._found[key] = next((face for face in self._ranked[weight] if self._has(face, cluster)), None)
        return self._found[key]

    def _of(self, face: Face) -> Letters:
        found = self._letters.get(face)
        if found is None:
            found = self._letters[face] = letters(face)
        return found

    def _rank(self, face: Face, weight: int) -> tuple[float | str, ...]:
        """Its place among all: what the site names, then what is good for headlines, then all others."""
        named = (at for at, name in enumerate(self._wanted) if is_named(face, name))
        # A weight above the wanted one stands nearer to it than one below.
        off = face.weight - weight if face.weight >= weight else 1.5 * (weight - face.weight)
        goodness = next(named, len(self._wanted)), face.italic, _goodness(face.family, self._language)
        return (*goodness, not face.family.startswith("Noto Sans"), face.family, off, face.path, face.start)


def is_named(face: Face, name: str) -> bool:
    """Whether a family or a file is named by which a face is known."""
    return name == face.family or PurePath(face.path).as_posix().endswith(f"/{name}")


def _goodness(family: str, language: str) -> float:
    """The place of a family among those for headlines, 0 for the best."""
    own = _OF_LANGUAGES.get(language) or _OF_LANGUAGES.get(language.split("-")[0], ())
    if any(word in family for word in own):
        return FAMILIES.index(_HAN) - 0.5
    if family in FAMILIES:
        return FAMILIES.index(family)
    return len(FAMILIES) + bool(_POOR.search(family))


def clean(text: str) -> str:
    """A text in one line, without what is not shown or changes how others are: controls, marks of direction."""
    composed = unicodedata.normalize("NFC", " ".join(text[: 10 * LONGEST].split())[:LONGEST])
    shown = "".join(char for char in composed if char in _JOINERS or unicodedata.category(char) not in _UNSHOWN)
    return re.sub(f"([\u0300-\u036f\u0483-\u0489]{{{_MARKS}}})[\u0300-\u036f\u0483-\u0489]+", r"\1", shown).strip()


_UNSHOWN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def script(char: str) -> str:
    """What kind of letters a character is of, in words."""
    kind = unicodedata.category(char)
    if kind == "So" or kind == "Sk":
        return "emoji and symbols"
    if not char.isalpha():
        return "signs and digits"
    word = unicodedata.name(char, "other").split()[0]
    return _SCRIPTS.get(word, word.capitalize())


_SCRIPTS = {"CJK": "Han (Chinese, Japanese)", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


# Lines -----------------------------------------------------------------------


def _lines(pieces: Sequence[Piece], width: float) -> list[list[Piece]]:
    """Break where the script allows it, each line as long as it can be; a word that is too long breaks anywhere."""
    lines: list[list[Piece]] = []
    line: list[Piece] = []
    used = 0.0
    for word in _words(pieces):
        size = sum(piece.width for piece in word if not piece.text.isspace())
        if line and used + size > width:
            lines.append(line)
            line, used = [], 0.0
        for piece in word:
            if line and used + piece.width > width and not piece.text.isspace():
                lines.append(line)
                line, used = [], 0.0
            line.append(piece)
            used += piece.width
    return [*lines, line]


def _words(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """What stays together on a line, with the space after it."""
    word: list[Piece] = []
    for at, piece in enumerate(pieces, 1):
        word.append(piece)
        if at == len(pieces) or _breaks(piece.text, pieces[at].text):
            yield word
            word = []


# These two are made when asked for, because each takes milliseconds and most builds set no type.
@cache
def _cluster() -> re.Pattern[str]:
    """A letter with its marks, or a sign with what it is joined to."""
    return re.compile(
        "[\U0001f1e6-\U0001f1ff]{2}|.[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
        "\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*"
        "(?:(?<=\u200d)[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff\u200d]*)*",
        re.DOTALL,
    )


@cache
def _unspaced() -> re.Pattern[str]:
    """A letter of scripts whose lines may break between any two letters."""
    return re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u2e80-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def _breaks(before: str, after: str) -> bool:
    """Whether a line may end between two letters."""
    if after[0].isspace() or before[0] in _NEVER_LAST or after[0] in _NEVER_FIRST:
        return False
    return before[0] in " /-–—" or bool(_unspaced().match(before) or _unspaced().match(after))


def _balanced(lines: list[list[Piece]], width: float) -> list[list[Piece]]:
    """The same number of lines, as even as they can be."""
    if len(lines) < 2:
        return lines
    pieces = [piece for line in lines for piece in line]
    low, high, best = width / 2, width, lines
    for _ in range(10):
        middle = (low + high) / 2
        tried = _lines(pieces, middle)
        if len(tried) <= len(lines):
            high, best = middle, tried
        else:
            low = middle
    return best


def _cut(line: list[Piece], mark: list[Piece], width: float) -> list[Piece]:
    """A line with an ellipsis, because the text goes on."""
    room = width - sum(piece.width for piece in mark)
    while line and (sum(piece.width for piece in line) > room or line[-1].text.isspace()):
        line = line[:-1]
    return [*line, *mark]


def _trimmed(line: list[Piece]) -> list[Piece]:
    while line and line[-1].text.isspace():
        line = line[:-1]
    return line


def _line(pieces: Sequence[Piece], size: int) -> Line:
    runs: list[Run] = []
    for piece in pieces:
        family, weight = piece.face.family, piece.face.weight
        if runs and (runs[-1].family, runs[-1].weight) == (family, weight):
            runs[-1] = Run(runs[-1].text + piece.text, family, weight)
        else:
            runs.append(Run(piece.text, family, weight))
    return Line(tuple(runs), round(sum(piece.width for piece in pieces) * size, 1))
