"""A later version of the program gives the workbooks that an earlier one presented the same figures: m7."""

import json
import zipfile
from pathlib import Path

import pytest
from golden_workspaces import FIGURES, LEDGER, presented_figures

GOLDEN = sorted(Path(__file__).parent.glob("*.zip"))


@pytest.mark.parametrize("golden", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_what_a_release_presented_is_built_again_with_its_figures(golden: Path, tmp_path: Path) -> None:
    """m7."""
    with zipfile.ZipFile(golden) as packed:
        packed.extract(LEDGER, tmp_path)
        expected = json.loads(packed.read(FIGURES))
    assert expected
    assert presented_figures(tmp_path / LEDGER) == expected


def test_there_is_one() -> None:
    assert GOLDEN
