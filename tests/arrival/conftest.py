"""A workspace of the demo's settings with an empty inbox, and one filled BM-01 of KHTC, made once."""

import shutil
from pathlib import Path

import pytest

from pipeline.demo.replaying import build
from pipeline.demo.submissions import Forger
from pipeline.workspace import Workspace


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, bytes]:
    """The workspace's folder, the form, and another version of the same form."""
    workspace = build(tmp_path_factory.mktemp("arrival") / "so")
    forger = Forger(workspace)
    return workspace.root, forger.plan("KHTC"), forger.plan("KHTC", {"MT01": {"note": "Bản sửa"}})


@pytest.fixture
def workspace(begun: tuple[Path, bytes, bytes], tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(begun[0], tmp_path / "so")))


@pytest.fixture
def plan(begun: tuple[Path, bytes, bytes]) -> bytes:
    return begun[1]


@pytest.fixture
def revised_plan(begun: tuple[Path, bytes, bytes]) -> bytes:
    return begun[2]
