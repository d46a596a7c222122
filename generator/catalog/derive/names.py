"""Members and tags: who and what is named anywhere, under which address, and how often."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog import keys
from generator.catalog.derive.boards import own_text
from generator.catalog.derive.context import Terms
from generator.catalog.packing import dump, load
from generator.catalog.rows import MemberCounts, MemberRow, MemberText, Place, TagRow
from generator.catalog.store import Named, Store
from generator.errors import Problem
from generator.model import MemberFields, Moment
from generator.slugs import fold, stable

_FILES = (
    "SELECT path, topic, head, language FROM source JOIN document ON document.source = path"
    " WHERE role = 'member' AND head IS NOT NULL ORDER BY path"
)


class MemberSource(Struct, frozen=True):
    """A member's file: the key is its folded stem. `others` are the translations, which give a name, a title and a text."""

    key: str
    stem: str
    path: str
    fields: MemberFields
    language: str = ""
    others: tuple[MemberSource, ...] = ()

    def names(self) -> set[str]:
        """All names that mean this member."""
        others = {one.fields.name for one in self.others if one.fields.name}
        return {self.stem, self.fields.name or self.stem, *self.fields.also} | others


def member_files(store: Store) -> dict[str, MemberSource]:
    """All members with a file, by key; of two with one key and language the first by path.

    A translation of nothing is the member's file.
    """
    found: dict[str, dict[str, MemberSource]] = {}
    for path, stem, head, language in store.database.execute(_FILES):
        source = MemberSource(fold(stem), stem, path, load(MemberFields, head), language)
        found.setdefault(source.key, {}).setdefault(language, source)
    return {key: _together(sources) for key, sources in found.items()}


def _together(sources: Mapping[str, MemberSource]) -> MemberSource:
    """A member's file with its translations, by language."""
    first, *others = (sources[language] for language in sorted(sources))
    return replace(first, others=tuple(others))


def alias_members(store: Store, files: Mapping[str, MemberSource]) -> set[str]:
    """Write which names mean which member; the folded names whose meaning changed."""
    for source in files.values():
        named: set[Named] = {("alias", fold(name), source.key) for name in source.names()}
        store.replace_made(f"alias/{source.path}", (), named)
    known = {source.path for source in files.values()}
    query = "SELECT DISTINCT owner FROM named WHERE family = 'alias'"
    for (owner,) in store.database.execute(query).fetchall():
        path = owner.removeprefix("alias/")
        if path not in known:
            store.replace_made(owner, (), ())
            store.replace_made(f"member/{path}", (), ())
    changed = store.changes.names.get("alias", set())
    for folded in changed:
        store.touch(keys.member(folded))
    return changed


def writers(store: Store, folded: Iterable[str]) -> set[str]:
    """The keys of the topics in which these names wrote."""
    found: set[str] = set()
    for name in folded:
        query = "SELECT owner FROM named WHERE family = 'member' AND folded = ?"
        found |= {owner.removeprefix("topic/").partition(keys.SEPARATOR)[0] for (owner,) in store.database.execute(query, [name])}
    return found


