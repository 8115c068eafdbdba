"""Copies of the demo's year (``replayed``), for the tests to work on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.nightly import RunReport
from pipeline.workspace import Workspace


@pytest.fixture
def copy_of_demo(replayed: tuple[Workspace, list[RunReport]], tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(replayed[0].root, tmp_path / "so")))


@pytest.fixture
def fresh_with_inbox(replayed: tuple[Workspace, list[RunReport]], tmp_path: Path) -> Callable[[str], Workspace]:
    """A workspace of that name with the demo's settings and inbox and nothing remembered."""

    def make(name: str) -> Workspace:
        made = Workspace(tmp_path / name)
        shutil.copytree(replayed[0].inbox, made.inbox)
        for file in (replayed[0].settings_file, replayed[0].directory_file):
            shutil.copy2(file, made.root)
        return made

    return make
