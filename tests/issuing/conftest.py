"""Two years of one division and of the register, lived through the issued forms; made once, read by many tests."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    # So that ``bench`` is found, as by ``python -m bench.typed_cells``.
    sys.path.insert(0, ROOT)

from issuing_checked import checked_files  # noqa: E402 - bench must be found first
from issuing_years import Years, lived  # noqa: E402

from pipeline.judging import Submission  # noqa: E402
from pipeline.workspace import Workspace  # noqa: E402


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    return lived(tmp_path_factory.mktemp("years") / "so")


@pytest.fixture
def copy_of_years(years: Years, tmp_path: Path) -> Workspace:
    return Workspace(Path(shutil.copytree(years.workspace.root, tmp_path / "so")))


@pytest.fixture(scope="session")
def checked(years: Years, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Submission]:
    """The verdict on each file of ``issuing_checked``, judged together after the two years."""
    return checked_files(years.workspace, tmp_path_factory.mktemp("checked"))
