"""A form with photographs is answered with its marks, within the time and the memory of one file."""

import datetime as dt
import io
from pathlib import Path

import pytest
from hostile_photographs import hostile_photographs
from openpyxl import load_workbook

from pipeline.feedback.marked_copy import FeedbackSheet
from pipeline.findings import Finding
from pipeline.forms import BY_NUMBER
from pipeline.intake.file_kinds import ReadFailure
from pipeline.intake.inspection import inspect
from pipeline.intake.workers import Workers
from pipeline.night.marking import Marking
from pipeline.seals import Seal
from pipeline.workspace import Workspace, load_settings

_PHOTOGRAPHED = dict(hostile_photographs())
_TOO_LARGE = {"photographs_12_of_4_mb"}
_SEAL = Seal("0" * 64, dt.datetime(2019, 1, 31))
_FOUND = Finding("V301", sheet="Mục tiêu", cell="G6", facts={"label": "Giá trị mục tiêu", "found": "nhiều"})


@pytest.mark.parametrize("name", sorted(_PHOTOGRAPHED))
def test_it_is_marked_or_was_too_large_to_be_read(
    name: str, form: bytes, replayed: tuple[Workspace, object], tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(_PHOTOGRAPHED[name](form))
    assert isinstance(inspect(path), ReadFailure) == (name in _TOO_LARGE)
    if name in _TOO_LARGE:
        return
    sheet = FeedbackSheet("x.xlsx", "Trả lại", BY_NUMBER["BM-01"], {}, "VP", "2019-KH", "", [_FOUND], _SEAL)
    with Marking(load_settings(replayed[0]).settings, Workers(1)) as marking:
        answer = load_workbook(io.BytesIO(marking.answer(path, sheet)))
    assert len(answer.sheetnames) > 5
    comment = answer["Mục tiêu"]["G6"].comment
    assert comment is not None
    assert "Lỗi" in comment.text
