"""The law of the check: what is told is exactly what is broken."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check import check_links

from .sites import built

NAMES = ["cafe", "tea", "چای", "a b", "50%"]
IDS = ["x", "y", "r-2"]
PLACES = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
LINKS = st.tuples(PLACES, st.sampled_from(["", *IDS]), st.booleans())
SITES = st.dictionaries(
    PLACES, st.tuples(st.sets(st.sampled_from(IDS)), st.lists(LINKS, max_size=6)), max_size=8
)


def _address(place: tuple[str, str], fragment: str, relative: bool) -> str:
    path = "/".join(place).replace("%", "%25").replace(" ", "%20") + "/"
    return ("../../" if relative else "/sub/") + path + (f"#{fragment}" if fragment else "")


@settings(max_examples=60, deadline=None)
@given(SITES)
def test_exactly_the_broken_links_are_told(
    site: dict[tuple[str, str], tuple[set[str], list[tuple[tuple[str, str], str, bool]]]],
) -> None:
    files: dict[str, str] = {}
    broken: set[tuple[str, str]] = set()
    for place, (ids, links) in site.items():
        name = f"{place[0]}/{place[1]}/index.html"
        addresses = [_address(*link) for link in links]
        files[name] = "".join(f'<p id="{one}">' for one in sorted(ids)) + "".join(
            f'<a href="{address}">x</a>\n' for address in addresses
        )
        for (target, fragment, _), address in zip(links, addresses, strict=True):
            if target not in site or (fragment and fragment not in site[target][0]):
                broken.add((name, address))
    with tempfile.TemporaryDirectory() as folder:
        problems = check_links(built(Path(folder), files), prefix="/sub")
    assert {(one.path, one.message[1:].partition("”")[0]) for one in problems} == broken
    assert len(problems) == len(broken)
