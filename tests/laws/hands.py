"""What else happens to a site: quiet edits, its output and state touched by hand, upgrades, plugins, commits.

Nobody but a random script does these often; a build after each of them is right all the same.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from random import Random

from generator.site import state_file
from tests.laws import packages
from tests.laws.builds import Circumstances, many_jobs
from tests.laws.dates import Clock, Snapshot, changes, snapshot
from tests.laws.folder import Edit
from tests.laws.surroundings import DAY
from tests.laws.values import BREAKING
from tests.laws.world import World

OUTPUTS = ("output", "preview")
BREAKABLE = ("404.html", "page.html", "redirect.html")


class Hands(World):
    """A world in which anything happens.

    `packages` is the folder of installed ones. In a `slow` one some time passes before a build, so that no file
    is young. `unverified` are the outputs whose next build can't trust dates, `unseen` those to which something
    happened that nobody who watches the sources sees; of the others `seen` is what stood at their last build.
    """

    def __init__(self, root: Path, random: Random) -> None:
        super().__init__(root, random)
        self.slow = random.random() < 0.5
        self.clock = Clock(root)
        self.seen: dict[str, Snapshot] = {}
        self.preview = False
        self.version = 0
        self.mark = 0
        self.packages = root.parent / packages.FOLDER
        self.unverified: set[str] = set()
        self.unseen: set[str] = set()

    def edits(self) -> list[tuple[int, Edit]]:
        """All that can happen, each with its weight."""
        return [
            *super().edits(),
            (1, self.rest),
            (2, self.edit_quietly),
            (1, self.replace_quietly),
            (2, self.spoil_output),
            (1, self.spoil_quietly),
            (1, self.toggle_preview),
            (1, self.change_version),
            (1, self.age_state),
            (3, self.change_plugin),
            (1, self.break_setting),
            (1, self.break_theme),
            (1, self.own_theme),
            (1, self.commit),
        ]

    # Builds ----------------------------------------------------------------

    def circumstances(self, *, several: bool = False) -> Circumstances:
        """The next build's; it is told to verify where it has to."""
        if self.slow:
            self.clock.pass_time()
        output = OUTPUTS[self.preview]
        return Circumstances(
            self.now, self.drafts, self.preview, self.version, (self.packages, self.mark),
            jobs=many_jobs() if several and self.random.random() < 0.1 else 1,
            verify=output in self.unverified or self.random.random() < 0.05,
            look=self.random.random() < (0.7 if self.slow else 0.4), changed=self._changed(output),
        )  # fmt: skip

    def built(self, given: Circumstances, *, refused: bool) -> None:
        """A build was made; one that was refused knows nothing of what it should have seen."""
        if refused:
            self.unseen.add(given.output)
            return
        self.unverified.discard(given.output)
        self.unseen.discard(given.output)
        self.seen[given.output] = snapshot(self.root)

    def _changed(self, output: str) -> frozenset[Path] | None:
        """All paths that changed since an output was built, now and then, where they are known."""
        if output in self.unseen or output not in self.seen or self.random.random() < 0.5:
            return None
        return changes(self.root, self.seen[output])

    def _unseen(self) -> None:
        self.unseen.update(OUTPUTS)

    # Edits that no date shows ----------------------------------------------

    def rest(self) -> str:
        """Nobody does anything."""
        return "rest"

    def edit_quietly(self) -> str:
        """A file says something else with the same size, date and inode."""
        path = self.any_text()
        if path is None:
            return "nothing"
        target = self.root / path
        stat, data = target.stat(), _twisted(target.read_bytes())
        with target.open("r+b") as file:
            file.write(data)
        os.utime(target, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
        self.unverified.update(OUTPUTS)
        self._unseen()
        return f"edit {path} quietly"

    def replace_quietly(self) -> str:
        """A file is replaced by another of the same size and date, which only its inode shows."""
        path = self.any_text()
        if path is None:
            return "nothing"
        target = self.root / path
        stat, data = target.stat(), _twisted(target.read_bytes())
        other = target.with_name(".other")
        other.write_bytes(data)
        os.utime(other, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
        other.replace(target)
        if os.name == "nt":  # its listings tell no inodes
            self.unverified.update(OUTPUTS)
        return f"replace {path} by one of its date and size"

    # The output and the state ----------------------------------------------

    def spoil_output(self) -> str:
        """A file or folder of the output is changed, emptied, touched or deleted."""
        path = self._any_output()
        if path is None:
            return "nothing"
        self.unseen.add(OUTPUTS[self.preview])
        what = self.random.choice(("change", "empty", "touch", "delete", "delete the folder of", "delete all with"))
        if what == "change":
            path.write_bytes(path.read_bytes() + b"by hand")
        elif what == "empty":
            path.write_bytes(b"")
        elif what == "touch":
            self.date(path, self.random.randrange(10**18, 2 * 10**18))
        elif what == "delete":
            path.unlink()
        else:
            shutil.rmtree(path.parent if what == "delete the folder of" else self._output())
        return f"{what} {path.relative_to(self.root).as_posix()}"

    def spoil_quietly(self) -> str:
        """A file of the output is changed and keeps its size and date."""
        path = self._any_output()
        if path is None or not path.stat().st_size:
            return "nothing"
        date = path.stat().st_mtime_ns
        path.write_bytes(b"x" * path.stat().st_size)
        self.date(path, date)
        self.unverified.add(OUTPUTS[self.preview])
        self.unseen.add(OUTPUTS[self.preview])
        return f"spoil {path.relative_to(self.root).as_posix()} quietly"

    def toggle_preview(self) -> str:
        """The dev server's output is built, or the real one again."""
        self.preview = not self.preview
        return f"preview = {self.preview}"

    def age_state(self) -> str:
        """The state is one of an older version, with another schema."""
        state = state_file(self.root, self._output())
        if not state.exists():
            return "nothing"
        connection = sqlite3.connect(state)
        with connection:
            connection.execute("UPDATE meta SET value = 'older' WHERE name = 'schema'")
        connection.close()
        return f"{state.name} is of an older version"

    def _output(self) -> Path:
        return self.root / OUTPUTS[self.preview]

    def _any_output(self) -> Path | None:
        folder = self._output()
        name = self.pick(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        return folder / name if name else None

    # Anjoman and its packages ----------------------------------------------

    def change_version(self) -> str:
        """Anjoman is upgraded, or downgraded."""
        self.version = self.random.choice((0, 0, 1, 2))
        self._unseen()
        return f"version = {self.version}"

    def change_plugin(self) -> str:
        """A package that brings a feature comes, changes or goes."""
        self.mark += 1
        self._unseen()
        gone = self.packages.is_dir() and self.random.random() < 0.3
        return packages.uninstall(self.packages) if gone else packages.install(self.packages, self.random)

    # What can't be built ---------------------------------------------------

    def mend(self) -> str:
        """What was broken on purpose is as it should be."""
        for name in [name for name, value in self.settings.items() if value in BREAKING.get(name, ())]:
            del self.settings[name]
        self.save_settings()
        for name in BREAKABLE:
            (self.root / "themes/agora/templates" / name).unlink(missing_ok=True)
        return "mend"

    def break_setting(self) -> str:
        """A setting that is wrong."""
        name = self.random.choice(sorted(BREAKING))
        self.settings[name] = self.random.choice(BREAKING[name])
        self.save_settings()
        return f"site.toml: {name} = {self.settings[name]}"

    def break_theme(self) -> str:
        """A template that can't be read or rendered."""
        path = f"themes/agora/templates/{self.random.choice(BREAKABLE)}"
        text = self.random.choice(("{% if %}", "{{ nothing.at.all }}", '{% include "missing.html" %}'))
        self.put(path, text.encode())
        return f"{path}: {text}"

    def own_theme(self) -> str:
        """A theme of the site's own, as a child of the built-in one, comes, changes or is no longer chosen."""
        if self.settings.get("theme") == '"own"' and self.random.random() < 0.4:
            del self.settings["theme"]
        else:
            number, parent = self.random.randrange(9), self.random.choice(("agora", "classic"))
            self.put("themes/own/theme.toml", f'parent = "{parent}"\n\n[options.own]\ndefault = "{number}"\n'.encode())
            self.put("themes/own/templates/404.html", f"{number} {{{{ options.own }}}}".encode())
            self.settings["theme"] = '"own"'
        self.save_settings()
        return f"theme = {self.settings.get('theme')}"

    # History ---------------------------------------------------------------

    def commit(self) -> str:
        """All texts are committed to a git repository: a topic without a date takes that of its first commit."""
        self._unseen()
        date = f"{self.now + self.random.randrange(-400, 1) * DAY} +0000"
        given = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
        author = ("-c", "user.name=Leila", "-c", "user.email=leila@example.org")
        for command in (("init", "-q", "--template="), ("add", "-A", "content"), (*author, "commit", "-q", "-m", "All")):
            try:
                subprocess.run(["git", *command], cwd=self.root, env=given, capture_output=True, check=False)
            except OSError:
                return "nothing"
        return f"commit at {date}"


def _twisted(data: bytes) -> bytes:
    """Other bytes of the same length: a word is another."""
    for old, new in ((b"e", b"o"), (b"o", b"e")):
        if old in data:
            return data[::-1].replace(old, new, 1)[::-1]
    return b"#" * len(data)
