"""The names of facts: one function a kind of fact, shared by whoever reads it and whoever changes it.

A `Lookup` method records the key of what it read; the `Store` touches the same key where the fact
changed. A page is looked at again when a key that it read was touched.
"""

from __future__ import annotations

Key = str

BUCKET = 10
"""Items of a list that share one key; windows of a list are read and touched by whole buckets."""

SEPARATOR = "\x1f"
"""Between a list's family and its name: no file name or title holds it."""

LATEST = 100
"""How far from its end a list can be read as "the latest"."""


def setting(section: str) -> Key:
    """A section of site.toml."""
    return f"setting/{section}"


def board(key: str) -> Key:
    """What a board says, with what it inherits."""
    return f"board/{key}"


def board_owner(key: str, language: str = "") -> str:
    """Whose a board's own text is; a translation has another one."""
    return f"board/{key}{SEPARATOR}{language}" if language else f"board/{key}"


def text_owner(path: str) -> str:
    """Whose the text of a file is that is no entry: a transcript's."""
    return f"text/{path}"


def member_owner(key: str, language: str = "") -> str:
    """Whose a member's own text is; a translation has another one."""
    return f"member/{key}{SEPARATOR}{language}" if language else f"member/{key}"


def boards(parent: str) -> Key:
    """Which boards are inside a board ("" for the top), in order, and what each of them says."""
    return f"boards/{parent}"


def board_counts(key: str) -> Key:
    """How many topics and entries a board has."""
    return f"board-counts/{key}"


def topic(key: str) -> Key:
    """A topic's summary: title, address, dates, counts, last reply."""
    return f"topic/{key}"


def headline(key: str) -> Key:
    """What of a topic's summary no reply changes: title, address, count of pages."""
    return f"headline/{key}"


def plan(board: str) -> Key:
    """Which topics a board has ("" : the plain pages) at which addresses, on how many pages each."""
    return f"plan/{board}"


def variants(base: str) -> Key:
    """The languages in which a topic or page exists."""
    return f"variants/{base}"


def entries(owner: str, page: int) -> Key:
    """The entries of one page of a topic."""
    return f"entries/{owner}/{page}"


def entry(owner: str, entry_id: str) -> Key:
    """On which page of its topic an entry stands, and who wrote it."""
    return f"entry/{owner}#{entry_id}"


def scope(family: str, name: str) -> str:
    """The list of a family (as "tag") under a name."""
    return f"{family}{SEPARATOR}{name}"


def months(topic: str) -> Key:
    """In which months a conversation has entries, and with which number each begins."""
    return f"months/{topic}"


def days(topic: str, month: str) -> Key:
    """Which days of a month ("2026-11") a conversation has, and how many pages each fills."""
    return f"days/{topic}{SEPARATOR}{month}"


def day_counts(topic: str, month: str) -> Key:
    """How many messages each day of a month of a conversation has."""
    return f"day-counts/{topic}{SEPARATOR}{month}"


def chain(topic: str, root: str) -> Key:
    """Which messages of a conversation are in the chain of answers that one of them began."""
    return f"chain/{topic}{SEPARATOR}{root}"


def count(scope: str) -> Key:
    """How many items a list has."""
    return f"count/{scope}"


def pages(scope: str, size: int | str) -> Key:
    """How many pages of so many items a list fills."""
    return f"count/{scope}{SEPARATOR}{SEPARATOR}{size}"


def latest(scope: str) -> Key:
    """The end of a list, `LATEST` items deep."""
    return f"latest/{scope}"


def bucket(scope: str, number: int) -> Key:
    """`BUCKET` items of a list, counted from its beginning."""
    return f"bucket/{number}/{scope}"


def around(scope: str, item: str) -> Key:
    """The items before and after one in a list."""
    return f"around/{scope}{SEPARATOR}{item}"


def scopes(family: str) -> Key:
    """Which lists of a family exist, and how long each is (the months of a board, the tags)."""
    return f"scopes/{family}"


def member(folded: str) -> Key:
    """Who a name is: the page, picture and role."""
    return f"member/{folded}"


def member_counts(key: str) -> Key:
    """How much a member has written, and when last."""
    return f"member-counts/{key}"


def member_standing(key: str) -> Key:
    """About how much a member has written, in steps, and since when."""
    return f"member-standing/{key}"


def honours(key: str) -> Key:
    """Which badges a member has, and how far they are trusted."""
    return f"honours/{key}"


def top(period: str) -> Key:
    """Which topics and members stood out in a period: `2026/11`, `2026`, `day`, `week`, `month`, `year`, or "" for all."""
    return f"top/{period}"


def top_periods() -> Key:
    """Which months and years somebody wrote in."""
    return "top-periods"


def members() -> Key:
    """Which members there are, at which addresses."""
    return "members"


def anyone(family: str) -> Key:
    """Whether there is any member, or any tag."""
    return f"any/{family}"


def tag(key: str) -> Key:
    """A tag's name and address."""
    return f"tag/{key}"


def tag_text(key: str) -> Key:
    """Which text a tag has."""
    return f"tag-text/{key}"


def tags() -> Key:
    """Which tags there are, at which addresses."""
    return "tags"


def title(folded: str) -> Key:
    """What a wiki link can mean."""
    return f"title/{folded}"


def path(path: str) -> Key:
    """The address of a Markdown file."""
    return f"path/{path}"


def history(path: str) -> Key:
    """Who changed a file, and how often."""
    return f"history/{path}"


def edits(path: str, number: int | str) -> Key:
    """What changed in a file: a part of its edits, counted from the oldest."""
    return f"edits/{path}{SEPARATOR}{number}"


def asset(path: str) -> Key:
    """A file that is copied: its size and digest."""
    return f"asset/{path}"


def timed(path: str) -> str:
    """Where it is kept what a file of captions or chapters says. Pages read the file's `asset` before it, so they need no key of it."""
    return f"timed/{path}"


def assets(board: str) -> Key:
    """Which files are copied beside a board's topics."""
    return f"assets/{board}"


def beside(stem: str) -> Key:
    """Which files have a name, as `talk`, with any ending: the captions and the picture of a film."""
    return f"beside/{stem}"


def besides(path: str) -> tuple[Key, ...]:
    """Whose such list a file is in: `talk.fa.vtt` goes with `talk.fa` and with `talk`."""
    folder, slash, name = path.rpartition("/")
    stem, _, _ = name.rpartition(".")
    stems = (stem, stem.rpartition(".")[0]) if name.lower().endswith((".vtt", ".srt")) else (stem,)
    return tuple(beside(folder + slash + one) for one in stems if one)


def aliases(board: str) -> Key:
    """Which old addresses lead to a board's topics."""
    return f"aliases/{board}"


def tally(scope: str) -> Key:
    """How much was written in each month on a board, by a member, or about a tag."""
    return f"tally/{scope}"


def tallies(family: str) -> Key:
    """How many of a family (as "member") have something in each month."""
    return f"tallies/{family}"


def search_totals() -> Key:
    """How many entries can be found, and how long they are."""
    return "search-totals"


def search_bits() -> Key:
    """Into how many files the texts of what can be found are parted."""
    return "search-bits"


def search_texts(bits: int, number: int) -> Key:
    """Which parts of topics have their texts in one of these files."""
    return f"search-texts/{bits}/{number}"


def search_leaves() -> Key:
    """Into which files the words are parted."""
    return "search-leaves"


def search_leaf(first: str) -> Key:
    """Which entries have the words of one of these files, and their facts."""
    return f"search-leaf/{first}"
