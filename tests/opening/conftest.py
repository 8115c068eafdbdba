"""A workspace with the repository's own settings and an empty inbox."""

import shutil
from pathlib import Path

import pytest

from pipeline.workspace import Workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "so")
    workspace.inbox.mkdir(parents=True)
    for file in (workspace.settings_file, workspace.directory_file):
        shutil.copyfile(ROOT / file.name, file)
    return workspace
