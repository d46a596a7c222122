"""`anjoman new`: writes boards, topics, posts, replies and members; nothing that exists is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from generator import scaffold
from generator.cli import exits
from generator.cli.draft import Draft, compose, taken_ids
from generator.cli.folder import Folder, known_names, open_folder
from generator.cli.options import block
from generator.cli.place import site_root
from generator.cli.writer import writer
from generator.errors import AnjomanError, Problem, SiteError, nearest
from generator.model import Role, Source, TopicFields
from generator.slugs import fold

F = TypeVar("F", bound=Callable[..., Any])


def _board_kind(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A kind of board that some feature brings."""
    from generator.registry import discover

    kinds = discover().board_kinds
    if value is not None and value not in kinds:
        raise click.BadParameter(f"there is no kind “{value}”. {nearest(value, kinds)}")
    return value


@click.group(
    epilog=block(
        "Examples",
        'anjoman new topic cafe "Which feed reader do you use?"',
        "anjoman new reply cafe/which-feed-reader-do-you-use",
        'anjoman new post "Hello, world" --no-edit',
        'echo "Me too." | anjoman new reply cafe/tea -',
    ),
)
def command() -> None:
    """Write a new board, topic, post, reply or member.

    The fields are filled in, then your editor opens ($VISUAL or $EDITOR). The text can also be given on
    the command line, or read from the input with “-”.
    """


def _complete(role: Role) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Completes the names of boards or topics in a shell; what is wrong with the site is no matter there."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            with ctx.scope(cleanup=False):
                found = open_folder(site_root()).of(role)
            keys = [source.board if role is Role.BOARD else source.topic for source in found]
        except (AnjomanError, OSError):
            return []
        return [CompletionItem(key) for key in dict.fromkeys(keys) if key.startswith(incomplete)]

    return complete


def _edit(function: F) -> F:
    return click.option(
        "--edit/--no-edit", default=None, help="Open the editor, or don't. Default: if there is a terminal and no TEXT."
    )(function)


def _author(function: F) -> F:
    option = click.option("--author", help="The member who writes. Default: who you are to git or your computer.")
    return option(click.option("--name", help="A visitor's name, in place of a member's.")(function))


_text = click.argument("text", required=False)
_board = click.argument("board", shell_complete=_complete(Role.BOARD))


@command.command(
    "board",
    epilog=block(
        "Examples",
        'anjoman new board "Café"',
        'anjoman new board "News" --kind blog --no-edit',
        'anjoman new board "Recipes" --inside cafe',
    ),
)
@click.argument("title")
@click.option("--inside", metavar="BOARD", help="The board that it is a part of.", shell_complete=_complete(Role.BOARD))
@click.option("--folder", "name", help="Its folder's name, which is its address. Default: from the title.")
@click.option("--kind", callback=_board_kind, metavar="KIND", help="How its topics are shown: forum (default), blog …")
@click.option("--description", default="", help="What it is for, in a sentence.")
@_edit
def new_board(
    title: str, inside: str | None, name: str | None, kind: str | None, description: str, edit: bool | None
) -> int:
    """Write a new board: a folder with a board.md."""
    folder = open_folder(site_root())
    above = f"{folder.board(inside).board}/" if inside else ""
    stem = scaffold.file_stem(name or title, folder.settings.site.language)
    if not above and stem == "members":
        stem = "members-1"
    key = above + stem
    fields = {"title": title, "kind": kind or "", "description": description}
    draft = Draft(Source(f"content/{key}/board.md", Role.BOARD, board=key), scaffold.header(fields))
    return _create(folder, compose(draft, folder, None, edit))


