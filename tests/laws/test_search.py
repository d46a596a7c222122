"""Law 1 on search: after random edits its files are those of a clean build, where words and texts fill many files."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from generator.build import build, open_site
from generator.catalog import index, leaves, postings
from tests.laws.test_incremental import differences

NOW = 1_770_000_000
SETTINGS = 'title = "T"\n[search]\nenabled = {}\n'
WORDS = ("tea", "te", "teapot", "ten", "cat", "cats", "چای", "چایخانه", "東京都", "東京", "a", "an", "ant", "antler", "c++")


@pytest.fixture(autouse=True)
def short_files(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in ((leaves, "FULL", 12), (postings, "FULL", 12), (index, "FILE", 900)):
        monkeypatch.setattr(module, name, value)


def entry(random: Random, number: int) -> str:
    fields = {
        "author": random.choice(("leila", "omid", "[sara, omid]")),
        "date": f"202{random.randrange(6)}-0{random.randrange(1, 9)}-11",
        "votes": str(random.randrange(40)),
        **({"hidden": "true"} if random.random() < 0.1 else {}),
        **({"id": f"r{number}"} if number else {"title": " ".join(random.sample(WORDS, 2)), "tags": f"[{random.choice(WORDS[:4])}]"}),
        **({"draft": "true"} if not number and random.random() < 0.1 else {}),
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    text = " ".join(random.choice((*WORDS, f"w{random.randrange(300)}")) for _ in range(random.randrange(12)))
    return f"---\n{head}---\n{text}\n"


def topic(random: Random) -> str:
    replies = (f"\n--- reply\n{entry(random, number).removeprefix('---' + chr(10))}" for number in range(1, random.randrange(9)))
    return entry(random, 0) + "".join(replies)


def edit(root: Path, random: Random) -> None:
    content = root / "content"
    kind = random.randrange(12)
    if kind == 0:
        (root / "site.toml").write_text(SETTINGS.format(random.choice(("true", "true", "false"))), "utf-8")
    elif kind == 1:
        (content / "cafe/board.md").write_text(f"---\ntitle: B{random.random()}\nper_page: {random.randrange(1, 5)}\n---\n", "utf-8")
    elif kind == 2:
        (content / "members").mkdir(exist_ok=True)
        (content / "members/omid.md").write_text(f"---\nname: O{random.random()}\nalso: [sara]\n---\n", "utf-8")
    for _ in range(random.choice((1, 1, 2, 20))):
        path = content / random.choice(("cafe", "blog")) / f"t{random.randrange(40)}.md"
        if random.random() < 0.25:
            path.unlink(missing_ok=True)
        else:
            path.write_text(topic(random), "utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_the_files_after_random_edits_are_those_of_a_clean_build(seed: int, tmp_path: Path) -> None:
    random, here, clean = Random(seed), tmp_path / "here", tmp_path / "clean"
    for board in ("cafe", "blog"):
        (here / "content" / board).mkdir(parents=True)
        (here / "content" / board / "board.md").write_text(f"---\ntitle: {board}\n---\n", "utf-8")
    (here / "site.toml").write_text(SETTINGS.format("true"), "utf-8")
    for _ in range(8):
        edit(here, random)
        build(open_site(here, now=NOW), jobs=1)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(here, clean, ignore=shutil.ignore_patterns("output", ".anjoman"))
        build(open_site(clean, now=NOW), jobs=1)
        assert differences(here / "output", clean / "output") == []
