"""Templates that take the place of others of the same name: how the one behind is named.

A file of a child theme, or of the site's own folder, hides the one of the theme below. `parent/page.html` is the
template that `page.html` hides, so that a theme can change a block of it and keep the rest. What a file of macros
hides is the environment's business.
"""

from __future__ import annotations

import re
from collections.abc import Container

BEHIND = "parent/"


def behind(name: str, taken: Container[str]) -> str:
    """The name for one more template of this name, behind those that are there."""
    while name in taken:
        name = BEHIND + name
    return name


def bare(name: str) -> str:
    """A template's name in its own theme, whatever hides it."""
    return re.sub(rf"^(?:{BEHIND})+", "", name)


def meant(name: str, asker: str) -> str:
    """The template that another one asks for; a hidden one that asks for what is behind its name means the next."""
    return BEHIND + asker if name == BEHIND + bare(asker) else name