@command.command(
    "topic",
    epilog=block(
        "Examples",
        'anjoman new topic cafe "Which feed reader do you use?"',
        'anjoman new topic cafe "Tea" "Green or black?" --tags drinks,poll',
        'anjoman new topic cafe "Minutes" - < minutes.txt',
    ),
)
@_board
@click.argument("title")
@_text
@click.option("--tags", default="", help="What it is about: words with commas between them.")
@_author
@_edit
def new_topic(
    board: str, title: str, text: str | None, tags: str, author: str | None, name: str | None, edit: bool | None
) -> int:
    """Write a new topic on BOARD.

    TEXT is what it says; “-” reads it from the input.
    """
    folder = open_folder(site_root())
    stem = scaffold.file_stem(title, folder.settings.site.language)
    return _topic(folder, folder.board(board).board, stem, _topic_fields(folder, title, tags, author, name), text, edit)


@command.command(
    "post",
    epilog=block(
        "Examples",
        'anjoman new post "Hello, world"',
        'anjoman new post "Plans" --board blog --draft --no-edit',
    ),
)
@click.argument("title")
@_text
@click.option("--board", help="The blog. Default: the site's only one.", shell_complete=_complete(Role.BOARD))
@click.option("--tags", default="", help="What it is about: words with commas between them.")
@click.option("--draft", is_flag=True, help="Don't build it yet.")
@_author
@_edit
def new_post(
    title: str, text: str | None, board: str | None, tags: str, draft: bool,
    author: str | None, name: str | None, edit: bool | None,
) -> int:  # fmt: skip
    """Write a new post on the blog.

    Its file's name begins with today's date. TEXT is what it says; “-” reads it from the input.
    """
    folder = open_folder(site_root())
    key = folder.board(board).board if board else _blog(folder)
    fields = {**_topic_fields(folder, title, tags, author, name), "draft": "true" if draft else ""}
    stem = f"{_now(folder):%Y-%m-%d}-{scaffold.file_stem(title, folder.settings.site.language)}"
    return _topic(folder, key, stem, fields, text, edit)


@command.command(
    "reply",
    epilog=block(
        "Examples",
        "anjoman new reply cafe/tea",
        'anjoman new reply cafe/tea "Green, please." --author sara',
        "anjoman new reply cafe/tea --to 2 - < answer.txt",
    ),
)
@click.argument("topic", shell_complete=_complete(Role.TOPIC))
@_text
@click.option("--to", metavar="ID", help="The entry that it answers. Default: the topic.")
@_author
@click.option("--own-file", is_flag=True, help="Write it into a file of its own in the topic's folder.")
@_edit
def new_reply(
    topic: str, text: str | None, to: str | None, author: str | None, name: str | None, own_file: bool,
    edit: bool | None,
) -> int:  # fmt: skip
    """Write a reply to TOPIC.

    It goes to the end of the topic's file; where the topic has a folder, into a file of its own there, so
    that two people can write at once. TEXT is what it says; “-” reads it from the input.
    """
    folder = open_folder(site_root())
    opening = folder.topic(topic)
    taken = _open_for_replies(folder, opening, to)
    home = _home(folder, opening, own_file=own_file)
    now = _now(folder)
    fields = {
        "id": scaffold.new_id(now, taken),
        **_who(folder, author, name),
        "date": f"{now:%Y-%m-%d %H:%M:%S}",
        "reply_to": to or "",
    }
    mark = f".{opening.language}" if opening.language else ""
    path = f"{home}/{fields['id']}{mark}.md" if home else opening.path
    source = Source(path, Role.REPLIES, opening.board, opening.topic, opening.language)
    draft = compose(Draft(source, scaffold.header(fields), taken=taken), folder, text, edit)
    if home or draft is None:
        return _create(folder, draft)
    scaffold.append(folder.root / opening.path, draft.written())
    click.echo(f"Added the reply to {opening.path}")
    return exits.FINE


