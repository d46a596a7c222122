"""A small site that changes at random: every field of the format, settings, theme files, attachments, the clock.

All randomness comes from one `Random`, so that a failing script of edits can be run again by its seed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

FIRST_NOW = 1_770_000_000
BOARDS = ("cafe", "cafe/tea", "blog", "گپ")
STEMS = ("reader", "moving", "2026-01-05-hello", "tea-time", "سلام", "reader.fa", "hello", "old/attic")
NAMES = ("leila", "omid", "Sara K.", "C++ fan", "sara k.", "کاوه")
TAGS = ("rss", "RSS", "C", "C#", "C++", "چای", "tools")
TITLES = ("Which reader?", "Moving house", "سلام دنیا", "A <b>bold</b> & title", "Reader", "which READER?")
DATES = ("2026-01-01 10:00", "2026-01-05", "2025-12-31T23:59:59Z", "2026-03-01 08:00 +0330", "2024-02-29", "1999-05-05")
MOMENTS = ("2026-01-20", "2026-02-01 12:00", "2026-02-02", "2026-02-10", "2030-01-01")
FLAGS = ("true", "false")
TEXTS = (
    "Plain words only.",
    "@leila and @omid and @nobody say **hello**.",
    "See [[Which reader?]] and [[cafe/moving|the move]] and [[nothing at all]].",
    "A [link](moving.md), a [board](board.md), a ![picture](photo.png), a [page](../about.md#part).",
    "> @leila #2: I said so\n> indeed\n\nNo you did not.",
    "> @omid: no number\n\nFine.",
    "# A heading\n\n## Another\n\n### Third\n\ntext\n\n```python\nprint('x')\n```",
    "- [ ] one\n- [x] two :smile:\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\nnote[^1]\n\n[^1]: the note",
    "متن فارسی با [[سلام دنیا]] و @کاوه",
    "Unclosed ``` fence\n\n```\ncode\n\n\\--- reply\n\nstill",
    "> [!NOTE]\n> look\n\n$x^2$ and https://example.org/a and photo.png",
)
TOPIC_FIELDS: dict[str, tuple[str, ...]] = {
    "title": TITLES,
    "id": ("stable-1", "urn:x:2"),
    "author": (*NAMES, "[leila, omid]"),
    "name": ("A visitor", "leila"),
    "date": (*DATES, "2026-02-30"),
    "updated": DATES,
    "tags": ("[rss, C++]", "[RSS]", "[Rss]", "rss", "چای", "[C, C#]"),
    "slug": ("reader", "other-slug", "/absolute/place/", "page", "Reader", "members"),
    "aliases": ("[/old/place/]", "[/cafe/reader/, /gone.html]", "/feed.xml"),
    "draft": FLAGS,
    "publish": MOMENTS,
    "expires": MOMENTS,
    "pinned": FLAGS,
    "locked": FLAGS,
    "hidden": FLAGS,
    "summary": ("A summary", "Another"),
    "cover": ("photo.png", "/logo.png", "https://example.org/x.png", "missing.png"),
    "series": ("Travels", "Tea"),
    "language": ("fa", "en", "de"),
    "translation_of": ("cafe/reader", "blog/hello"),
    "dir": ("rtl", "ltr"),
    "format": ("text", "html", "markdown"),
    "accepted": ("2", "3"),
    "votes": ("3", "-1", "many"),
    "attachments": ("[photo.png]", "[{file: photo.png, name: A photo}]", "[nothing.zip]"),
    "link": ("https://example.org/",),
    "reactions": ("{+1: 2}", "{heart: 1}"),
    "polls": ("[{id: p, question: Tea?, options: [{text: Yes, votes: 2}, No]}]",),
    "unknown": ("1",),
}
REPLY_FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("2", "3", "r9", "1", "bad id"),
    "author": (*NAMES, "[leila, omid]"),
    "name": ("A visitor",),
    "url": ("https://example.org/me", "javascript:alert(1)"),
    "date": (*DATES, "not a date"),
    "updated": DATES,
    "title": ("Re: it",),
    "reply_to": ("1", "2", "3", "r9", "nowhere"),
    "votes": ("1", "2"),
    "reactions": ("{+1: 1}",),
    "choose": ("Yes",),
    "attachments": ("[photo.png]",),
    "format": ("text", "html"),
    "aliases": ("[/old/reply/]",),
    "hidden": FLAGS,
    "deleted": FLAGS,
    "event": ("Leila closed this",),
}
BOARD_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("Café", "Tea room", "Blog"),
    "kind": ("forum", "blog", "forun"),
    "description": ("Talk", "More talk"),
    "order": ("1", "2", "-1"),
    "language": ("fa", "en"),
    "access": ("public", "private"),
    "address": (":year/:month/:slug", "/:slug/", ":slug"),
    "replies": ("nested", "flat"),
    "per_page": ("1", "2", "3", "50"),
    "feeds": ("[atom, rss, json]", "[]"),
    "format": ("text", "markdown"),
    "markdown": ("{engine: commonmark}", "{engine: markdown, breaks: true}"),
    "moderators": ("[leila]", "[omid, nobody]"),
    "aliases": ("[/old-board/]",),
}
MEMBER_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("Leila Ahmadi", "لیلا", "omid"),
    "avatar": ("me.png", "https://example.org/me.png"),
    "url": ("https://example.org/leila",),
    "links": ("{Code: https://example.org/code}",),
    "joined": DATES,
    "role": ("admin", "moderator"),
    "title": ("Gardener",),
    "bot": FLAGS,
    "also": ("[omid]", "[Sara K., leila2]", "[leila]"),
    "aliases": ("[/people/leila/]",),
}
SETTINGS: dict[str, tuple[str, ...]] = {
    "title": ('"Community"', '"Other title"'),
    "description": ('"Words"',),
    "url": ('"https://example.org/"', '"https://example.org/sub/path/"'),
    "language": ('"en"', '"fa"'),
    "languages": ('["fa"]', "[]"),
    "timezone": ('"Asia/Tehran"', '"UTC"'),
    "calendar": ('"persian"', '"gregorian"'),
    "logo": ('"/logo.png"',),
    "markdown.engine": ('"commonmark"', '"markdown"'),
    "markdown.breaks": ("true", "false"),
    "markdown.html": ('"trusted"', '"sanitised"'),
    "feeds.formats": ('["atom", "rss", "json"]', '["rss"]', "[]"),
    "feeds.places": ('["site", "boards", "topics", "tags", "members"]', '["boards"]'),
    "feeds.length": ("2", "20"),
    "boards.per_page": ("1", "2", "30"),
    "boards.replies": ('"flat"', '"nested"'),
    "navigation.About": ('"/about/"', '"https://example.org/"'),
    "people.moderator": ('["leila"]', '["omid", "Sara K."]'),
    "trusted.paths": ('["content/**"]', '["content/blog/**"]', "[]"),
    "theme.accent": ('"#aa3300"', '"#0033aa"'),
}


class World:
    """The site's files as they should be, kept in one folder; an edit changes the folder at once."""

    def __init__(self, root: Path, random: Random) -> None:
        self.root = root
        self.random = random
        self.now = FIRST_NOW
        self.drafts = False
        self.settings: dict[str, str] = {"title": '"Community"', "url": '"https://example.org/"', "languages": '["fa"]'}
        self.heads: dict[str, dict[str, str]] = {}
        self._begin()

    # A first site ----------------------------------------------------------

    def _begin(self) -> None:
        for board in BOARDS:
            self._document(f"content/{board}/board.md", BOARD_FIELDS, {"title": board, "kind": self._kind(board)}, 0)
        self._document("content/members/leila.md", MEMBER_FIELDS, {"name": "Leila"}, 0)
        self._document("content/about.md", TOPIC_FIELDS, {"title": "About"}, 0)
        self._document("content/index.md", TOPIC_FIELDS, {}, 0)
        for _ in range(8):
            self.add_topic()
        self._bytes("content/cafe/photo.png", b"photo")
        self._write_settings()

    def _kind(self, board: str) -> str:
        return "blog" if board == "blog" else "forum"

    # Edits -----------------------------------------------------------------

    def edit(self) -> str:
        """Change something at random; what was done, in words."""
        edits: list[tuple[int, Callable[[], str]]] = [
            (6, self.change_field),
            (3, self.add_topic),
            (3, self.add_reply_file),
            (3, self.rewrite),
            (2, self.delete),
            (2, self.rename),
            (2, self.add_board),
            (3, self.change_setting),
            (2, self.change_file),
            (1, self.change_theme),
            (1, self.tick),
            (1, self.toggle_drafts),
            (1, self.remove_folder),
        ]
        weights = [weight for weight, _ in edits]
        return self.random.choices([edit for _, edit in edits], weights)[0]()

    def add_topic(self) -> str:
        """A topic in a file or in a folder."""
        board, stem = self.random.choice(BOARDS), self.random.choice(STEMS)
        folder = self.random.random() < 0.25
        path = f"content/{board}/{stem}/index.md" if folder else f"content/{board}/{stem}.md"
        head = {"title": self.random.choice(TITLES), "date": self.random.choice(DATES)}
        self._document(path, TOPIC_FIELDS, head, self.random.randrange(4))
        if folder and self.random.random() < 0.5:
            self._bytes(f"content/{board}/{stem}/photo.png", self.random.randbytes(8))
        return f"add {path}"

    def add_board(self) -> str:
        """A board that was not there, or is no more."""
        path = f"content/{self.random.choice((*BOARDS, 'news', 'cafe/tea/green', 'old'))}/board.md"
        if (self.root / path).exists():
            return "nothing"
        self._document(path, BOARD_FIELDS, {"title": self.random.choice(TITLES)}, 0)
        return f"add {path}"

    def add_reply_file(self) -> str:
        """A file of replies beside a topic."""
        topic = self._any(lambda path: "/board.md" not in path and "members" not in path)
        if topic is None:
            return "nothing"
        folder = topic.removesuffix("/index.md").removesuffix(".md")
        path = f"{folder}/{self.random.choice(('answer', '7', 'late', 'more'))}.md"
        self._document(path, REPLY_FIELDS, {"author": self.random.choice(NAMES), "date": self.random.choice(DATES)}, 1)
        return f"reply in {path}"

    def change_field(self) -> str:
        """Set or remove one field of one file."""
        path = self._any(lambda _: True)
        if path is None:
            return "nothing"
        fields = self._fields(path)
        name = self.random.choice(sorted(fields))
        head = dict(self.heads[path])
        if name in head and self.random.random() < 0.4:
            del head[name]
        else:
            head[name] = self.random.choice(fields[name])
        self._document(path, fields, head, None)
        return f"{path}: {name} = {head.get(name)}"

    def rewrite(self) -> str:
        """New texts and replies under the same head."""
        path = self._any(lambda _: True)
        if path is None:
            return "nothing"
        self._document(path, self._fields(path), self.heads[path], self.random.randrange(5))
        return f"rewrite {path}"

    def delete(self) -> str:
        """A file goes."""
        path = self._any(lambda _: True)
        if path is None:
            return "nothing"
        (self.root / path).unlink()
        del self.heads[path]
        return f"delete {path}"

    def rename(self) -> str:
        """A file moves, also to another board."""
        path = self._any(lambda path: not path.endswith("board.md"))
        if path is None:
            return "nothing"
        target = f"content/{self.random.choice(BOARDS)}/{self.random.choice(STEMS)}.md"
        if (self.root / target).exists() or (self.root / target.removesuffix(".md")).is_dir():
            return "nothing"
        (self.root / target).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / target)
        self.heads[target] = self.heads.pop(path)
        return f"rename {path} to {target}"

    def change_setting(self) -> str:
        """Set or remove one setting."""
        name = self.random.choice(sorted(SETTINGS))
        if name in self.settings and self.random.random() < 0.4:
            del self.settings[name]
        else:
            self.settings[name] = self.random.choice(SETTINGS[name])
        self._write_settings()
        return f"site.toml: {name} = {self.settings.get(name)}"

    def change_file(self) -> str:
        """A picture, an attachment or a static file comes, changes or goes."""
        path = self.random.choice(
            ("content/cafe/photo.png", "content/blog/photo.png", "content/members/me.png", "static/logo.png",
             "content/cafe/evil.html", "content/cafe/moving/photo.png", "static/robots.txt", "content/photo.png")
        )  # fmt: skip
        if (self.root / path).exists() and self.random.random() < 0.4:
            (self.root / path).unlink()
            return f"delete {path}"
        self._bytes(path, self.random.randbytes(self.random.choice((3, 8))))
        return f"change {path}"

    def change_theme(self) -> str:
        """A template or a style of the site's own comes, changes or goes."""
        name = self.random.choice(("templates/404.html", "templates/redirect.html", "static/extra.css"))
        path = f"themes/agora/{name}"
        if (self.root / path).exists() and self.random.random() < 0.4:
            (self.root / path).unlink()
            return f"delete {path}"
        text = f"<title>{self.random.randrange(9)}</title>{{{{ site.title }}}}" if name.endswith("html") else "p { top: 1px }"
        self._bytes(path, text.encode())
        return f"change {path}"

    def tick(self) -> str:
        """The clock moves, in either direction."""
        self.now = FIRST_NOW + self.random.choice((-30, -3, 0, 1, 5, 10, 2000)) * 86_400
        return f"now = {self.now}"

    def toggle_drafts(self) -> str:
        """Drafts are built, or no longer."""
        self.drafts = not self.drafts
        return f"drafts = {self.drafts}"

    def remove_folder(self) -> str:
        """A whole folder goes."""
        folder = self.root / "content" / self.random.choice(BOARDS) / self.random.choice(STEMS)
        if not folder.is_dir():
            return "nothing"
        shutil.rmtree(folder)
        self.heads = {path: head for path, head in self.heads.items() if (self.root / path).exists()}
        return f"remove {folder.name}/"

    # Files -----------------------------------------------------------------

    def _fields(self, path: str) -> dict[str, tuple[str, ...]]:
        if path.endswith("board.md"):
            return BOARD_FIELDS
        if path.startswith("content/members/"):
            return MEMBER_FIELDS
        return REPLY_FIELDS if "author" in self.heads[path] and "title" not in self.heads[path] else TOPIC_FIELDS

    def _any(self, wanted: Callable[[str], bool]) -> str | None:
        paths = sorted(path for path in self.heads if wanted(path))
        return self.random.choice(paths) if paths else None

    def _document(self, path: str, fields: dict[str, tuple[str, ...]], head: dict[str, str], replies: int | None) -> None:
        """Write a file; with `replies` None its texts stay."""
        target = self.root / path
        if replies is None and target.exists():
            body = target.read_text("utf-8").split("---\n", 2)[2]
        else:
            body = self.random.choice(TEXTS) + "\n" + "".join(self._reply(place) for place in range(replies or 0))
        extra = {} if replies is None else self._some(fields, 2)
        self.heads[path] = {**extra, **head}
        lines = "".join(f"{name}: {value}\n" for name, value in self.heads[path].items())
        self._bytes(path, f"---\n{lines}---\n{body}".encode())

    def _reply(self, place: int) -> str:
        head = {"id": str(place + 2), "author": self.random.choice(NAMES), "date": self.random.choice(DATES)}
        head |= self._some(REPLY_FIELDS, 2)
        lines = "".join(f"{name}: {value}\n" for name, value in head.items())
        return f"\n--- reply\n{lines}---\n{self.random.choice(TEXTS)}\n"

    def _some(self, fields: dict[str, tuple[str, ...]], most: int) -> dict[str, str]:
        names = self.random.sample(sorted(fields), self.random.randrange(most + 1))
        return {name: self.random.choice(fields[name]) for name in names if name != "access"}

    def _bytes(self, path: str, data: bytes) -> None:
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            self.heads.pop(path, None)

    def _write_settings(self) -> None:
        plain = [f"{name} = {value}" for name, value in self.settings.items() if "." not in name]
        sections: dict[str, list[str]] = {}
        for name, value in self.settings.items():
            section, dot, key = name.partition(".")
            if dot:
                sections.setdefault(section, []).append(f"{key} = {value}")
        text = "\n".join(plain + [f"\n[{name}]\n" + "\n".join(rows) for name, rows in sections.items()])
        self._bytes("site.toml", (text + "\n").encode())

    def copy_to(self, folder: Path) -> None:
        """The same sources in another folder, with other dates."""
        for name in ("content", "static", "themes"):
            shutil.rmtree(folder / name, ignore_errors=True)
            if (self.root / name).exists():
                shutil.copytree(self.root / name, folder / name, copy_function=shutil.copyfile)
        shutil.copyfile(self.root / "site.toml", folder / "site.toml")


def tree(folder: Path) -> dict[str, bytes]:
    """All files of an output and their bytes."""
    return {
        Path(place, name).relative_to(folder).as_posix(): Path(place, name).read_bytes()
        for place, _, names in os.walk(folder)
        for name in names
    }
