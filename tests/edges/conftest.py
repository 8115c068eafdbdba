"""A workspace of the demo's settings with an empty inbox, and filled forms of its divisions, made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from edges_forms import Forms
from remembering import computed_once

from pipeline.demo.replaying import build
from pipeline.demo.submissions import Forger
from pipeline.workspace import Workspace


@pytest.fixture(scope="module", autouse=True)
def same_content_is_computed_once() -> Iterator[None]:
    """Every night reads the same directory, and several come to the same frames; none here is compared by its bytes."""
    with computed_once():
        yield


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = build(tmp_path_factory.mktemp("edges") / "so")
    text = workspace.settings_file.read_text(encoding="utf-8")
    workspace.settings_file.write_text(text.replace("settle_seconds = 2", "settle_seconds = 0"), encoding="utf-8")
    return workspace


@pytest.fixture(scope="session")
def forms(begun: Workspace) -> Forms:
    return Forms(Forger(begun))


@pytest.fixture(scope="module")
def shared(begun: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace of a module's shared nights."""
    return Workspace(Path(shutil.copytree(begun.root, tmp_path_factory.mktemp("shared") / "so")))


@pytest.fixture
def workspace(begun: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of one test's own."""
    return Workspace(Path(shutil.copytree(begun.root, tmp_path / "so")))


@pytest.fixture
def plan(forms: Forms) -> bytes:
    return forms.plan("KHTC")


@pytest.fixture
def spoilt(forms: Forms) -> bytes:
    return forms.spoilt("KHTC")
