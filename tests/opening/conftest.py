"""A workspace with the repository's own settings and an empty inbox, before and after its first night."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from remembering import computed_once

from pipeline.nightly import run_night
from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]
FIRST_NIGHT = dt.datetime(2026, 6, 10, 0, 5)


@pytest.fixture(scope="module", autouse=True)
def same_content_is_computed_once() -> Iterator[None]:
    """Nothing has come in on any of these nights."""
    with computed_once():
        yield


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return _furnished(tmp_path / "so")


@pytest.fixture(scope="session")
def after_first_night(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = _furnished(tmp_path_factory.mktemp("begun") / "so")
    run_night(workspace, FIRST_NIGHT)
    return workspace


@pytest.fixture
def begun(after_first_night: Workspace, tmp_path: Path) -> Workspace:
    """A workspace after its first night."""
    return Workspace(Path(shutil.copytree(after_first_night.root, tmp_path / "so")))


def _furnished(root: Path) -> Workspace:
    workspace = Workspace(root)
    workspace.inbox.mkdir(parents=True)
    for file in (workspace.settings_file, workspace.directory_file):
        shutil.copyfile(ROOT / file.name, file)
    return workspace
