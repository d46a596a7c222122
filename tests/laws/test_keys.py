"""Law 1, the other way round: with any one key function removed from the traces, the law fails.

For each key there is an edit after which a page is stale unless that very key was recorded.
"""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path

import pytest

from generator.build import build, open_site
from generator.catalog import keys
from generator.catalog.lookup import Lookup
from tests.laws.test_incremental import differences

NOW = 1_770_000_000
RULES = '[activity]\nplaces = ["site", "boards"]\n[top]\nenabled = true\n[badges.talker]\nreplies = 4\n[trust.known]\nposts = 7\n'
SETTINGS = f'title = "Keys"\nurl = "https://example.org/"\nlanguages = ["fa"]\n{RULES}'
MOVED = SETTINGS.replace("example.org", "example.net")


def entry(day: int, author: str, text: str, **fields: str) -> str:
    head = {"author": author, "date": f"2026-01-{day:02}", **fields}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in head.items()) + f"---\n{text}\n"


def reply(day: int, author: str, text: str, **fields: str) -> str:
    return f"\n--- reply\n{entry(day, author, text, **fields).removeprefix('---' + chr(10))}"


CHAT = entry(1, "leila", "Room.", title="Room")
CHAT += reply(2, "omid", "Then.", id="a").replace("2026", "2025") + reply(3, "sara", "After.", id="b", reply_to="a")
CHAT += reply(3, "leila", "Yes.", id="c", reply_to="b")

BASE = {
    "site.toml": SETTINGS,
    "content/about.md": "---\ntitle: About\n---\nA ![picture](p.png).\n",
    "content/wiki.md": "---\ntitle: Wiki\n---\nSee [[Tea]].\n",
    "content/link.md": "---\ntitle: Link\n---\nSee [it](cafe/tea.md).\n",
    "content/p.png": "picture",
    "content/films.md": "---\ntitle: Films\n---\n![A film](clip.ogv)\n",
    "content/clip.ogv": "film",
    "content/cafe/board.md": "---\ntitle: Café\nper_page: 2\n---\n",
    "content/cafe/inner/board.md": "---\ntitle: Inner\n---\n",
    "content/cafe/inner/deep.md": entry(9, "leila", "Deep.", title="Deep", tags="deep"),
    "content/cafe/inner/old.md": entry(5, "leila", "Old.", title="Old") + reply(7, "omid", "Yes.", id="2"),
    "content/cafe/tea.md": entry(1, "leila", "Tea, @omid.", title="Tea", tags="RSS, drinks")
    + reply(2, "omid", "Green.", id="2")
    + reply(3, "leila", "Black.", id="3")
    + reply(4, "sara", "> @omid #2: green\n\nNo.", id="4"),
    "content/cafe/coffee.md": entry(2, "omid", "Coffee.", title="Coffee", tags="rss"),
    "content/cafe/milk.md": entry(3, "sara", "Milk.", title="Milk", tags="milk"),
    "content/cafe/water.md": entry(4, "sara", "Water.", title="Water"),
    "content/chat/board.md": "---\ntitle: Chat\nkind: chat\n---\n",
    "content/chat/room.md": CHAT,
    "content/blog/board.md": "---\ntitle: Blog\nkind: blog\nper_page: 50\n---\n",
    "content/blog/hello.md": entry(5, "omid", "Hello.", title="Hello", aliases="/old/"),
    "content/blog/hello.fa.md": entry(5, "omid", "سلام", title="سلام"),
    "content/blog/later.md": entry(6, "omid", "Later.", title="Later").replace("2026-01", "2025-12"),
}
BASE |= {f"content/blog/n{day}.md": entry(day, "noor", f"N{day}.", title=f"N{day}") for day in range(7, 19)}

MANY = " ".join(f"word{number}" for number in range(2_000))

TAGGED = [name for name, text in BASE.items() if "tags:" in text]

