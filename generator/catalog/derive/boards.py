"""Boards: what each one inherits, its address, and its own text.

Boards are few and everything on them depends on them, so all are settled anew in each build,
before the sources on them are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog import keys
from generator.catalog.derive.context import Terms
from generator.catalog.derive.topic import needed
from generator.catalog.packing import dump, load
from generator.catalog.rows import BoardRow, BoardText, EntryRow, Place, Said
from generator.catalog.store import Named, Store
from generator.errors import Problem, nearest
from generator.language import direction
from generator.model import BoardFields, BoardKind
from generator.slugs import fold, slug

PUBLIC = ("", "public")
"""The values of `access` that make a board open to all."""


class BoardSource(Struct, frozen=True):
    """A board's key (its folder below content/), its file, and what the file says; None if it can't be read.

    `language` is that of a translation, which gives a title, a description and a text.
    """

    key: str
    path: str
    fields: BoardFields | None
    language: str = ""


def settle(sources: Iterable[BoardSource], terms: Terms) -> tuple[dict[str, BoardRow], list[Problem]]:
    """All open boards by key, each with what it inherits, and what is wrong with them.

    A board that asks for `access`, or whose file can't be read, is closed with all that is inside it: what
    may be private is never published by mistake.
    """
    boards: dict[str, BoardRow] = {}
    closed: list[str] = []
    problems: list[Problem] = []
    translations: dict[str, list[BoardSource]] = {}
    originals: list[BoardSource] = []
    for source in sources:
        (translations.setdefault(source.key, []) if source.language else originals).append(source)
    for source in sorted(originals, key=lambda source: source.key.split("/")):
        parent = _parent(source.key, boards)
        fields = source.fields
        if fields is None or fields.access not in PUBLIC or any(source.key.startswith(f"{key}/") for key in closed):
            closed.append(source.key)
            problems.extend(_closed(source))
            continue
        kind = _kind(source.path, fields, parent, terms, problems)
        board = _board(source, fields, parent, kind, terms)
        board = boards[source.key] = _translated(board, translations.get(source.key, ()), problems)
        if needed(board.address, terms, on_board=parent is not None):
            message = f"the address {board.address} is used by the site itself"
            problems.append(Problem(source.path, 1, "", message, "Give the board's folder another name."))
    return boards, problems


def _translated(board: BoardRow, sources: Sequence[BoardSource], problems: list[Problem]) -> BoardRow:
    """The board with what it is called in other languages; a file that can't be read adds none."""
    found = []
    for source in sorted(sources, key=lambda source: source.language):
        fields = source.fields
        if source.language == board.language:
            message = f"the board is in “{board.language}” already; this file is left out"
            problems.append(Problem(source.path, 1, "", message, "Put its text into board.md, or remove it."))
        elif fields is not None and fields.access in PUBLIC:
            address = f"/{source.language}{board.address}"
            title, description = fields.title or board.title, fields.description or board.description
            found.append(BoardText(source.language, source.path, address, title, description))
        elif fields is not None:
            problems.extend(_closed(source))
    return replace(board, translations=tuple(found))


def _closed(source: BoardSource) -> Iterator[Problem]:
    if source.fields is None:
        message = "the board's file can't be read, so the board is not built: it may be a private one"
        yield Problem(source.path, 1, "", message, "Mend the file; what is wrong with it is listed too.")
    elif source.fields.access not in PUBLIC:
        message = f"access “{source.fields.access}” is not understood by this version; the board is not built"
        yield Problem(source.path, 1, "access", message, "Only public boards are built: take the field out.")


def _parent(key: str, boards: dict[str, BoardRow]) -> BoardRow | None:
    while key:
        key = key.rpartition("/")[0]
        if key in boards:
            return boards[key]
    return None


def _kind(
    path: str, fields: BoardFields, parent: BoardRow | None, terms: Terms, problems: list[Problem]
) -> BoardKind:
    name = fields.kind or (parent.kind if parent else "forum")
    if name in terms.kinds:
        return terms.kinds[name]
    message = f"there is no kind of board named “{name}”; it is shown as a forum"
    problems.append(Problem(path, fields.kind_line, "kind", message, nearest(name, terms.kinds)))
    return terms.kinds["forum"]


def _board(
    source: BoardSource, fields: BoardFields, parent: BoardRow | None, kind: BoardKind, terms: Terms
) -> BoardRow:
    settings = terms.settings
    language = fields.language or (parent.language if parent else settings.site.language)
    base = parent.address if parent else "/"
    folder = source.key[len(parent.key) + 1 if parent else 0 :]
    replies = fields.replies or ("" if fields.kind or not parent else "nested" if parent.nested else "flat")
    return BoardRow(
        key=source.key,
        path=source.path,
        parent=parent.key if parent else "",
        trail=(*parent.trail, parent.key) if parent else (),
        address=base + "/".join(slug(part, language) for part in folder.split("/")) + "/",
        title=fields.title or source.key.rpartition("/")[2].replace("-", " ").capitalize(),
        kind=kind.name,
        description=fields.description,
        order=fields.order or 0,
        language=language,
        dir=direction(language),
        pattern=fields.address or (parent.pattern if parent else ""),
        nested=(replies or settings.boards.replies) == "nested" if kind.nested else replies == "nested",
        per_page=fields.per_page or (parent.per_page if parent else kind.per_page or settings.boards.per_page),
        feeds=_feeds(fields, parent, kind),
        format=fields.format or (parent.format if parent else ""),
        engine=fields.engine or (parent.engine if parent else settings.markdown.engine),
        breaks=_breaks(fields, parent, kind, terms),
        moderators=fields.moderators if fields.moderators is not None else (parent.moderators if parent else ()),
        access=fields.access or (parent.access if parent else ""),
        aliases=fields.aliases,
        board_template=kind.board_template,
        topic_template=kind.topic_template,
        archive=kind.archive,
        neighbours=kind.neighbours,
        by_activity=kind.by_activity,
        answerable=kind.answerable,
        answers=kind.answers,
        links=kind.links,
        views=kind.views,
        mail=kind.mail,
        hides=kind.mail and (fields.addresses or ("shown" if parent and parent.mail and not parent.hides else "")) != "shown",
        days=kind.days,
        look=fields.look or (parent.look if parent else ""),
        extra=fields.extra,
        show=fields.show,
    )