@command.command(
    "member",
    epilog=block(
        "Examples",
        "anjoman new member Leila",
        'anjoman new member "Omid Rad" "I make maps." --role moderator',
    ),
)
@click.argument("name")
@_text
@click.option("--title", default="", help="A line below the name.")
@click.option("--role", default="", help="What they do here, as “moderator”.")
@click.option("--url", default="", help="Their own site.")
@_edit
def new_member(name: str, text: str | None, title: str, role: str, url: str, edit: bool | None) -> int:
    """Write a new member's file: their profile.

    TEXT is what they say of themselves; “-” reads it from the input.
    """
    folder = open_folder(site_root())
    stem = scaffold.file_stem(name, folder.settings.site.language)
    if known := folder.member([name, stem]):
        hint = f"It is in content/members/, in a file named {known}.md"
        raise SiteError(Problem("", 0, "", f"there is a member “{name}” already", hint))
    joined = f"{_now(folder):%Y-%m-%d}"
    fields = {"name": name, "title": title, "role": role, "url": url, "joined": joined}
    source = Source(f"content/members/{stem}.md", Role.MEMBER, topic=stem)
    return _create(folder, compose(Draft(source, scaffold.header(fields)), folder, text, edit))


# What the commands have in common -------------------------------------------


def _now(folder: Folder) -> datetime:
    return datetime.now(folder.settings.site.zone)


def _who(folder: Folder, author: str | None, name: str | None) -> dict[str, str]:
    if author and name:
        raise click.UsageError("--author is for a member, --name for a visitor: give one of them")
    if name:
        return {"name": name}
    return {"author": (folder.member([author]) or author) if author else writer(folder)}


def _topic_fields(
    folder: Folder, title: str, tags: str, author: str | None, name: str | None
) -> dict[str, str | list[str]]:
    return {
        "title": title,
        **_who(folder, author, name),
        "date": f"{_now(folder):%Y-%m-%d %H:%M}",
        "tags": [tag for tag in map(str.strip, tags.replace("،", ",").split(",")) if tag],
    }


def _topic(
    folder: Folder, board: str, stem: str, fields: dict[str, str | list[str]], text: str | None, edit: bool | None
) -> int:
    stem = scaffold.free_stem(stem, folder.stems(f"content/{board}"))
    source = Source(f"content/{board}/{stem}.md", Role.TOPIC, board=board, topic=f"{board}/{stem}")
    return _create(folder, compose(Draft(source, scaffold.header(fields)), folder, text, edit))


def _blog(folder: Folder) -> str:
    blogs = folder.blogs()
    if len(blogs) == 1:
        return blogs[0]
    hint = f"Name one with --board: {', '.join(blogs)}" if blogs else 'Begin one: anjoman new board "Blog" --kind blog'
    raise SiteError(Problem("", 0, "", "there are several blogs" if blogs else "there is no blog yet", hint))


def _open_for_replies(folder: Folder, opening: Source, to: str | None) -> frozenset[str]:
    """The ids of a topic's entries; raises `SiteError` where it takes no replies, or has not the entry answered."""
    head = folder.read(opening).head
    if not isinstance(head, TopicFields):
        raise SiteError(Problem(opening.path, 0, "", "the topic can't be read", "Mend it first: anjoman build"))
    if head.locked:
        hint = "Take `locked` out of its fields to open it again."
        raise SiteError(Problem(opening.path, 0, "locked", "the topic takes no more replies", hint))
    taken = taken_ids(folder, folder.thread(opening))
    if to and to not in taken:
        raise SiteError(Problem(opening.path, 0, "--to", f"there is no entry “{to}”", known_names(to, taken)))
    return taken


def _home(folder: Folder, opening: Source, *, own_file: bool) -> str:
    """The folder of a topic's replies; "" where they stand in the topic's own file."""
    above, _, name = opening.path.rpartition("/")
    if fold(name.partition(".")[0]) == "index":
        return above
    mark = f".{opening.language}" if opening.language else ""
    home = f"content/{opening.topic.removesuffix(mark)}"
    return home if own_file or (folder.root / home).is_dir() else ""


def _create(folder: Folder, draft: Draft | None) -> int:
    if draft is None:
        click.echo("Nothing was written: there is no text.", err=True)
        return exits.FINE
    path = folder.root / draft.source.path
    try:
        scaffold.create(path, draft.written())
    except FileExistsError as error:
        hint = "Choose another name, or edit that file."
        raise SiteError(Problem(draft.source.path, 0, "", "the file is there already", hint)) from error
    click.echo(f"Wrote {draft.source.path}")
    return exits.FINE
