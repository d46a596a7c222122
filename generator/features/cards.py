"""Cards: pictures drawn for previews of topics, boards and pages, where the site wants them.

What they say is in `cards`, how they look in the theme's `card.svg`. A page names its picture by the same address.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from mimetypes import guess_type

from msgspec import Struct
from msgspec.structs import replace

from generator.addresses import card_address
from generator.api import Artifact, Canvas, Feature, Lookup, PageKind, Presenter, Problem, site_file
from generator.catalog.rows import BoardRow
from generator.lettering import drawing
from generator.lettering.sfnt import Face
from generator.lettering.typesetting import Block, Box, Typesetter, is_named
from generator.media import kept
from generator.present import cards
from generator.present.presenter import CARD
from generator.settings import CardSettings
from generator.views import Card, SiteView

feature = Feature("cards")

TITLE = Box(1040, 290, (88, 76, 66, 58, 52), lines=4, weight=700)
PLACE = Box(820, 60, (34,), weight=600)
AUTHOR = Box(480, 60, (32,), weight=500)
SITE = Box(400, 60, (32,), weight=600)
INITIALS = Box(70, 60, (30,), weight=600)
LOGOS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
LARGEST = 2_000_000
"""Bytes of a logo at most."""


class CardContext(Struct, frozen=True):
    """A picture of `width` times `height` pixels; its texts are set in lines, and have none where there is nothing to say."""

    site: SiteView
    card: Card
    """What it says, and in which colours."""
    width: int
    """How wide the picture is."""
    height: int
    """How high it is."""
    title: Block
    place: Block
    """The name of the board."""
    author: Block
    initials: Block
    """The letters that stand for the author."""
    name: Block
    """The name of the site."""
    logo: str
    """The site's logo as a `data:` address, or empty."""
    mark: bytes
    """The digest of the logo's file."""


class Drawn(PageKind[CardContext]):
    """A picture; who it is of is said by those that inherit."""

    templates = ("card.svg",)
    rank = 95

    def card(self, lookup: Lookup, arg: str) -> tuple[Presenter, Card | None]:
        """What is drawn, and the presenter of the page that it is of."""
        raise NotImplementedError

    def context(self, lookup: Lookup, arg: str) -> CardContext | None:
        """The texts, set with the fonts that there are."""
        presenter, card = self.card(lookup, arg)
        if card is None:
            return None
        setter = _typesetter(presenter, card.language)
        texts = ((card.title, TITLE), (card.place, PLACE), (card.author, AUTHOR), (card.initials, INITIALS), (card.site, SITE))
        blocks = [setter.block(text, box) for text, box in texts]
        if not blocks[0].lines:
            blocks[0] = replace(setter.block(card.site, TITLE), missing=blocks[0].missing)
        lookup.problems += [_missing(script) for script in dict.fromkeys(script for block in blocks for script in block.missing)]
        logo = f"static/{presenter.settings.logo.lstrip('/')}" if presenter.settings.logo else ""
        asset = lookup.asset(logo) if logo.lower().endswith(LOGOS) else None
        shown = asset if asset and asset.size < LARGEST else None
        title, place, author, initials, name = blocks
        return CardContext(
            site=presenter.site(),
            card=card,
            width=CARD[0],
            height=CARD[1],
            title=title,
            place=place,
            author=author,
            initials=initials,
            name=name,
            logo=shown.path if shown else "",
            mark=shown.digest if shown else b"",
        )

    def render(self, context: CardContext, canvas: Canvas) -> bytes:
        """The theme's SVG as PNG, kept by what it is made of."""
        if context.logo:
            data = b64encode(site_file(canvas.theme.site_root, context.logo).read_bytes()).decode()
            context = replace(context, logo=f"data:{guess_type(context.logo)[0]};base64,{data}")
        svg = canvas.page(self.templates[0], context).decode()
        blocks = (context.title, context.place, context.author, context.initials, context.name)
        fonts = dict(font for block in blocks for font in block.fonts)
        mark = drawing.mark(svg, tuple(fonts.values()))
        return kept.made(canvas.state, card_address(context.card.address), mark, lambda: drawing.png(svg, tuple(fonts)))