class Names:
    """Derives members and tags whose names or lists changed."""

    def __init__(self, store: Store, terms: Terms, files: Mapping[str, MemberSource]) -> None:
        self.store = store
        self.terms = terms
        self.files = files
        self.settled: set[str] = set()
        self.roles = {fold(name): role for role, names in terms.settings.people.items() for name in names}

    def derive(self, *, everything: bool, files_changed: bool) -> None:
        """Settle the members and tags that this run concerns."""
        changes = self.store.changes.names
        written, tags, aliases = changes.get("member", set()), changes.get("tag", set()), changes.get("alias", set())
        if everything:
            written, tags = self._used("member"), self._used("tag")
        members = {self._canonical(folded) for folded in written | aliases} | aliases
        if everything:
            members |= self._known("member") | self.files.keys()
            tags |= self._known("tag")
        elif files_changed:
            members |= self.files.keys()
        self.settled = members
        self._settle("member", members)
        self._settle("tag", tags)
        self._count(everything=everything)

    def _used(self, family: str) -> set[str]:
        query = "SELECT DISTINCT folded FROM named WHERE family = ?"
        return {folded for (folded,) in self.store.database.execute(query, [family])}

    def _known(self, family: str) -> set[str]:
        query = "SELECT key FROM addressed WHERE family = ?"
        return {key for (key,) in self.store.database.execute(query, [family])}

    def _canonical(self, folded: str) -> str:
        query = "SELECT value FROM named WHERE family = 'alias' AND folded = ? ORDER BY owner LIMIT 1"
        found = self.store.database.execute(query, [folded]).fetchone()
        return found[0] if found else folded

    def _settle(self, family: str, changed: set[str]) -> None:
        """Give each its name and wished address, then settle who shares one."""
        slugs: set[str] = set()
        for key in changed:
            old = self._addressed(family, key)
            name = self._name(family, key)
            if family == "member" and key not in self.files:
                self.store.replace_entries(keys.member_owner(key), ())
                self._withdraw(key, set())
            if name is None:
                self._forget(family, key)
            if old:
                slugs.add(old[0])
            if name is not None:
                slug = stable(self.files[key].stem if family == "member" and key in self.files else name)
                slugs.add(slug)
                self.store.database.execute(
                    "INSERT OR REPLACE INTO addressed VALUES (?, ?, ?, ?, ?)",
                    [family, key, slug, name, old[1] if old else ""],
                )
        for slug in slugs:
            self._share(family, slug)
        if changed:
            query = "SELECT 1 FROM addressed WHERE family = ? LIMIT 1"
            self.store.set_fact(keys.anyone(family), True if self.store.database.execute(query, [family]).fetchone() else None)

    def _addressed(self, family: str, key: str) -> tuple[str, str] | None:
        query = "SELECT slug, address FROM addressed WHERE family = ? AND key = ?"
        found: tuple[str, str] | None = self.store.database.execute(query, [family, key]).fetchone()
        return found

    def _name(self, family: str, key: str) -> str | None:
        """The name shown: the file's, else the first spelling in use; None where nobody uses it any more."""
        if family == "member" and key in self.files:
            return self.files[key].fields.name or self.files[key].stem
        query = "SELECT min(value) FROM named WHERE family = ? AND folded = ?"
        found: str | None = self.store.database.execute(query, [family, key]).fetchone()[0]
        if found is not None and family == "member" and self._canonical(key) != key:
            return None
        return found

    def _forget(self, family: str, key: str) -> None:
        self.store.database.execute("DELETE FROM addressed WHERE family = ? AND key = ?", [family, key])
        if family == "tag":
            self.store.set_fact(keys.tag(key), None)
            self.store.touch(keys.tags())
        else:
            self.store.set_fact(keys.member(key), None)
            self.store.set_fact(keys.member_counts(key), None)
            self.store.touch(keys.members())

    def _share(self, family: str, slug: str) -> None:
        """Addresses of all that wish for one slug: the first has it, the others get a suffix."""
        query = "SELECT key, name FROM addressed INDEXED BY addressed_slug WHERE family = ? AND slug = ? ORDER BY key"
        for place, (key, name) in enumerate(self.store.database.execute(query, [family, slug]).fetchall()):
            suffix = "-" + hashlib.blake2b(key.encode(), digest_size=3).hexdigest() if place else ""
            if slug == "page":
                suffix = "-" + hashlib.blake2b(key.encode(), digest_size=3).hexdigest()
            address = f"/{family}s/{slug}{suffix}/"
            self.store.database.execute(
                "UPDATE addressed SET address = ? WHERE family = ? AND key = ?", [address, family, key]
            )
            if family == "tag":
                if self.store.set_fact(keys.tag(key), TagRow(key, name, address)):
                    self.store.touch(keys.tags())
            elif self.store.set_fact(keys.member(key), self._member(key, name, address)):
                self.store.touch(keys.members())

    def _member(self, key: str, name: str, address: str) -> MemberRow:
        source = self.files.get(key)
        if source is None:
            return MemberRow(key, name, address, role=self.roles.get(key, ""))
        self._withdraw(key, {one.path for one in source.others})
        self.store.replace_entries(keys.member_owner(key), own_text(self.store, source.path))
        self._locate(source, name, address)
        fields = source.fields
        return MemberRow(
            key, name, address, source.path, fields.avatar, fields.url, dict(fields.links), fields.joined,
            fields.role or self._role(source), fields.title, fields.bot, fields.aliases,
            tuple(self._translation(one, source, name, address) for one in source.others),
        )  # fmt: skip

    def _translation(self, one: MemberSource, original: MemberSource, name: str, address: str) -> MemberText:
        """What a member is called in another language; what the file does not say is as in the original."""
        found = MemberText(
            one.language, one.path, f"/{one.language}{address}", one.fields.name or name, one.fields.title or original.fields.title
        )
        self.store.replace_entries(keys.member_owner(original.key, one.language), own_text(self.store, one.path))
        place = dump(Place(found.address, found.name)).decode()
        self.store.replace_made(f"member/{one.path}", (), {("path", one.path, place)})
        return found

    def _withdraw(self, key: str, kept: set[str]) -> None:
        """Take out what a member said in files that are no translations any more."""
        before = self.store.fact(keys.member(key), MemberRow)
        for one in before.translations if before else ():
            if one.path not in kept:
                self.store.replace_entries(keys.member_owner(key, one.language), ())
                self.store.replace_made(f"member/{one.path}", (), ())

    def _role(self, source: MemberSource) -> str:
        names = (source.stem, source.fields.name, *source.fields.also)
        return next((self.roles[fold(name)] for name in names if fold(name) in self.roles), "")

    def _locate(self, source: MemberSource, name: str, address: str) -> None:
        """The file's place and its old addresses."""
        found: set[Named] = {("path", source.path, dump(Place(address, name)).decode())}
        found |= {("redirect/", alias, json.dumps([address, source.path])) for alias in source.fields.aliases}
        self.store.replace_made(f"member/{source.path}", (), found)

    def _count(self, *, everything: bool) -> None:
        """Count anew what is in the lists of members that changed."""
        lists = self.store.lists
        lists.write()
        scopes = [*lists.changed]
        if everything:
            scopes += [scope for (scope,) in self.store.database.execute("SELECT scope FROM list")]
        parts = (scope.partition(keys.SEPARATOR) for scope in scopes)
        for key in {name for family, _, name in parts if family in ("posts", "author")}:
            posts = keys.scope("posts", key)
            entries, topics = lists.length(posts), lists.length(keys.scope("author", key))
            query = "SELECT (SELECT min(at) FROM listing WHERE scope = ?1), (SELECT max(at) FROM listing WHERE scope = ?1)"
            first, last = self.store.database.execute(query, [posts]).fetchone()
            counts = MemberCounts(topics, entries, first or 0, last or 0) if entries or topics else None
            before = self.store.fact(keys.member_counts(key), MemberCounts)
            if self.store.set_fact(keys.member_counts(key), counts) and _standing(before) != _standing(counts):
                self.store.touch(keys.member_standing(key))


def _standing(counts: MemberCounts | None) -> tuple[int, Moment]:
    return (counts or MemberCounts()).standing()


def doubles(store: Store, files: Mapping[str, MemberSource]) -> Iterator[Problem]:
    """Files of members who have one already."""
    firsts = {(one.key, one.language): one.path for source in files.values() for one in (source, *source.others)}
    for path, stem, _, language in store.database.execute(_FILES):
        first = firsts[fold(stem), language]
        if path != first:
            message = f"the member “{stem}” has the file {first} already; this one is left out"
            yield Problem(path, 1, "", message, "Put the two together, or rename one.")


def claims(files: Mapping[str, MemberSource]) -> list[Problem]:
    """Names that two members' files claim."""
    first: dict[str, MemberSource] = {}
    problems = []
    for source in sorted(files.values(), key=lambda source: source.path):
        for name in sorted(source.names()):
            owner = first.setdefault(fold(name), source)
            if owner is not source:
                message = f"the name “{name}” is claimed by {owner.path} already"
                hint = "Take it out of one of the two."
                problems.append(Problem(source.path, 1, "also", message, hint, "warning"))
    return problems
