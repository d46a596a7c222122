"""Which changes on disk are heard."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from generator.serve.watch import Watcher, is_noise

from .harness import wait_until


class Ear:
    """Counts what the watcher says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changed = threading.Event()
        self.paths: list[Path | None] = []
        self.writing: dict[Path | None, bool] = {}
        self.troubles = 0
        self.said: list[str] = []

    def change(self, path: Path | None, *, writing: bool | None) -> None:
        self.paths.append(path)
        if writing is not None:
            self.writing[path] = writing
        self.changed.set()

    def trouble(self) -> None:
        self.troubles += 1

    def hears(self, act: Callable[[], object], seconds: float = 3.0) -> bool:
        time.sleep(0.05)
        self.changed.clear()
        act()
        return self.changed.wait(seconds)

    def watcher(self, observer: Callable[[], BaseObserver] = Observer) -> Watcher:
        ignored = [self.root / "output"]
        return Watcher(self.change, self.trouble, ignored=ignored, say=self.said.append, observer=observer)


@pytest.fixture
def ear(tmp_path: Path) -> Ear:
    (tmp_path / "content" / "cafe").mkdir(parents=True)
    (tmp_path / "output").mkdir()
    (tmp_path / "content" / "tea.md").write_text("tea")
    (tmp_path / "site.toml").write_text("title = 'x'")
    return Ear(tmp_path.resolve())


@pytest.fixture
def watcher(ear: Ear) -> Iterator[Watcher]:
    with ear.watcher() as watcher:
        watcher.follow([ear.root / "content", ear.root / "site.toml", ear.root / "themes"])
        yield watcher


def in_place(path: Path) -> None:
    path.write_text("saved in place")


