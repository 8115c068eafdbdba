"""A workspace of the demo's settings with an empty inbox, and filled forms of one division, made once."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.demo.replaying import build
from pipeline.demo.submissions import Forger
from pipeline.workspace import Workspace


class Forms(NamedTuple):
    """BM-01 of KHTC: as it should be, another version of it, and one that is returned for one mistake."""

    plan: bytes
    revised: bytes
    spoilt: bytes


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Forms]:
    workspace = build(tmp_path_factory.mktemp("edges") / "so")
    forger = Forger(workspace)
    revised, spoilt = ({"MT01": {"note": "Bản sửa"}}, {"MT01": {"owner": None}})
    text = workspace.settings_file.read_text(encoding="utf-8")
    workspace.settings_file.write_text(text.replace("settle_seconds = 2", "settle_seconds = 0"), encoding="utf-8")
    return workspace.root, Forms(*(forger.plan("KHTC", changes) for changes in ({}, revised, spoilt)))


@pytest.fixture
def workspace(begun: tuple[Path, Forms], tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(begun[0], tmp_path / "so")))


@pytest.fixture
def forms(begun: tuple[Path, Forms]) -> Forms:
    return begun[1]


@pytest.fixture
def plan(forms: Forms) -> bytes:
    return forms.plan


@pytest.fixture
def revised(forms: Forms) -> bytes:
    return forms.revised


@pytest.fixture
def spoilt(forms: Forms) -> bytes:
    return forms.spoilt
