"""Edits of what a community says: topics, replies, boards, members and the files beside them."""

from __future__ import annotations

import os
import shutil

from PIL import Image

from tests.films import mp4
from tests.laws.folder import Edit, Folder
from tests.laws.values import (
    BOARD_FIELDS,
    DATES,
    LABELS,
    MEMBER_FIELDS,
    NAMES,
    RAW,
    REPLY_FIELDS,
    TITLES,
    TOPIC_FIELDS,
)
from tests.photographs import camera, photograph
from tests.sounds import mp3

BOARDS = ("cafe", "cafe/tea", "blog", "گپ", "list", "chat")
STEMS = ("reader", "moving", "2026-01-05-hello", "tea-time", "سلام", "reader.fa", "hello", "old/attic")
REPLIES = ("answer", "7", "late", "more")
FILES = (
    "content/cafe/photo.png", "content/blog/photo.png", "content/members/me.png", "content/photo.png",
    "content/cafe/evil.html", "content/cafe/moving/photo.png", "content/cafe/moving/notes.zip",
    "content/blog/hello/voice.ogg", "content/cafe/reader/photo.png", "content/blog/one.svg",
    "content/cafe/tea/talk.mp3", "content/cafe/tea/reader/talk.mp3", "content/cafe/tea/words.vtt", "content/cafe/tea/chapters.json",
    "content/cafe/clip.mp4", "content/cafe/clip.png", "content/cafe/clip.vtt", "content/cafe/clip.fa.srt",
)  # fmt: skip