@feature.page
class BoardCards(Drawn):
    """`/_/cards/cafe.png` and `/_/cards/cafe/which-reader.png`."""

    name = "card"
    per_board = True

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """The board's in each of its languages, and those of its topics that have no picture."""
        board = lookup.board(scope)
        if board is None or not Presenter(lookup).draws_cards:
            return
        for language, address, path in _languages(board):
            yield Artifact(card_address(address), f"@{language}:{scope}", path)
        for key, address, path in lookup.bare(scope):
            yield Artifact(card_address(address), key, path)

    def card(self, lookup: Lookup, arg: str) -> tuple[Presenter, Card | None]:
        """A board's in a language (`@fa:cafe`), or a topic's by its key."""
        if not arg.startswith("@"):
            return _topic(lookup, arg)
        language, _, key = arg[1:].partition(":")
        board = lookup.board(key)
        presenter = Presenter(lookup, language or (board.language if board else ""))
        return presenter, cards.of_board(presenter, board, presenter.board_text(board)) if board else None


@feature.page
class SiteCards(Drawn):
    """`/_/cards.png` and `/_/cards/about.png`: those of the front page and the plain pages."""

    name = "site-card"

    def artifacts(self, lookup: Lookup, scope: str) -> Iterator[Artifact]:
        """One for each page that has no picture, the front page in each of its languages."""
        presenter = Presenter(lookup)
        if not presenter.draws_cards:
            return
        if not presenter.settings.card:
            yield Artifact(card_address("/"), "", "content/index.md")
        for key, address, path in lookup.bare(""):
            if key and not (key.startswith(".") and presenter.settings.card):
                yield Artifact(card_address(address), key, path)

    def card(self, lookup: Lookup, arg: str) -> tuple[Presenter, Card | None]:
        """A page's by its key; that of the front page is "", in another language ".fa"."""
        if arg and not arg.startswith("."):
            return _topic(lookup, arg)
        topic = lookup.topic(arg)
        presenter = Presenter(lookup, topic.language if topic else "")
        return presenter, cards.of_front(presenter, topic.address if topic else "/")


def _languages(board: BoardRow) -> Iterator[tuple[str, str, str]]:
    yield "", board.address, board.path
    for one in board.translations:
        yield one.language, one.address, one.path


def _topic(lookup: Lookup, key: str) -> tuple[Presenter, Card | None]:
    topic = lookup.headline(key)
    board = lookup.board(topic.board) if topic and topic.board else None
    presenter = Presenter(lookup, (topic.language if topic else "") or (board.language if board else ""))
    return presenter, cards.of_topic(presenter, topic, board) if topic else None


def _typesetter(presenter: Presenter, language: str) -> Typesetter:
    """One for all cards in a language, which remembers what is in the fonts."""
    return presenter.once(("typesetter", language), lambda new: _new_typesetter(new, language))


def _new_typesetter(presenter: Presenter, language: str) -> Typesetter:
    lookup = presenter.lookup
    wanted, faces = lookup.setting("cards", CardSettings).fonts, lookup.setting("fonts", tuple[Face, ...])
    lookup.problems += [_unknown(name) for name in wanted if not any(is_named(face, name) for face in faces)]
    return Typesetter(faces, language, wanted)


def _unknown(name: str) -> Problem:
    hint = "Name a family that the machine has, or a font file by its path below the site's folder."
    return Problem("site.toml", 0, "cards.fonts", f"there is no font “{name}”", hint, "warning")


def _missing(script: str) -> Problem:
    message = f"no font has letters of this kind: {script}; previews leave them out"
    hint = "Install a font that has them, as one of Noto, or name its file in `fonts`."
    return Problem("site.toml", 0, "cards", message, hint, "warning")
