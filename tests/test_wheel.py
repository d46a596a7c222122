"""The wheel holds everything that an installed Anjoman needs outside a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("generator", "themes"):
        copy(CHECKOUT / name, source / name)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        source.joinpath(name).write_bytes(CHECKOUT.joinpath(name).read_bytes())
    options = ["--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)]
    command = [sys.executable, "-m", "pip", "wheel", *options]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def copy(source: Path, target: Path) -> None:
    for path in files(source):
        target.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        target.joinpath(path).write_bytes(source.joinpath(path).read_bytes())


def files(folder: Path) -> list[Path]:
    return [
        path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts
    ]


@pytest.mark.parametrize(("folder", "inside"), [("generator", "generator"), ("themes", "generator/themes")])
def test_every_file_of_the_package_and_the_themes_is_in_the_wheel(folder: str, inside: str, wheel: set[str]) -> None:
    wanted = {f"{inside}/{path.as_posix()}" for path in files(CHECKOUT / folder)}
    assert wanted - wheel == set()


def test_the_wheel_brings_no_package_but_its_own(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info" not in name} == {"generator"}
