"""What the tests of the answers share: findings of one filled BM-01, and ways to look into an answer."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet
from workbook_samples import LISTS, filled, looked_into, made_once

from pipeline.feedback import marked_copy as feedback
from pipeline.feedback.marked_copy import FeedbackSheet
from pipeline.findings import Finding
from pipeline.forms import BY_NUMBER
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.seals import Seal

FORM = BY_NUMBER["BM-01"]
BLANK = Finding("C401", "Mục tiêu", "F6", "comparator", "So sánh", {"hint": "Cách so sánh.", "proposal": "ít nhất"})
NOT_A_NUMBER = Finding(
    "V301", "Mục tiêu", "G6", "target", "Giá trị mục tiêu", {"found": "=chín mươi lăm", "proposal": "95"}
)
NOBODY = Finding("R631", "Mục tiêu", "P6", "owner", "Người chịu trách nhiệm", {"found": "Phòng", "proposal": "Lê Tám"})
EXACT = Finding(
    "M507",
    "Mục tiêu",
    "F6",
    "comparator",
    "So sánh",
    {"found": "đúng bằng", "value": "95", "unit": "%", "proposal": "x"},
)
SEAL = Seal("0123456789ab" * 5, dt.datetime(2019, 1, 31, 0, 5))
MISSING_SHEET = Finding("T205", facts={"missing": "Kế hoạch"})
FAULT = Finding("Z901", facts={"reason": "x"})
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
HEADER = [
    "STT", "Mức độ", "Tình trạng", "Việc cần làm", "Trang", "Ô", "Vấn đề", "Yêu cầu", "Loại ví dụ", "Ví dụ ghi đúng",
    "Cách sửa",
]  # fmt: skip


def sheet(*findings: Finding) -> FeedbackSheet:
    return FeedbackSheet(
        file_name="VP/BC ISO (final).xlsx",
        verdict="Trả lại",
        form=FORM,
        lists=LISTS,
        division="VP - Văn phòng Sở",
        period="2019-KH",
        judged_at="00:05 31/01/2019",
        findings=findings,
        seal=SEAL,
    )


def marked_copy(original: Path, told: FeedbackSheet) -> bytes:
    """As the pipeline makes it, once a session."""
    form = told.form.number if told.form else None
    words = repr(replace(told, form=None, lists={}))
    return made_once(lambda: marked_anew(original, told), "marked", original.read_bytes(), form, words)


def marked_anew(original: Path, told: FeedbackSheet) -> bytes:
    """As the pipeline makes it."""
    workbook = read_workbook(original)
    assert isinstance(workbook, RawWorkbook), workbook
    return feedback.marked_copy(original.read_bytes(), workbook, told)


def changed(path: Path, title: str, address: str, value: object) -> Path:
    path.write_bytes(filled(path.read_bytes(), {title: {address: value}}))
    return path


def findings_of(content: bytes) -> Worksheet:
    return looked_into(content).worksheets[0]


def table(content: bytes) -> list[list[object]]:
    """The rows of the sheet of findings from its header on,."""
    rows = [list(row[:11]) for row in findings_of(content).iter_rows(values_only=True)]
    return rows[rows.index(HEADER) :]


def links(content: bytes) -> dict[str, object]:
    cells = [cell for row in findings_of(content).iter_rows() for cell in row if cell.hyperlink]
    return {cell.coordinate: cell.hyperlink.location for cell in cells}


def register(content: bytes) -> list[tuple[object, ...]]:
    """The rows of the hidden register of marks, from below its tags on: sheet, cell, what was found, whether open."""
    return list(looked_into(content)["_qms_viec"].iter_rows(min_row=2, values_only=True))


def lines(content: bytes) -> list[object]:
    column = [row[0] for row in findings_of(content).iter_rows(values_only=True)]
    return [words for words in column[: column.index("STT")] if words]


def colour(content: bytes, address: str, title: str = "Mục tiêu") -> object:
    """The colour of a marked cell as long as nothing is mended; None where nothing marks it."""
    rules = [
        rule
        for block in looked_into(content)[title].conditional_formatting
        for rule in block.rules
        if address in block.sqref and "qms_viec" in rule.formula[0]
    ]
    return min(rules, key=lambda rule: rule.priority).dxf.fill.bgColor.rgb if rules else None


def fill(content: bytes, address: str, title: str = "Mục tiêu") -> object:
    """The cell's own colour underneath."""
    found = looked_into(content)[title][address].fill
    return found.fgColor.rgb if found.patternType else None


def comment(content: bytes, address: str, title: str = "Mục tiêu") -> str | None:
    found = looked_into(content)[title][address].comment
    return found.text if found else None
