"""What the tests of the workbooks start from."""

from pathlib import Path

import pytest
from feedback_samples import FORM
from workbook_samples import example_values, filled, issue, template_bytes


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A filled BM-01 as it was archived."""
    path = tmp_path / "original.xlsx"
    path.write_bytes(filled(template_bytes(FORM, issue(division="VP", year="2019")), example_values(FORM)))
    return path
