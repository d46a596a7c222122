"""Which file an address means, and that none means a file outside the output."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.serve.files import locate, locate_file, media_type

HOSTILE = [
    "..",
    "../secret.txt",
    "a/../../secret.txt",
    "a/..",
    "./index.html",
    "a/./b.txt",
    "..\\secret.txt",
    "a\\b.txt",
    "\\secret.txt",
    "/secret.txt",
    "//secret.txt",
    "a//b.txt",
    "C:",
    "C:/secret.txt",
    "c:secret.txt",
    "index.html:stream",
    "index.html::$DATA",
    "index.html\x00.png",
    "\x00",
    "a\nb",
    "a/.. /x",
    "a/b.txt.",
    "a/b.txt ",
    "con",
    "NUL.txt",
    "a/aux",
    "lpt1.html",
    ".git/config",
    ".env",
    "a/.hidden",
    "~root/../x",
    "a" * 5000,
    "a/" * 3000,
    "\ud800",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    (output / "a").mkdir(parents=True)
    (output / ".git").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    for name in ("index.html", "a/b.txt", "a/.hidden", ".env", ".git/config"):
        (output / name).write_text("open")
    (output / ".well-known").mkdir()
    (output / ".well-known" / "security.txt").write_text("open")
    return output


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_finds_nothing(root: Path, address: str) -> None:
    assert locate(root, address) is None


@pytest.mark.parametrize("address", ["index.html", "a/b.txt", ".well-known/security.txt"])
def test_a_plain_address_finds_its_file(root: Path, address: str) -> None:
    assert locate_file(root, address) == (root / address).resolve()


def test_a_folder_is_found_but_is_no_file(root: Path) -> None:
    assert locate(root, "a/") == locate(root, "a") == (root / "a").resolve()
    assert locate_file(root, "a") is None


@given(st.text(alphabet="./\\:ab%\x00 ~", max_size=30))
def test_nothing_outside_the_root_is_ever_found(tmp_path_factory: pytest.TempPathFactory, address: str) -> None:
    root = tmp_path_factory.getbasetemp()
    found = locate(root, address)
    assert found is None or found.is_relative_to(root.resolve())


@pytest.mark.skipif(os.name == "nt", reason="symlinks need a privilege on Windows")
def test_a_symlink_is_followed_only_within_the_root(root: Path) -> None:
    (root / "out.txt").symlink_to(root.parent / "secret.txt")
    (root / "up").symlink_to(root.parent)
    (root / "loop").symlink_to(root / "loop")
    (root / "in.txt").symlink_to(root / "a" / "b.txt")
    assert locate(root, "out.txt") is None
    assert locate(root, "up/secret.txt") is None
    assert locate(root, "up") is None
    assert locate(root, "loop") is None
    assert locate(root, "in.txt") == (root / "a" / "b.txt").resolve()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file(root: Path) -> None:
    os.mkfifo(root / "pipe")
    assert locate_file(root, "pipe") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.rss", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("A.CSS", "text/css; charset=utf-8"),
        ("a.md", "text/plain; charset=utf-8"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.opus", "audio/ogg"),
        ("a.m4a", "audio/mp4"),
        ("a.unknown", "application/octet-stream"),
        ("noname", "application/octet-stream"),
    ],
)
def test_the_media_type_is_our_own_and_not_the_systems(name: str, expected: str) -> None:
    assert media_type(name) == expected
