"""Workbooks to be held to the rules: they are told the same stories as those of consolidation."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "consolidation"))

from committee_content import Story, add_other_files, demo_settings, demo_story, frames_of
from small_agency import SIX_MONTHS, TODAY, consolidated
from workbook_rules import Outcome, lint

from pipeline.committee import build_workbook


@pytest.fixture(scope="session")
def workbook() -> bytes:
    """The demo's six months, with files of every verdict."""
    story = demo_story()
    add_other_files(story)
    content = story.content()
    links = {sha256: f"../../archive/originals/{sha256}.xlsx" for sha256 in content.submissions["sha256"]}
    return build_workbook(frames_of(content, demo_settings(), SIX_MONTHS, TODAY), links)


@pytest.fixture(scope="session")
def empty_workbook() -> bytes:
    """The workbook of an agency that has received nothing."""
    return build_workbook(consolidated(Story(), today=TODAY), {})


@pytest.fixture(scope="session")
def good(workbook: bytes) -> tuple[Outcome, ...]:
    return lint(workbook)