def _feeds(fields: BoardFields, parent: BoardRow | None, kind: BoardKind) -> tuple[str, ...] | None:
    if fields.feeds is not None:
        return fields.feeds
    if kind.feeds is not None and (parent is None or parent.kind != kind.name):
        return kind.feeds
    return parent.feeds if parent else None


def _breaks(fields: BoardFields, parent: BoardRow | None, kind: BoardKind, terms: Terms) -> bool:
    if fields.breaks is not None:
        return fields.breaks
    return parent.breaks if parent else kind.breaks or terms.settings.markdown.breaks


def derive(store: Store, terms: Terms) -> dict[str, BoardRow]:
    """Settle all boards from their sources and write what changed."""
    boards, problems = settle(_sources(store), terms)
    for key, board in boards.items():
        _withdraw(store, key, {one.language for one in board.translations})
        if store.set_fact(keys.board(key), board):
            store.touch(keys.boards(board.parent))
        _publish(store, board)
    _order(store, boards)
    store.set_fact(keys.setting("answerable"), any(board.answerable for board in boards.values()))
    store.replace_problems("boards", problems)
    return boards


def known(store: Store) -> dict[str, BoardRow]:
    """The boards as the last build settled them."""
    query = "SELECT board.key, data FROM board JOIN fact ON fact.key = ? || board.key"
    return {key: load(BoardRow, data) for key, data in store.database.execute(query, [keys.board("")])}


def _sources(store: Store) -> list[BoardSource]:
    query = (
        "SELECT board, path, head, language FROM source LEFT JOIN document ON document.source = path"
        " WHERE role = 'board' ORDER BY path"
    )
    found = []
    for key, path, head, language in store.database.execute(query):
        found.append(BoardSource(key, path, load(BoardFields, head) if head else None, language))
    return found


def _publish(store: Store, board: BoardRow) -> None:
    for one in board.translations:
        owner = keys.board_owner(board.key, one.language)
        store.replace_entries(owner, own_text(store, one.path))
        store.replace_made(owner, (), {("path", one.path, dump(Place(one.address, one.title, board.key)).decode())})
    owner = keys.board_owner(board.key)
    store.replace_entries(owner, own_text(store, board.path))
    place = dump(Place(board.address, board.title, board.key)).decode()
    names: set[Named] = {("path", board.path, place), ("title", fold(board.title), place)}
    names |= {("redirect/", alias, json.dumps([board.address, board.path])) for alias in board.aliases}
    store.replace_made(owner, (), names)


def own_text(store: Store, path: str) -> list[EntryRow]:
    """The text that a board's or a member's file says of itself, as an entry in its place."""
    found = store.database.execute("SELECT entries FROM document WHERE source = ?", [path]).fetchone()
    said = load(list[Said], found[0])[:1] if found else ()
    return [EntryRow(one.id, 1, 1, path, one.text_line, dir=one.dir, html=one.html) for one in said]


def _order(store: Store, boards: dict[str, BoardRow]) -> None:
    """Write the order of the boards: by `order`, then title, then key."""
    ordered = sorted(boards.values(), key=lambda board: (board.order, fold(board.title), board.key))
    rows = {board.key: (board.parent, place) for place, board in enumerate(ordered)}
    query = "SELECT key, parent, place FROM board"
    old = {key: (parent, place) for key, parent, place in store.database.execute(query)}
    if rows == old:
        return
    for key in old.keys() - rows.keys():
        _forget(store, key)
    store.database.execute("DELETE FROM board")
    store.database.executemany("INSERT INTO board VALUES (?, ?, ?)", ((key, *row) for key, row in rows.items()))
    for parent in {parent for parent, _ in [*old.values(), *rows.values()]}:
        store.touch(keys.boards(parent))


def _forget(store: Store, key: str) -> None:
    owner = keys.board_owner(key)
    _withdraw(store, key, set())
    store.set_fact(keys.board(key), None)
    store.set_fact(keys.board_counts(key), None)
    store.replace_entries(owner, ())
    store.replace_made(owner, (), ())


def _withdraw(store: Store, key: str, kept: set[str]) -> None:
    """Take out what a board said in languages in which it says nothing any more."""
    before = store.fact(keys.board(key), BoardRow)
    for one in before.translations if before else ():
        if one.language not in kept:
            store.replace_entries(keys.board_owner(key, one.language), ())
            store.replace_made(keys.board_owner(key, one.language), (), ())
