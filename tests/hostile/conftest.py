"""The form that is made hostile, and a workspace with one good form and nothing remembered."""

import io
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from pipeline.nightly import RunReport
from pipeline.workspace import Workspace

GOOD = "VP/BM-01 tot.xlsx"


@pytest.fixture(scope="session")
def plan(replayed: tuple[Workspace, list[RunReport]]) -> bytes:
    """A BM-01 of the demo that is accepted."""
    return next((replayed[0].inbox / "VP").glob("BM-01*.xlsx")).read_bytes()


@pytest.fixture(scope="session")
def form(plan: bytes) -> bytes:
    """The same with a mistake, so that it is returned and marked; it has shared strings as Excel writes them."""
    return _spoilt(plan)


@pytest.fixture(scope="session")
def forms(form: bytes, replayed: tuple[Workspace, list[RunReport]]) -> tuple[bytes, ...]:
    """Such a form of each of two divisions: many versions of one in one night would share an answer."""
    other = next((replayed[0].inbox / "KHTC").glob("BM-01*.xlsx")).read_bytes()
    return form, _spoilt(other)


def _spoilt(plan: bytes) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(plan))
    workbook["Mục tiêu"]["G6"] = "nhiều"
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def so(
    replayed: tuple[Workspace, list[RunReport]], tmp_path_factory: pytest.TempPathFactory, plan: bytes
) -> Callable[[str, Mapping[str, bytes]], Path]:
    """Makes a workspace with the good form and perhaps more files."""

    def make(name: str, more: Mapping[str, bytes]) -> Path:
        workspace = Workspace(tmp_path_factory.mktemp(name) / "so")
        (workspace.inbox / GOOD).parent.mkdir(parents=True)
        for path, content in {GOOD: plan, **more}.items():
            (workspace.inbox / path).write_bytes(content)
        for file in (replayed[0].settings_file, replayed[0].directory_file):
            shutil.copy2(file, workspace.root)
        return workspace.root

    return make
