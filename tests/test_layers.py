"""The house: which module may import which, and that the manual names every setting and field."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from generator import honours, settings, shown
from generator.markup import fields
from generator.schema import describe

PACKAGE = Path(__file__).parent.parent / "generator"
MANUAL = PACKAGE.parent / "content" / "manual"

LAYERS = (
    "shapes errors digest podcast model addresses usage embeds",
    "counting recaps schema honours slugs folding dates shown settings config history report language calendars words toml bytecode listing installed sfnt fonts typesetting drawing kept sound film avif exif pictures whole resizing timed media directories markup",
    "heard seen polls mails mbox overriding templating assets theme environment views entry_views responsive previews policy structured recorded spoken syndication podcasting catalog",
    "playing inventory links people tallies edits medals places albums episodes translated present related answering mailing cards mentions series activity conversing",
    "api",
    "site stages | features importers inlets",
    "registry plugins unchanged build",
    "serve check why scaffold translation reference",
    "cli",
)
"""From the ground up: each may import its own layer and those before it; `|` parts two that don't know each other."""

ROOMS = {name: (floor, wing) for floor, layer in enumerate(LAYERS) for wing, half in enumerate(layer.split("|")) for name in half.split()}

SEEN_BY_FEATURES = {
    "activity", "addresses", "albums", "answering", "api", "calendars", "cards", "catalog.rows", "conversing", "edits", "entry_views", "settings", "directories", "drawing", "episodes", "inventory", "kept", "language", "mentions", "medals", "mailing", "mails", "mbox", "model",
    "exif", "pictures", "podcast", "podcasting", "present", "recaps", "related", "series", "resizing", "seen", "sfnt", "shown", "slugs", "syndication", "timed", "typesetting", "views",
}  # fmt: skip
"""What a feature may import: the door, and the plain data and names that come through it."""


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """A module's name below `generator`: `catalog.rows`, `` for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """The modules of this package that a module imports, anywhere in it."""
    known = {name_of(one) for one in modules()}
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {one if one.removeprefix("generator.") in known else str(node.module) for one in inside}
    return {name.removeprefix("generator.") for name in found if name.startswith("generator.")}


def room(module: str) -> tuple[int, int]:
    return ROOMS[module.partition(".")[0]]


def allowed(module: str, other: str) -> bool:
    (floor, wing), (other_floor, other_wing) = room(module), room(other)
    return other_floor < floor or (other_floor == floor and other_wing == wing)


def test_every_module_has_its_layer() -> None:
    names = {name_of(path).partition(".")[0] for path in modules()} - {"", "__main__"}
    assert names <= ROOMS.keys()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_its_layer_and_those_below(path: Path) -> None:
    module = name_of(path)
    if module in ("", "__main__"):
        return
    assert [other for other in sorted(imports(path)) if not allowed(module, other)] == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "features").rglob("*.py")), ids=name_of)
def test_a_feature_imports_the_door_and_never_another_feature(path: Path) -> None:
    module = name_of(path)
    own = ".".join(module.split(".")[:2])
    others = {other for other in imports(path) if not other.startswith(f"{own}.") and other != own}
    assert others <= SEEN_BY_FEATURES


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_is_small_says_what_it_is_for_and_is_not_called_utils(path: Path) -> None:
    text = path.read_text("utf-8")
    assert path.stem != "utils"
    assert ast.get_docstring(ast.parse(text)), "opens with what it is for"
    assert text.count("\n") <= 400


def documented() -> set[str]:
    """All names that an author can write: settings, and fields of every kind of file."""
    sections = (
        settings.SiteSettings, settings.MarkdownSettings, settings.FeedSettings, settings.SearchSettings, settings.CardSettings, settings.EmbedSettings,
        settings.BoardSettings, settings.TrustedSettings, settings.TranslationSettings, settings.TopSettings, honours.BadgeSettings, honours.TrustSettings,
        shown.MentionSettings, shown.ActivitySettings,
    )  # fmt: skip
    names = {setting.name for section in sections for setting in describe(section)}
    forms = (fields.TopicForm, fields.ReplyForm, fields.BoardForm, fields.MemberForm, fields.MarkdownForm)
    own = {each.name for form in forms for each in describe(form)}
    return names | own


@pytest.mark.skipif(not MANUAL.is_dir(), reason="the manual is not here")
def test_the_manual_names_every_setting_and_field() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted(MANUAL.rglob("*.md")))
    missing = {name for name in documented() if f"`{name}`" not in text and f"{name} =" not in text and f"{name}:" not in text}
    assert not missing
