"""Edits of what stands around the texts: settings, themes, static files, the clock, drafts."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from generator.theming import theme
from tests.laws.folder import FIRST_NOW, Edit, Folder
from tests.laws.values import MOMENTS, SETTINGS

DAY = 86_400
STATIC = ("static/logo.png", "static/robots.txt", "static/cafe/index.html", "static/cafe/reader/index.html")

TEMPLATES: dict[str, tuple[str, ...]] = {
    "templates/404.html": ("<title>{n}</title>{{{{ site.title }}}}",),
    "templates/redirect.html": ("<title>{n}</title>{{{{ href }}}}",),
    "templates/part.html": ("<p>Part {n}</p>", '{{% include "404.html" %}}'),
    "templates/page.html": (
        '{{{{ title }}}} {{{{ html }}}} {n} {{% include "part.html" ignore missing %}}',
        '{{% set name = "part.html" %}}{{{{ title }}}} {n} {{% include [name, "redirect.html"] ignore missing %}}',
        '{{% extends "base.html" %}}{{% block main %}}<p>{n} {{{{ title }}}}</p>{{% endblock %}}',
    ),
    "static/extra.css": ("p {{ top: {n}px }}", "p {{ background: url(picture.svg) }}"),
    "static/custom.css": ("h1 {{ top: {n}px }}",),
    "static/picture.svg": ("<svg>{n}</svg>",),
}
"""Files of a theme of the site's own, `{n}` being a number that changes."""


class Surroundings(Folder):
    """Every edit changes the folder at once, and says in words what it did."""

    def surrounding_edits(self) -> list[tuple[int, Edit]]:
        """The edits, each with its weight."""
        return [
            (4, self.change_setting),
            (2, self.change_theme),
            (1, self.change_base),
            (1, self.change_words),
            (1, self.change_static),
            (2, self.tick),
            (1, self.toggle_drafts),
        ]

    def change_setting(self) -> str:
        """Set or remove one setting."""
        name = self.random.choice(sorted(SETTINGS))
        if name in self.settings and self.random.random() < 0.4:
            del self.settings[name]
        else:
            self.settings[name] = self.random.choice(SETTINGS[name])
        self.save_settings()
        return f"site.toml: {name} = {self.settings.get(name)}"

    def change_theme(self) -> str:
        """A template or a style of the site's own comes, changes or goes."""
        name = self.random.choice(sorted(TEMPLATES))
        path = f"themes/agora/{name}"
        if (self.root / path).exists() and self.random.random() < 0.4:
            (self.root / path).unlink()
            return f"delete {path}"
        text = self.random.choice(TEMPLATES[name]).format(n=self.random.randrange(9))
        self.put(path, text.encode())
        return f"{path}: {text}"

    def change_base(self) -> str:
        """The template that all pages share comes, changes or goes."""
        path = "themes/agora/templates/base.html"
        if (self.root / path).exists():
            (self.root / path).unlink()
            return f"delete {path}"
        self.put(path, f"{_base(self.root.parent)}<!-- {self.random.randrange(9)} -->\n".encode())
        return f"change {path}"

    def change_words(self) -> str:
        """A catalog of the site's own comes, changes or goes."""
        path = self.random.choice(("locale/en.po", "locale/fa.po", "themes/agora/locale/fa.po"))
        if (self.root / path).exists() and self.random.random() < 0.4:
            (self.root / path).unlink()
            return f"delete {path}"
        word, number = self.random.choice(("Note", "Members", "Replies")), self.random.randrange(9)
        self.put(path, f'msgid "{word}"\nmsgstr "{word} {number}"\n'.encode())
        return f"change {path}"

    def change_static(self) -> str:
        """A static file comes, changes or goes; some want the address of a page."""
        path = self.random.choice(STATIC)
        if (self.root / path).exists() and self.random.random() < 0.5:
            (self.root / path).unlink()
            return f"delete {path}"
        self.put(path, self.random.randbytes(3))
        return f"change {path}"

    def tick(self) -> str:
        """The clock moves, in either direction, also to the second in which something is due."""
        days = FIRST_NOW + self.random.choice((-30, -3, 0, 1, 5, 10, 2000)) * DAY
        due = moment(self.random.choice(MOMENTS)) + self.random.choice((-1, 0, 1))
        self.now = self.random.choice((days, due))
        return f"now = {self.now}"

    def toggle_drafts(self) -> str:
        """Drafts are built, or no longer."""
        self.drafts = not self.drafts
        return f"drafts = {self.drafts}"


def moment(text: str) -> int:
    """One of the moments in UTC."""
    return int(datetime.fromisoformat(f"{text.removesuffix('Z')}+00:00" if ":" in text else f"{text}T00:00:00+00:00").timestamp())


@cache
def _base(folder: Path) -> str:
    """The built-in base template; `folder` is one without themes of its own."""
    return next(file.text() for file in theme.load("agora", folder, {}).templates if file.name == "base.html")
