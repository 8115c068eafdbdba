"""Workspaces beside the demo whose every figure is recomputed."""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    # So that ``bench`` is found.
    sys.path.insert(0, ROOT)

from bench import agency  # noqa: E402 - bench must be found first
from pipeline.demo.replaying import build  # noqa: E402
from pipeline.nightly import RunReport, run_night  # noqa: E402
from pipeline.workspace import Workspace  # noqa: E402

IN_JUNE = dt.datetime(2019, 6, 10, 0, 5)
DIVISIONS = 60


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's agency on the day on which the reports were due, before anything came."""
    root = tmp_path_factory.mktemp("empty") / "so"
    build(root)
    run_night(Workspace(root), IN_JUNE)
    return root


@pytest.fixture(scope="session")
def sixty(replayed: tuple[Workspace, list[RunReport]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty divisions that sent four forms each."""
    workspace = Workspace(tmp_path_factory.mktemp("sixty") / "so")
    agency.furnish(workspace, replayed[0], agency.agency(replayed[0], DIVISIONS))
    run_night(workspace, dt.datetime.fromisoformat(agency.AS_OF))
    return workspace.root


@pytest.fixture
def recalculate(tmp_path: Path, soffice: Path) -> Callable[[Path], dict[str, object]]:
    """The formula cells of a workspace's workbooks that LibreOffice computes otherwise, by workbook and cell."""
    from recalculation import differences, recalculated  # noqa: PLC0415 - a path of another folder of tests

    def compare(root: Path) -> dict[str, object]:
        books = {path.stem: path.read_bytes() for path in (root / "outbox" / "tong_hop").glob("*.xlsx")}
        fresh = recalculated(books, tmp_path, soffice)
        return {f"{name} {at}": both for name in books for at, both in differences(books[name], fresh[name]).items()}

    return compare
