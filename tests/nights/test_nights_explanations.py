"""A warning that its sender explains: read back from the sheet, bound to the value, kept, shown, never asked again."""

import datetime as dt
import io
from collections.abc import Sequence

import pytest
from judged_nights import drop
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pipeline.demo.content import settings_text
from pipeline.demo.replaying import demo_directory
from pipeline.demo.submissions import Forger
from pipeline.desk.auditing import audit_workspace
from pipeline.desk.starting import furnish
from pipeline.findings import Finding, Severity
from pipeline.ledger.contents import read_findings, read_submissions
from pipeline.nightly import run_night
from pipeline.wording import say
from pipeline.workspace import Workspace, open_ledger

FIRST, SECOND, THIRD, FOURTH, FIFTH = (dt.datetime(2019, 1, day, 0, 5) for day in (26, 27, 28, 29, 30))
WORDS = "Năm 2018 có đợt cao điểm, số liệu năm nay ổn định hơn"
DIVISION = "VP"
LOWER = {"MT01": {"baseline": 99.5}}
"""A target below last year's result: M508, a warning."""


class Nights:
    """Five nights of one division: a warning, it explained, a new form, another baseline, another target."""

    def __init__(self, workspace: Workspace) -> None:
        """Run them."""
        self.workspace = workspace
        forger = Forger(workspace)
        self._night("BM-01.xlsx", forger.plan(DIVISION, LOWER), FIRST)
        explained = self.answer(1)
        _explain(explained)
        self._night("BM-01 lan 2.xlsx", _bytes(explained), SECOND)
        again = forger.plan(DIVISION, {"MT01": {**LOWER["MT01"], "note": "Đã rà soát"}})
        self._night("BM-01 lan 3.xlsx", again, THIRD)
        self._night("BM-01 lan 4.xlsx", forger.plan(DIVISION, {"MT01": {"baseline": 99.7}}), FOURTH)
        changed = self.answer(2)
        changed["Mục tiêu"]["G6"] = 97
        self._night("BM-01 lan 5.xlsx", _bytes(changed), FIFTH)

    def _night(self, name: str, content: bytes, night: dt.datetime) -> None:
        drop(self.workspace, f"{DIVISION}/{name}", content, night)
        run_night(self.workspace, night)

    def warnings(self, submission: int) -> Sequence[Finding]:
        """The warnings of one submission, counted from 1."""
        with open_ledger(self.workspace) as ledger:
            number = read_submissions(ledger).index[submission - 1]
            return [one for one in read_findings(ledger, int(number)) if one.severity is Severity.WARNING]

    def answer(self, submission: int) -> Workbook:
        """The answer to one submission."""
        with open_ledger(self.workspace) as ledger:
            sha256 = read_submissions(ledger)["sha256"].iloc[submission - 1]
        (path,) = (self.workspace.outbox / "phan_hoi" / DIVISION).glob(f"*{sha256[:8]}*.xlsx")
        return load_workbook(path)


def _explain(workbook: Workbook) -> None:
    """Write the same words beside every warning."""
    sheet = workbook["Việc cần sửa"]
    (head,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == say("feedback.columns.explanation"))
    for row in range(head.row + 1, sheet.max_row + 1):
        if sheet.cell(row, 2).value == say("feedback.severity.warning"):
            sheet.cell(row, head.column, WORDS)


def _bytes(workbook: Workbook) -> bytes:
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """The four nights, run once."""
    return Nights(furnish(tmp_path_factory.mktemp("explained") / "so", settings_text(), demo_directory()))


def test_what_is_written_beside_a_warning_is_kept_with_it(nights: Nights) -> None:
    assert "M508" in {one.code for one in nights.warnings(1)}
    assert [one.explanation for one in nights.warnings(2)] == [WORDS] * len(nights.warnings(1))
    assert [one.explanation for one in nights.warnings(1)] == [""] * len(nights.warnings(1))


def test_it_stands_on_the_next_answer_and_nothing_is_asked(nights: Nights) -> None:
    workbook = nights.answer(2)
    sheet = workbook["Việc cần sửa"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    texts = " ".join(str(value) for row in rows for value in row if value)
    count = len(nights.warnings(2))
    assert f"{count} lưu ý, {count} đã giải trình." in texts
    assert say("feedback.todo.explained") in texts
    assert WORDS in texts


def test_the_same_value_in_another_workbook_is_not_asked_again(nights: Nights) -> None:
    """The third is a new form without the sheet of the answer."""
    assert {one.explanation for one in nights.warnings(3)} == {WORDS}


def test_another_value_is_asked_anew(nights: Nights) -> None:
    changed = [one for one in nights.warnings(4) if one.code == "M508"]
    assert [one.explanation for one in changed] == [""]


def test_what_the_sheet_says_of_another_value_explains_nothing(nights: Nights) -> None:
    """The sheet of the answer is still there, with the words that were said of 98."""
    assert [one.facts["found"] for one in nights.warnings(5) if one.code == "M508"] == ["97"]
    assert [one.explanation for one in nights.warnings(5)] == [""]


def test_the_diary_and_the_committee_are_told(nights: Nights) -> None:
    diary = (nights.workspace.outbox / "nhat_ky" / "2019-01-27.md").read_text(encoding="utf-8")
    assert "Giải trình (Mục tiêu!" in diary
    assert WORDS in diary
    committee = load_workbook(nights.workspace.outbox / "tong_hop" / "2019-KH.xlsx")
    texts = [str(cell.value) for row in committee["2 Tình hình nộp"].iter_rows() for cell in row if cell.value]
    count = len(nights.warnings(4))
    assert [text for text in texts if f"{count} lưu ý, {count - 1} đã giải trình." in text] != []


def test_the_audit_finds_nothing(nights: Nights) -> None:
    audit = audit_workspace(nights.workspace)
    assert [line.title for line in audit.lines if not line.holds] == []
