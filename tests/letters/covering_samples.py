"""Covering reports of the stories that consolidation is told."""

import datetime as dt
import io
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "consolidation"))

from committee_content import Story, demo_settings, demo_story, frames_of
from docx import Document
from docx.document import Document as Docx
from small_agency import PLAN, SIX_MONTHS, TODAY, WHOLE_YEAR, consolidated, objective, plan, rate, report, result

from pipeline.consolidation import Committee
from pipeline.letters.document import report_bytes
from pipeline.letters.report import report_text, text_in
from pipeline.letters.room import ROOMS
from pipeline.seals import Seal

__all__ = [
    "PLAN",
    "SIX_MONTHS",
    "TODAY",
    "WHOLE_YEAR",
    "Story",
    "consolidated",
    "objective",
    "plan",
    "rate",
    "report",
    "result",
]


SEAL = Seal("0123456789ab" * 5, dt.datetime(2019, 6, 10, 0, 5))


def demo_committee() -> Committee:
    """The demo's six months."""
    return frames_of(demo_story().content(), demo_settings(), SIX_MONTHS, TODAY)


def content_of(committee: Committee) -> bytes:
    """The report with everything in it, however many pages that takes."""
    return report_bytes(text_in(committee, ROOMS[0]), committee.today, SEAL)


def paper_of(committee: Committee) -> bytes:
    """The report as it is handed out."""
    return report_bytes(report_text(committee), committee.today, SEAL)


def opened(content: bytes) -> Docx:
    return Document(io.BytesIO(content))


def sentences(committee: Committee) -> dict[str, list[str]]:
    """Each section's heading to its sentences."""
    return {
        section.heading: [block for block in section.blocks if isinstance(block, str)]
        for section in report_text(committee).sections
    }


def rows(document: Docx, heading: str) -> Iterator[tuple[str, ...]]:
    """The rows of the table whose first header is this."""
    table = next(table for table in document.tables if table.rows[0].cells[0].text == heading)
    return (tuple(cell.text for cell in row.cells) for row in table.rows)
