"""h16 bm7: a year with a merger of two departments, and one with a new standard, from BM-04 on, night by night."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from nights_office import Office, furnished
from openpyxl import load_workbook
from rules_bases import BASES, COVER
from rules_settings import SETTINGS

from pipeline.demo.filling import Filling, fill
from pipeline.findings import Verdict
from pipeline.forms import BY_NUMBER
from pipeline.settings import Settings
from pipeline.settings.model import Standard
from pipeline.templates.template import Issue, template_bytes
from pipeline.vocabulary.lists import lists_of

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
REGISTER = BY_NUMBER["BM-04"]
BASE = BASES["BM-04"].rows
HALF, YEAR = "2019-6T", "2019-CN"

MERGED: Row = {
    **BASE["declarations"][1],
    "decision_no": "300/QĐ-SNV",
    "decision_on": dt.date(2019, 9, 2),
    "procedures_count": 181,
    "notice_on": dt.date(2019, 9, 5),
    "posted_on": dt.date(2019, 9, 4),
    "published_on": dt.date(2019, 9, 4),
    "replaces": "215/QĐ-SLĐTBXH và 45/QĐ-SNV",
}
OTHER: Row = {**BASE["declarations"][1], "decision_no": "45/QĐ-SNV", "kind": "lần đầu", "replaces": None}
SECOND_SEAT: Row = {
    "of_decision": "300/QĐ-SNV",
    "posted_by": "niêm yết",
    "place": "Trụ sở Sở Nội vụ trước sáp nhập",
    "done_on": "chưa thực hiện",
}
CHECK: Row = {"checked_on": dt.date(2019, 11, 15), "checked_by": "Võ Minh Đăng", "check_result": "Đủ ở hai trụ sở"}


def register(period: str, rows: Rows, settings: Settings = SETTINGS) -> bytes:
    """BM-04 of the working group with these rows."""
    lists = lists_of(settings, 2019)
    issue = Issue(
        lists=lists,
        agency=settings.agency[0],
        made_on=dt.date(2019, 1, 1),
        division="TCT",
        year="2019",
        period=period[5:],
    )
    return fill(template_bytes(REGISTER, issue), REGISTER, Filling(COVER, rows), lists)


def merged(*, is_posted: bool, checks: Sequence[Row]) -> Rows:
    """The register after the merger."""
    waiting, declared = BASE["scope_changes"]
    seat = {**SECOND_SEAT, "done_on": dt.date(2019, 11, 14)} if is_posted else SECOND_SEAT
    return {
        "declarations": [*BASE["declarations"], OTHER, MERGED],
        "postings": [*BASE["postings"], seat],
        "checks": [*BASE["checks"], *checks],
        "scope_changes": [{**waiting, "declared_in": "300/QĐ-SNV"}, declared],
    }


class Seen:
    """What the office shows after a night: sheet 8, page 1 and the page of the day."""

    def __init__(self, office: Office, period: str, day: str) -> None:
        """Read the workbook of a period and the page of a day."""
        outbox = office.workspace.outbox
        book = load_workbook(outbox / "tong_hop" / f"{period}.xlsx", data_only=True)
        self.sheet = book["8 Công bố HTQLCL"]
        words = [str(value) for row in book["1 Tổng quan"].iter_rows(values_only=True) for value in row if value]
        self.decision = next((text for text in words if "Công bố HTQLCL: " in text), "")
        self.line = next(text for text in words if text.startswith(("× Công bố", "√ Công bố")))
        page = (outbox / "nhat_ky" / f"{day}.md").read_text(encoding="utf-8")
        self.to_do = [line for line in page.splitlines() if "kiểm tra việc công bố" in line]
        controls = [row for row in book["10 Đối chiếu"].iter_rows(values_only=True) if "KHÔNG ĐẠT" in map(str, row)]
        assert controls == []

    @property
    def validity(self) -> str:
        """What sheet 8 says first."""
        return str(self.sheet["A4"].value)

    def table(self, name: str, *columns: int) -> list[tuple[str, ...]]:
        """Columns of a table of sheet 8, counted from 1."""
        rows = self.sheet[self.sheet.tables[name].ref][1:]
        return [tuple(str(row[column - 1].value) for column in columns) for row in rows]


def after(office: Office, at: dt.datetime, period: str, content: bytes | None) -> Seen:
    """A night, with a new BM-04 or none."""
    if content is not None:
        office.put({f"TCT/BM-04 {at:%m-%d}.xlsx": content})
    office.night(at)
    assert office.faults == []
    return Seen(office, period, f"{at:%Y-%m-%d}")


def test_h16_bm7_a_year_with_a_merger(tmp_path: Path) -> None:
    """h16 bm7: a change that waits; then one decision for two, a seat without posting, no check; then all is done."""
    office = furnished(tmp_path / "so")
    before = after(office, dt.datetime(2019, 6, 6, 0, 5), HALF, register(HALF, BASE))
    assert before.validity == "Việc còn phải làm: 1 thay đổi chưa công bố lại."
    assert before.table("cong_bo", 1, 4) == [
        ("215/QĐ-SLĐTBXH", "Còn hiệu lực"),
        ("98/QĐ-SLĐTBXH", "Đã được thay thế"),
    ]
    assert "1 thay đổi phạm vi chưa công bố lại" in before.decision

    then = after(office, dt.datetime(2019, 11, 12, 0, 5), YEAR, register(YEAR, merged(is_posted=False, checks=())))
    assert then.validity == (
        "Việc còn phải làm: còn 1 minh chứng chưa thực hiện; chưa kiểm tra việc công bố trong 6 tháng cuối năm 2019."
    )
    assert sorted(then.table("cong_bo", 1, 4, 8)) == [
        ("215/QĐ-SLĐTBXH", "Đã được thay thế", "98/QĐ-SLĐTBXH"),
        ("300/QĐ-SNV", "Còn hiệu lực", "215/QĐ-SLĐTBXH; 45/QĐ-SNV"),
        ("45/QĐ-SNV", "Đã được thay thế", "None"),
        ("98/QĐ-SLĐTBXH", "Đã được thay thế", "None"),
    ]
    assert then.table("minh_chung", 1, 2, 4)[2:4] == [
        ("Niêm yết tại trụ sở", "Bảng tin bộ phận một cửa", "Đã có"),
        ("Niêm yết tại trụ sở", "Trụ sở Sở Nội vụ trước sáp nhập", "Chưa thực hiện"),
    ]
    assert then.table("kiem_tra_theo_ky", 1, 4, 5) == [
        ("6 tháng đầu năm 2019", "Đã kiểm tra", "1"),
        ("6 tháng cuối năm 2019", "Chưa kiểm tra", "0"),
    ]
    assert "còn thiếu niêm yết tại trụ sở" in then.decision
    assert len(then.to_do) == 1
    assert "6 tháng cuối năm 2019" in then.to_do[0]
    assert then.line == "× Công bố HTQLCL còn việc phải làm: xem trang 8"

    done = after(office, dt.datetime(2019, 11, 20, 0, 5), YEAR, register(YEAR, merged(is_posted=True, checks=(CHECK,))))
    assert done.validity.startswith("Công bố còn hiệu lực")
    assert (done.decision, done.to_do) == ("", [])
    assert done.line == "√ Công bố HTQLCL còn hiệu lực, đủ minh chứng"
    assert [row[0] for row in done.table("lan_kiem_tra", 3)] == [
        "2019-11-15 00:00:00",
        "2019-05-21 00:00:00",
        "2017-01-15 00:00:00",
    ]
    told = office.told()
    assert [code for code, _ in told["TCT/BM-04 11-12.xlsx"].findings] == ["R646", "R635"]
    assert told["TCT/BM-04 11-20.xlsx"].verdict is Verdict.ACCEPTED


@pytest.fixture
def with_new_standard() -> Settings:
    """The 2015 standard gives way to a newer one in the middle of the year."""
    old = SETTINGS.standards[1].model_copy(update={"valid_to": dt.date(2019, 8, 31)})
    new = Standard(designation="TCVN ISO 9001:2019", valid_from=dt.date(2019, 9, 1))
    return SETTINGS.model_copy(update={"standards": (SETTINGS.standards[0], old, new)})


def test_h16_bm7_a_year_with_a_new_standard(tmp_path: Path, with_new_standard: Settings) -> None:
    """h16 bm7: nobody lists the change: the committee is told; listed, it waits; declared anew, all is good."""
    office = furnished(tmp_path / "so")
    office.settings = with_new_standard
    waiting, declared = BASE["scope_changes"]
    own = {**BASE, "checks": [*BASE["checks"], {**CHECK, "checked_on": dt.date(2019, 10, 1)}]}
    kept = {**own, "scope_changes": [{**waiting, "procedures_added": 0, "declared_in": "215/QĐ-SLĐTBXH"}, declared]}
    unlisted = register(YEAR, kept, with_new_standard)
    told = after(office, dt.datetime(2019, 11, 5, 0, 5), YEAR, unlisted)
    assert told.validity == (
        "Việc còn phải làm: TCVN ISO 9001:2015 không còn áp dụng, phải công bố lại theo tiêu chuẩn đang áp dụng."
    )
    assert "Quyết định còn hiệu lực theo TCVN ISO 9001:2015 không còn áp dụng" in told.decision
    assert ("215/QĐ-SLĐTBXH", "Không còn áp dụng") in told.table("cong_bo", 1, 10)

    change = {
        **waiting,
        "scope_change": "đổi tiêu chuẩn",
        "old_scope": "TCVN ISO 9001:2015",
        "new_scope": "TCVN ISO 9001:2019",
        "procedures_added": 0,
        "legal_basis": "Quyết định công bố TCVN ISO 9001:2019",
        "effective_on": dt.date(2019, 9, 1),
    }
    listed = {**kept, "scope_changes": [*kept["scope_changes"], change]}
    waits = after(office, dt.datetime(2019, 11, 6, 0, 5), YEAR, register(YEAR, listed, with_new_standard))
    assert "1 thay đổi phạm vi chưa công bố lại" in waits.decision
    assert "không còn áp dụng" not in waits.decision
    assert waits.table("thay_doi_pham_vi", 1, 2, 4)[0] == ("đổi tiêu chuẩn", "TCVN ISO 9001:2019", "Chưa công bố lại")

    anew = {**MERGED, "standard": "TCVN ISO 9001:2019", "replaces": "215/QĐ-SLĐTBXH", "procedures_count": 87}
    again = {
        **listed,
        "declarations": [*BASE["declarations"], anew],
        "scope_changes": [*kept["scope_changes"], {**change, "declared_in": "300/QĐ-SNV"}],
    }
    good = after(office, dt.datetime(2019, 11, 7, 0, 5), YEAR, register(YEAR, again, with_new_standard))
    assert good.validity.startswith("Công bố còn hiệu lực")
    assert good.decision == ""
    findings = {path: [code for code, _ in one.findings] for path, one in office.told().items()}
    assert findings == {
        "TCT/BM-04 11-05.xlsx": ["R647"],
        "TCT/BM-04 11-06.xlsx": [],
        "TCT/BM-04 11-07.xlsx": [],
    }
