"""A workspace of the demo's settings with an empty inbox, and one filled BM-01 of KHTC, made once."""

import shutil
from pathlib import Path

import pytest

from pipeline.demo.content import settings_text
from pipeline.demo.replaying import demo_directory
from pipeline.demo.submissions import Forger
from pipeline.desk.starting import furnish
from pipeline.workspace import Workspace


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, bytes, bytes]:
    """The workspace's folder, the form, another version of it, and one with a mistake."""
    workspace = furnish(tmp_path_factory.mktemp("arrival") / "so", settings_text(), demo_directory())
    forger = Forger(workspace)
    revised, spoilt = ({"MT01": {"note": "Bản sửa"}}, {"MT01": {"owner": None}})
    return workspace.root, *(forger.plan("KHTC", changes) for changes in ({}, revised, spoilt))


@pytest.fixture
def workspace(begun: tuple[Path, bytes, bytes, bytes], tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(begun[0], tmp_path / "so")))


@pytest.fixture
def plan(begun: tuple[Path, bytes, bytes, bytes]) -> bytes:
    return begun[1]


@pytest.fixture
def revised_plan(begun: tuple[Path, bytes, bytes, bytes]) -> bytes:
    return begun[2]


@pytest.fixture
def spoilt_plan(begun: tuple[Path, bytes, bytes, bytes]) -> bytes:
    return begun[3]
