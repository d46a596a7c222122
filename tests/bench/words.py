"""Random English-like Markdown, always the same for a seed: the sentences of the bench's sites.

The draws and their order are those of the first published figures; a change of either changes every text.
"""

from __future__ import annotations

import random

_VOCABULARY = (
    "time person year way day thing man world life hand part child eye woman place work week case point "
    "government company number group problem fact server forum thread reply member board post release build cache "
    "template page render static site generator markdown plugin theme config index search feed tag author archive "
    "window river mountain coffee garden bicycle camera lens keyboard printer battery network router kernel driver "
    "memory thread queue stack heap pointer string array object class method function variable loop branch commit "
    "merge review deploy rollback monitor alert metric trace latency throughput bandwidth packet socket protocol "
    "the a of to and in that it is was for on are as with his they at be this have from or one had by but not what "
    "all were we when your can said there use an each which she do how their if will up other about out many then "
    "them these so some her would make like him into has look more write go see no could people my than first water "
    "been call who oil its now find long down did get come made may over new sound take only little know live me "
    "back give most very after things our just name good sentence think say great where help through much before "
    "line right too means old any same tell follow came want show also around form three small set put end does "
    "another well large must big even such because turn here why ask went men read need land different home us move "
    "try kind again change off play spell air away animal house letter mother answer found study still learn"
)

WORDS = tuple(_VOCABULARY.split())

PYTHON = '''import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Item{k}:
    """One {w1} with a {w2}."""
    name: str
    tags: list[str] = field(default_factory=list)

    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


def load(root: Path, limit: int = {k}) -> dict[str, Item{k}]:
    out = {{}}
    for i, p in enumerate(sorted(root.glob("*.md"))):
        if i >= limit:  # stop early
            break
        out[p.stem] = Item{k}(p.stem, tags=["{w1}", f"n{{i:03d}}"])
    return out'''


class Text:
    """Writes text from a seed; `draw` is its source of chance, for decisions about the text's form."""

    def __init__(self, seed: str) -> None:
        self.draw = random.Random(seed)  # not for secrets

    def word(self) -> str:
        """One of the words."""
        return self.draw.choice(WORDS)

    def sentence(self, length: int = 0, *, plain: bool = False) -> str:
        """A sentence of `length` words, 7 to 17 if it is 0; not quite half have a word in Markdown unless `plain`."""
        length = length or self.draw.randint(7, 17)
        words = [self.word() for _ in range(length)]
        if not plain:
            self._mark_up(words)
        words[0] = words[0][0].upper() + words[0][1:]
        return " ".join(words) + "."

    def _mark_up(self, words: list[str]) -> None:
        chance, place = self.draw.random(), self.draw.randrange(len(words))
        word = words[place]
        if chance < 0.12:
            words[place] = f"**{word}**"
        elif chance < 0.24:
            words[place] = f"*{word}*"
        elif chance < 0.32:
            words[place] = f"`{word}()`"
        elif chance < 0.44:
            words[place] = f"[{word} {self.word()}](https://example.com/{word}/{self.draw.randint(1, 999)})"

    def paragraph(self, words: int) -> str:
        """Sentences until they have so many words."""
        sentences: list[str] = []
        count = 0
        while count < words:
            sentences.append(self.sentence())
            count += len(sentences[-1].split())
        return " ".join(sentences)

    def bullets(self, count: int) -> str:
        """A list of so many short sentences."""
        return "\n".join("- " + self.sentence(6) for _ in range(count))

    def numbered(self, count: int) -> str:
        """A numbered list of so many sentences."""
        return "\n".join(f"{place}. {self.sentence(8)}" for place in range(1, count + 1))

    def code(self) -> str:
        """A block of 22 lines of Python."""
        return "```python\n" + PYTHON.format(k=self.draw.randint(1, 99), w1=self.word(), w2=self.word()) + "\n```"

    def title(self) -> str:
        """Three to seven words."""
        return " ".join(self.word() for _ in range(self.draw.randint(3, 7))).capitalize()
