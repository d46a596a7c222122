"""`anjoman themes`: lists the themes that a site can use, with what each offers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import exits
from generator.cli.options import block
from generator.cli.place import site_root
from generator.cli.printing import color, printable
from generator.errors import SiteError

if TYPE_CHECKING:
    from generator.theming.theme import Option


@click.command(
    epilog=block(
            "Examples",
            "anjoman themes",
            "anjoman themes --templates > templates.md",
        )
        + block(
            "Choose one in site.toml",
            "[theme]",
            'name = "agora"',
            'accent = "#0b6a5d"',
        ),
)
@click.option("--templates", is_flag=True, help="Print what each template gets, as Markdown, for those who write a theme.")
def command(templates: bool) -> int:
    """List the themes and their options.

    Lists the themes in the site's folder themes/ and the built-in ones. Outside a site, only the built-in ones.
    """
    root = _site()
    if templates:
        _reference(root)
        return exits.FINE
    for place in dict.fromkeys(_places(root)):
        for manifest in sorted(place.glob("*/theme.toml")):
            _print(manifest, root)
    return exits.FINE


def _reference(root: Path) -> None:
    from generator import reference, registry
    from generator.theming import theme

    click.echo(reference.reference(registry.discover(packages=False), theme.load("agora", root, {})), nl=False)


def _site() -> Path:
    try:
        return site_root()
    except SiteError:
        return Path.cwd()


def _places(root: Path) -> tuple[Path, Path]:
    """The site's own themes, then the built-in (installed, or in a checkout)."""
    import generator

    package = Path(generator.__file__).parent
    installed = package / "themes"
    return root / "themes", installed if installed.is_dir() else package.parent / "themes"


def _print(manifest: Path, root: Path) -> None:
    from generator import toml
    from generator.theming import theme

    name = manifest.parent.name
    offers = theme.load(name, root, {}).offers
    values = toml.load(manifest.read_text(encoding="utf-8"), manifest.name).values
    click.echo(click.style(printable(name), bold=True), color=color())
    click.echo(f"  {printable(str(values.get('description', '')))}")
    for option in offers:
        click.echo(f"    {printable(option.name)} = {_kind(option)}")
        click.echo(f"        {printable(option.doc)}")


def _kind(option: Option) -> str:
    """What an option can be, and what it is where the site says nothing."""
    kinds = {"choice": " | ".join(option.choices), "choices": ", ".join(option.choices), "boolean": "true | false"}
    default = f' (default: "{option.default}")' if option.default else ""
    return printable(kinds.get(option.type, option.type) + default)
