"""The secretary's directory says beside each row what a night would stop at, by the rules that read it."""

import datetime as dt
import io
from collections.abc import Mapping

import pytest
from openpyxl import load_workbook
from rules_bases import BASES
from rules_examples import Example
from rules_examples_dm01 import DM01_EXAMPLES

from pipeline.forms import DIRECTORY
from pipeline.settings import AgencyName
from pipeline.templates.template import Issue, template_bytes
from pipeline.wording import say, topic

_FIRST_ROW, _HEADER_ROW = 6, 5


def told(edits: Mapping[str, object]) -> Mapping[tuple[str, int], str]:
    """What stands in *Kiểm tra* beside each row of the base's directory with some cells typed otherwise."""
    rows = {sheet: [dict(row) for row in of_sheet] for sheet, of_sheet in BASES["DM-01"].rows.items()}
    for place, value in edits.items():
        sheet, field, row = place.split(".")
        rows[sheet][int(row) - 1][field] = value
    agency = AgencyName(name="Sở", superior="UBND tỉnh", place="Tỉnh")
    issue = Issue(lists={}, agency=agency, made_on=dt.date(2019, 1, 1), rows=rows)
    workbook = load_workbook(io.BytesIO(template_bytes(DIRECTORY, issue)), data_only=True)
    words = {}
    for schema in DIRECTORY.sheets:
        sheet = workbook[schema.title]
        (column,) = (cell.column for cell in sheet[_HEADER_ROW] if cell.value == say("live.column.title"))
        for place in range(len(rows[schema.name])):
            words[schema.name, place + 1] = str(sheet.cell(_FIRST_ROW + place, column).value)
    return words


def test_a_directory_in_order_is_told_nothing() -> None:
    assert set(told({}).values()) == {say("live.column.fine")}


@pytest.mark.parametrize("example", DM01_EXAMPLES, ids=lambda example: example.name)
def test_a_mistake_is_told_beside_its_row(example: Example) -> None:
    """d12: the directory alone had no column *Kiểm tra*, and twelve wrong edits of it were taken without a word."""
    ((code, place),) = example.expected
    sheet, field, row = place.split(".")
    label = DIRECTORY.sheet(sheet).field(field).label
    assert f"{label}: {topic('live')['words'][code]}" in told(example.edits)[sheet, int(row)]


@pytest.mark.parametrize(
    ("edits", "row", "words"),
    [
        ({"divisions.name.2": None}, ("divisions", 2), "Tên Phòng, đơn vị: còn trống"),
        ({"divisions.valid_from.2": "01/01/2018"}, ("divisions", 2), "(lưu ý) Từ ngày: nên ghi dạng dd/mm/yyyy"),
        ({"divisions.kind.2": "cơ quan"}, ("divisions", 2), "Loại: không có trong danh sách"),
        ({"divisions.successor.3": "VP, KHTC MT01"}, ("divisions", 3), "Chưa thấy lỗi"),
        (
            {"divisions.successor.1": "HC"},
            ("divisions", 1),
            "Đơn vị kế thừa: đơn vị kế thừa lại trỏ về chính đơn vị này",
        ),
    ],
)
def test_what_is_missing_or_typed_otherwise_is_told_too(
    edits: Mapping[str, object], row: tuple[str, int], words: str
) -> None:
    assert told(edits)[row] == words
