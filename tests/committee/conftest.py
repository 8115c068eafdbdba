"""The workbook's tests are told the same stories as those of consolidation."""

import io
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

sys.path.insert(0, str(Path(__file__).parents[1] / "consolidation"))

from committee_content import add_other_files, demo_settings, demo_story, frames_of
from small_agency import SIX_MONTHS, TODAY

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee, LedgerContent


@pytest.fixture(scope="session")
def content() -> LedgerContent:
    story = demo_story()
    add_other_files(story)
    return story.content()


@pytest.fixture(scope="session")
def committee(content: LedgerContent) -> Committee:
    return frames_of(content, demo_settings(), SIX_MONTHS, TODAY)


@pytest.fixture(scope="session")
def links(content: LedgerContent) -> dict[str, str]:
    return {sha256: f"../../archive/originals/{sha256}.xlsx" for sha256 in content.submissions["sha256"]}


@pytest.fixture(scope="session")
def workbook(committee: Committee, links: dict[str, str]) -> bytes:
    return build_workbook(committee, links)


@pytest.fixture(scope="session")
def opened(workbook: bytes) -> Workbook:
    """The workbook with its formulas; only to be read."""
    return load_workbook(io.BytesIO(workbook))


@pytest.fixture(scope="session")
def values(workbook: bytes) -> Workbook:
    """The workbook with the values of its formulas; only to be read."""
    return load_workbook(io.BytesIO(workbook), data_only=True)
