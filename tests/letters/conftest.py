"""A copy of the demo's year to remind in, and its settings."""

import shutil
from pathlib import Path

import pytest

from pipeline.nightly import RunReport
from pipeline.settings import Settings
from pipeline.workspace import Workspace, load_settings


@pytest.fixture
def office(replayed: tuple[Workspace, list[RunReport]], tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(replayed[0].root, tmp_path / "so")))


@pytest.fixture
def office_settings(office: Workspace) -> Settings:
    return load_settings(office).settings