class Content(Folder):
    """Every edit changes the folder at once, and says in words what it did."""

    def content_edits(self) -> list[tuple[int, Edit]]:
        """The edits, each with its weight."""
        return [
            (8, self.change_field),
            (3, self.add_topic),
            (3, self.add_reply_file),
            (2, self.add_page),
            (1, self.add_member),
            (3, self.rewrite),
            (1, self.write_raw),
            (2, self.delete),
            (2, self.rename),
            (1, self.swap),
            (1, self.duplicate),
            (2, self.add_board),
            (1, self.rename_folder),
            (1, self.remove_folder),
            (2, self.change_file),
            (1, self.link),
            (1, self.touch),
        ]

    # What is new -----------------------------------------------------------

    def add_topic(self) -> str:
        """A topic in a file or in a folder."""
        board, stem = self.random.choice(BOARDS), self.random.choice(STEMS)
        folder = self.random.random() < 0.25
        path = f"content/{board}/{stem}/index.md" if folder else f"content/{board}/{stem}.md"
        head = {"title": self.random.choice(TITLES), "date": self.random.choice(DATES)}
        if self.random.random() < 0.1:
            del head["date"]
        self.document(path, TOPIC_FIELDS, head, self.random.randrange(4))
        if folder and self.random.random() < 0.5:
            self.put(f"content/{board}/{stem}/photo.png", self.random.randbytes(8))
        return f"add {path}"

    def add_reply_file(self) -> str:
        """A file of replies beside a topic."""
        topic = self.any_text(lambda path: "/board." not in path and "members" not in path)
        if topic is None:
            return "nothing"
        folder = topic.removesuffix("/index.md").removesuffix(".md")
        path = f"{folder}/{self.random.choice(REPLIES)}.md"
        head = {"author": self.random.choice(NAMES), "date": self.random.choice(DATES)}
        self.document(path, REPLY_FIELDS, head, 1)
        return f"reply in {path}"

    def add_page(self) -> str:
        """A page off boards, or the front page's text."""
        name = self.random.choice(("about", "index", "about/team", "wiki/index", "wiki/tea", "about.fa", "wiki/tea.markdown", "tags/tea", "tags/tea.fa"))
        path = f"content/{name}" if name.endswith("markdown") else f"content/{name}.md"
        self.document(path, TOPIC_FIELDS, {"title": self.random.choice(TITLES)}, 0)
        return f"add {path}"

    def add_member(self) -> str:
        """A member's file."""
        path = f"content/members/{self.random.choice(('leila', 'leila.fa', 'omid', 'omid.fa', 'sara-k', 'zoe', 'کاوه'))}.md"
        self.document(path, MEMBER_FIELDS, {}, 0)
        return f"add {path}"

    def add_board(self) -> str:
        """A board that was not there, or is no more."""
        folder = self.random.choice((*BOARDS, "news", "cafe/tea/green", "old", "cafe/old"))
        path = f"content/{folder}/{self.random.choice(('board.md', 'board.md', '_index.md', 'board.fa.md'))}"
        if (self.root / path).exists():
            return "nothing"
        self.document(path, BOARD_FIELDS, {"title": self.random.choice(TITLES)}, 0)
        return f"add {path}"

    # What is changed -------------------------------------------------------

    def change_field(self) -> str:
        """Set or remove one field of one file."""
        path = self.any_text()
        if path is None:
            return "nothing"
        fields, head = self.fields(path), self.texts[path].head
        name = self.random.choice(sorted(fields))
        if name in head and self.random.random() < 0.4:
            del head[name]
        else:
            head[name] = self.random.choice(fields[name])
        self.save(path)
        return f"{path}: {name} = {head.get(name)}"

    def rewrite(self) -> str:
        """New texts and replies under the same head."""
        path = self.any_text()
        if path is None:
            return "nothing"
        self.document(path, self.fields(path), self.texts[path].head, self.random.randrange(5))
        return f"rewrite {path}"

    def write_raw(self) -> str:
        """A file that is not as it should be."""
        path = self.any_text()
        if path is None:
            return "nothing"
        number = self.random.randrange(len(RAW))
        self.put(path, RAW[number])
        return f"{path} becomes raw text {number}"

    def duplicate(self) -> str:
        """A text is copied, on the same board or another."""
        path = self.any_text()
        if path is None:
            return "nothing"
        target = f"content/{self.random.choice(BOARDS)}/{self.random.choice(STEMS)}.md"
        if self.put(target, (self.root / path).read_bytes()):
            self.texts[target] = type(self.texts[path])(dict(self.texts[path].head), self.texts[path].body)
        return f"copy {path} to {target}"

    def touch(self) -> str:
        """A file gets another date and keeps its bytes."""
        path = self.any_text()
        if path is None:
            return "nothing"
        self.date(self.root / path, self.random.randrange(10**18, 2 * 10**18))
        return f"touch {path}"

    # What moves and goes ---------------------------------------------------

    def delete(self) -> str:
        """A file goes."""
        path = self.any_text()
        if path is None:
            return "nothing"
        (self.root / path).unlink()
        del self.texts[path]
        return f"delete {path}"

    def rename(self) -> str:
        """A file moves, also to another board."""
        path = self.any_text(lambda path: not path.endswith(("board.md", "board.fa.md")))
        target = f"content/{self.random.choice(BOARDS)}/{self.random.choice(STEMS)}.md"
        if path is None or (self.root / target).exists() or (self.root / target.removesuffix(".md")).is_dir():
            return "nothing"
        self.move(path, target)
        return f"rename {path} to {target}"

    def swap(self) -> str:
        """Two files change places; each keeps its date."""
        one, other = self.any_text(), self.any_text()
        if one is None or other is None or one == other:
            return "nothing"
        self.move(one, "content/.swapped")
        self.move(other, one)
        self.move("content/.swapped", other)
        return f"swap {one} and {other}"

    def rename_folder(self) -> str:
        """A board, a topic's folder or any other gets another name, or another place."""
        path = self.any_folder()
        target = f"content/{self.random.choice(('', 'cafe/', 'blog/'))}{self.random.choice(LABELS)}"
        if path is None or (self.root / target).exists() or target.startswith(f"{path}/"):
            return "nothing"
        self.move(path, target)
        return f"rename {path}/ to {target}/"

    def remove_folder(self) -> str:
        """A whole folder goes."""
        path = self.any_folder()
        if path is None or (path.count("/") == 1 and self.random.random() < 0.7):
            return "nothing"
        folder = self.root / path
        folder.unlink() if folder.is_symlink() else shutil.rmtree(folder)
        self.forget_gone()
        return f"remove {path}/"

    def change_file(self) -> str:
        """An attachment comes, changes or goes."""
        path = self.random.choice(FILES)
        if (self.root / path).exists() and self.random.random() < 0.4:
            (self.root / path).unlink()
            return f"delete {path}"
        self.put(path, self._data(path))
        return f"change {path}"

    def _data(self, path: str) -> bytes:
        """The bytes of a file: some are what its name says, others are not."""
        made = {
            ".png": self._photograph(),
            ".mp3": mp3(self.random.randrange(3, 30)),
            ".mp4": mp4(self.random.randrange(2, 2000)),
            ".srt": b"1\n00:00:01,000 --> 00:00:02,000\n%d" % self.random.randrange(9),
            ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n%d" % self.random.randrange(9),
            ".json": b'{"chapters": [{"startTime": %d, "title": "One"}]}' % self.random.randrange(9),
        }
        found = made.get(path[path.rindex(".") :], b"")
        return found if found and self.random.random() < 0.7 else self.random.randbytes(self.random.choice((3, 8)))

    def _photograph(self) -> bytes:
        """A picture of enough bytes that sizes are made of it."""
        pixels = Image.frombytes("RGB", (100, 100), self.random.randbytes(30_000))
        return photograph("PNG", pixels, exif=camera(self.random.choice((1, 6))))

    def link(self) -> str:
        """A symbolic link to a file or folder of the site, where the system has such."""
        path = f"content/{self.random.choice(BOARDS)}/{self.random.choice(('linked.md', 'linked.png', 'linked'))}"
        target = self.any_text() if path.endswith(".md") else self.random.choice((FILES[0], "content/blog", "content/none"))
        place = self.root / path
        if os.name == "nt" or target is None:
            return "nothing"
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink():
            place.unlink()
        if not place.exists():
            place.symlink_to(os.path.relpath(self.root / target, place.parent))
        self.forget_gone()
        return f"link {path} to {target}"
