"""Settings of what pages show besides texts: where something is mentioned, and how lively it is where.

They are sections of site.toml as those in `settings` are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.schema import doc, one_of


@dataclass(frozen=True, slots=True)
class MentionSettings:
    """The section [mentions]."""

    enabled: bool = field(default=True, metadata=doc("Whether pages of topics and members say where others mention them."))


@dataclass(frozen=True, slots=True)
class ActivitySettings:
    """The section [activity]."""

    places: tuple[str, ...] = field(
        default=(),
        metadata=doc(
            "What has charts of its activity: “site”, “boards”, “tags”, “members”.",
            check=one_of("site", "boards", "tags", "members"),
        ),
    )