def by_rename(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.swp")
    fresh.write_text("saved beside")
    fresh.replace(path)


def with_backup(path: Path) -> None:
    path.with_name("4913").touch()
    path.with_name("4913").unlink()
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text("saved as new")
    path.with_name(f"{path.name}~").unlink()


def by_delete(path: Path) -> None:
    path.unlink()
    path.write_text("saved anew")


def from_elsewhere(path: Path) -> None:
    fresh = path.parents[2] / f"{path.name}.temporary"
    fresh.write_text("saved elsewhere")
    fresh.replace(path)


def in_pieces(path: Path) -> None:
    with path.open("w") as stream:
        for _ in range(5):
            stream.write("piece")
            stream.flush()
            time.sleep(0.01)


@pytest.mark.parametrize("save", [in_place, by_rename, with_backup, by_delete, from_elsewhere, in_pieces])
@pytest.mark.parametrize("name", ["content/tea.md", "content/cafe/new.md", "site.toml"])
def test_every_way_to_save_is_heard(ear: Ear, watcher: Watcher, save: Callable[[Path], None], name: str) -> None:
    (ear.root / name).touch()
    assert ear.hears(lambda: save(ear.root / name))


def test_deletes_and_moves_are_heard(ear: Ear, watcher: Watcher) -> None:
    content = ear.root / "content"
    assert ear.hears(lambda: (content / "tea.md").rename(content / "coffee.md"))
    assert ear.hears((content / "coffee.md").unlink)
    assert ear.hears(lambda: (content / "cafe").rename(content / "bar"))
    assert ear.hears(lambda: (content / "bar" / "new.md").write_text("in a moved folder"))
    assert ear.hears(lambda: (content / "bar").rename(ear.root / "away"))
    assert ear.hears(lambda: (ear.root / "away").rename(content / "back"))
    assert ear.hears(lambda: (content / "back" / "new.md").write_text("in a folder that came back"))
    assert ear.hears(lambda: shutil.rmtree(content / "back"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere changes may go unheard, so none is named")
def test_each_path_is_named_with_whether_it_is_still_written_to(ear: Ear, watcher: Watcher) -> None:
    tea, milk = ear.root / "content" / "tea.md", ear.root / "content" / "milk.md"
    with tea.open("a") as stream:
        stream.write("more")
        stream.flush()
        wait_until(lambda: ear.writing.get(tea) is True)
    wait_until(lambda: ear.writing[tea] is False)
    tea.rename(milk)
    wait_until(lambda: ear.writing.get(milk) is False)
    assert ear.writing[tea] is True
    assert set(ear.paths) == {tea, milk}
    ear.hears((ear.root / "content" / "new").mkdir)
    wait_until(lambda: None in ear.paths)


def test_where_changes_may_go_unheard_none_is_named(ear: Ear) -> None:
    with ear.watcher(PollingObserver) as watcher:
        watcher.follow([ear.root / "content"])
        assert ear.hears(lambda: (ear.root / "content" / "tea.md").write_text("x and more"))
    assert set(ear.paths) == {None}


def test_a_touch_and_a_change_of_rights_are_heard(ear: Ear, watcher: Watcher) -> None:
    assert ear.hears((ear.root / "content" / "tea.md").touch)
    assert ear.hears(lambda: (ear.root / "content" / "tea.md").chmod(0o600))


def test_a_folder_that_appears_later_is_heard(ear: Ear, watcher: Watcher) -> None:
    themes = ear.root / "themes"
    assert ear.hears(themes.mkdir)
    assert watcher.follow([ear.root / "content", themes])
    assert ear.hears(lambda: (themes / "base.html").write_text("x"))


def test_a_watched_folder_that_is_replaced_is_heard(ear: Ear, watcher: Watcher) -> None:
    content = ear.root / "content"
    assert ear.hears(lambda: content.rename(ear.root / "old"))
    assert ear.hears(lambda: shutil.copytree(ear.root / "old", content))
    watcher.follow([content])
    assert ear.hears(lambda: (content / "cafe" / "new.md").write_text("x"))


def test_what_is_no_longer_followed_is_not_heard(ear: Ear, watcher: Watcher) -> None:
    assert not watcher.follow([ear.root / "site.toml"])
    assert not ear.hears(lambda: (ear.root / "content" / "tea.md").write_text("x"), 0.3)


def test_reading_is_not_heard(ear: Ear, watcher: Watcher) -> None:
    assert not ear.hears((ear.root / "content" / "tea.md").read_text, 0.3)


def test_the_output_and_other_files_are_not_heard(ear: Ear, watcher: Watcher) -> None:
    def write() -> None:
        (ear.root / "output" / "index.html").write_text("x")
        (ear.root / "notes.txt").write_text("x")
        (ear.root / ".anjoman").mkdir()
        (ear.root / ".anjoman" / "state.db").write_text("x")
        (ear.root / "content" / ".tea.md.swp").write_text("x")
        (ear.root / "content" / ".#tea.md").write_text("x")

    assert not ear.hears(write, 0.3)


def test_an_output_inside_a_followed_folder_is_not_heard(ear: Ear) -> None:
    with ear.watcher() as watcher:
        watcher.follow([ear.root])
        assert not ear.hears(lambda: (ear.root / "output" / "index.html").write_text("x"), 0.3)
        assert ear.hears(lambda: (ear.root / "static.txt").write_text("x"))


@pytest.mark.skipif(os.name == "nt", reason="symlinks need a privilege on Windows")
def test_a_followed_folder_may_be_a_symlink(ear: Ear) -> None:
    (ear.root / "link").symlink_to(ear.root / "content")
    with ear.watcher() as watcher:
        watcher.follow([ear.root / "link"])
        assert ear.hears(lambda: (ear.root / "content" / "tea.md").write_text("x"))


@pytest.mark.parametrize(
    "path",
    [
        *("tea.md~", ".tea.md.swp", ".tea.md.swo", "4913", ".#tea.md", "#tea.md#", ".goutputstream-AB12", ".DS_Store"),
        *("tea.md___jb_tmp___", ".git/index.lock", ".venv/lib/x.py", "__pycache__/x.pyc", "a/node_modules/b/c.js"),
    ],
)
def test_editors_and_tools_files_are_noise(path: str) -> None:
    assert is_noise(PurePath(path))


@pytest.mark.parametrize("path", ["tea.md", "a/4913/tea.md", ".well-known/x.txt", ".nojekyll", "c#.md", "swp", "."])
def test_sources_are_no_noise(path: str) -> None:
    assert not is_noise(PurePath(path))


class Limited(PollingObserver):
    """An observer on a system that watches no more folders."""

    def schedule(self, *_: object, **__: object) -> None:  # type: ignore[override]
        raise OSError(errno.ENOSPC, "inotify watch limit reached")


def refuse() -> BaseObserver:
    raise OSError(errno.EMFILE, "inotify instance limit reached")


@pytest.mark.parametrize("observer", [Limited, refuse])
def test_at_the_systems_limit_it_polls_and_says_so(ear: Ear, observer: Callable[[], BaseObserver]) -> None:
    with ear.watcher(observer) as watcher:
        watcher.follow([ear.root / "content"])
        assert ear.hears(lambda: (ear.root / "content" / "cafe" / "new.md").write_text("x"))
    assert len(ear.said) == 1
    assert "max_user_watches" in ear.said[0]


def test_an_overflow_of_the_kernels_queue_is_trouble(ear: Ear, watcher: Watcher) -> None:
    logger = logging.getLogger("watchdog.observers.inotify_c")
    logger.warning("Inotify queue overflowed; filesystem events were lost")
    logger.warning("something else")
    assert ear.troubles == 1