# For each key an edit: files with their new text, None for a file that goes.
NEEDED: dict[str, dict[str, str | None]] = {
    "setting": {"site.toml": MOVED},
    "board": {"content/cafe/inner/board.md": "---\ntitle: Innermost\n---\n"},
    "boards": {"content/news/board.md": "---\ntitle: News\n---\n"},
    "board_counts": {"content/cafe/inner/old.md": BASE["content/cafe/inner/old.md"] + reply(6, "sara", "No.", id="3")},
    "topic": {"content/cafe/milk.md": entry(3, "sara", "Milk.", title="Oat milk", tags="milk")},
    "headline": {"content/cafe/tea.md": BASE["content/cafe/tea.md"].replace("title: Tea", "title: Chai")},
    "plan": {"content/cafe/ale.md": entry(2, "sara", "Ale.", title="Ale")},
    "variants": {"content/blog/later.fa.md": entry(6, "omid", "بعد", title="بعد")},
    "entries": {"content/cafe/tea.md": BASE["content/cafe/tea.md"].replace("Black", "White")},
    "entry": {"content/cafe/tea.md": BASE["content/cafe/tea.md"].replace("Black", "White")},
    "months": {"content/chat/room.md": CHAT + reply(4, "noor", "Later.", id="d").replace("2026-01", "2026-02")},
    "days": {"content/chat/room.md": CHAT + reply(4, "noor", "Later.", id="d")},
    "day_counts": {"content/chat/room.md": CHAT.replace("id: a\n", "id: a\ndeleted: true\n")},
    "chain": {"content/chat/room.md": CHAT + reply(3, "noor", "No.", id="d", reply_to="c")},
    "count": {"content/cafe/gin.md": entry(1, "zed", "Gin.", title="Gin")},
    "pages": {"content/cafe/gin.md": entry(1, "zed", "Gin.", title="Gin")},
    "latest": {"content/cafe/rum.md": entry(20, "zed", "Rum.", title="Rum")},
    "bucket": {"content/cafe/milk.md": entry(3, "sara", "Milk.", title="Milk", tags="milk").replace("01-03", "01-01 12:00")},
    "around": {"content/blog/between.md": entry(12, "noor", "B.", title="B").replace("01-12", "01-12 12:00")},
    "scopes": {"content/blog/may.md": entry(1, "noor", "May.", title="May").replace("2026-01", "2025-05")},
    "member": {"content/members/omid.md": "---\nname: Omid R.\n---\n"},
    "member_counts": {"content/cafe/tea.md": BASE["content/cafe/tea.md"] + reply(5, "noor", "Me too.", id="5")},
    "member_standing": {"content/cafe/inner/old.md": BASE["content/cafe/inner/old.md"] + reply(8, "sara", "So do I.", id="3")},
    "honours": {"content/cafe/milk.md": BASE["content/cafe/milk.md"] + reply(4, "omid", "Oats.", id="2")},
    "top": {"content/cafe/tea.md": BASE["content/cafe/tea.md"] + reply(20, "noor", "Me too.", id="5")},
    "top_periods": {"content/blog/may.md": entry(1, "noor", "May.", title="May").replace("2026-01", "2025-05")},
    "tag_text": {"content/tags/rss.md": "What is fed.\n"},
    "members": {"content/members/zoe.md": "---\nname: Zoe\n---\n"},
    "anyone": {name: str(BASE[name]).replace("tags:", "words:") for name in TAGGED},
    "tag": {"content/cafe/tea.md": BASE["content/cafe/tea.md"].replace("RSS", "Rss")},
    "tags": {"content/cafe/tea.md": BASE["content/cafe/tea.md"].replace("RSS", "Rss")},
    "tally": {"content/cafe/tea.md": BASE["content/cafe/tea.md"] + reply(5, "noor", "Me too.", id="5")},
    "tallies": {"content/cafe/tea.md": BASE["content/cafe/tea.md"].replace("author: sara", "author: zed")},
    "title": {"content/cafe/tea.md": BASE["content/cafe/tea.md"].replace("title: Tea", "title: Chai\nslug: chai")},
    "path": {"content/cafe/tea.md": None},
    "asset": {"content/p.png": "another"},
    "assets": {"content/q.png": "new"},
    "beside": {"content/clip.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"},
    "aliases": {"content/blog/hello.md": entry(5, "omid", "Hello.", title="Hello", aliases="/older/")},
    "search_totals": {"content/cafe/milk.md": entry(3, "sara", "Milk. Oats.", title="Milk", tags="milk")},
    "search_bits": {"content/cafe/milk.md": entry(3, "sara", MANY, title="Milk", tags="milk")},
    "search_texts": {"content/cafe/ale.md": entry(2, "sara", "Ale.", title="Ale")},
    "search_leaves": {"content/cafe/milk.md": entry(3, "sara", MANY, title="Milk", tags="milk")},
    "search_leaf": {"content/cafe/milk.md": entry(3, "sara", "Milk. Oats.", title="Milk", tags="milk")},
}

# What a key is needed for shows in this theme only.
SHOWN_BY = {"member_standing": "classic"}

# A commit changes these, and no file: tests/features/test_history.py shows that they are needed.
TOLD_BY_GIT = {"history", "edits"}

KEYS = {
    name: function
    for name, function in inspect.getmembers(keys, inspect.isfunction)
    if inspect.signature(function).return_annotation == "Key" and name not in TOLD_BY_GIT
}


def write(root: Path, files: dict[str, str | None]) -> None:
    for name, text in files.items():
        path = root / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def stale(folder: Path, edit: dict[str, str | None], theme: str) -> list[str]:
    """The pages that an incremental build after an edit leaves other than a clean one makes them."""
    here, clean = folder / "here", folder / "clean"
    write(here, {**BASE, "site.toml": f'{SETTINGS}[theme]\nname = "{theme}"\n'})
    build(open_site(here, now=NOW), jobs=1)
    write(here, edit)
    build(open_site(here, now=NOW), jobs=1)
    shutil.copytree(here, clean, ignore=shutil.ignore_patterns("output", ".anjoman"))
    build(open_site(clean, now=NOW), jobs=1)
    return differences(here / "output", clean / "output")


def family(name: str) -> str:
    """What all keys of a function begin with."""
    arguments = ["\0"] * len(inspect.signature(KEYS[name]).parameters)
    return str(KEYS[name](*arguments)).split("\0")[0]


@pytest.mark.parametrize("name", sorted(KEYS))
def test_the_law_fails_without_a_key(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix, saw = family(name), Lookup.saw

    def blind(lookup: Lookup, key: str) -> None:
        if key == prefix or (prefix.endswith("/") and key.startswith(prefix)):
            return
        saw(lookup, key)

    theme = SHOWN_BY.get(name, "agora")
    assert stale(tmp_path / "seeing", NEEDED[name], theme) == []
    monkeypatch.setattr(Lookup, "saw", blind)
    assert stale(tmp_path / "blind", NEEDED[name], theme) != []
