"""The form that is made hostile, and a workspace with one good form and nothing remembered."""

import io
import shutil
from collections.abc import Callable
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
    workbook = openpyxl.load_workbook(io.BytesIO(plan))
    workbook["Mục tiêu"]["G6"] = "nhiều"
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


@pytest.fixture
def so(replayed: tuple[Workspace, list[RunReport]], tmp_path: Path, plan: bytes) -> Callable[[str, bytes | None], Path]:
    """Makes a workspace with the good form and perhaps one file more."""

    def make(name: str, content: bytes | None) -> Path:
        workspace = Workspace(tmp_path / name)
        (workspace.inbox / GOOD).parent.mkdir(parents=True)
        (workspace.inbox / GOOD).write_bytes(plan)
        if content is not None:
            (workspace.inbox / "xau.xlsx").write_bytes(content)
        for file in (replayed[0].settings_file, replayed[0].directory_file):
            shutil.copy2(file, workspace.root)
        return workspace.root

    return make
