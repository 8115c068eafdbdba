"""What recorded decisions do to the workbook: who owes, what is counted, what is said and what moved."""

import dataclasses
import datetime as dt
import io
from functools import cache

import pytest
from committee_content import Story
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from small_agency import (
    SIX_MONTHS,
    TODAY,
    consolidated,
    dissolved,
    listed,
    objective,
    plan,
    rate,
    report,
    small_settings,
    view,
)

from pipeline.committee import build_workbook
from pipeline.consolidation import Committee, consolidate, with_changes
from pipeline.consolidation.states import obligations

REPORT = ("BM-02", "KHTC", "2019-6T")
UNTIL = {"until": "2019-06-20"}


def _states(committee: Committee) -> dict[object, object]:
    """The states of the half year's BM-02."""
    return {
        division: state
        for form, division, state in listed(committee.obligations, "form", "division", "state")
        if form == "BM-02"
    }


@cache
def _decided(kind: str, **more: str) -> Committee:
    """VP reported; about KHTC's report something was decided."""
    story = Story()
    report(story, "VP", rate("MT01", 9, 10))
    story.decide(kind, *REPORT, **more)
    return consolidated(story)


def test_an_exempt_division_owes_nothing_and_is_in_no_count() -> None:
    committee = _decided("exempted")
    assert _states(committee) == {"VP": "on_time", "KHTC": "exempt"}
    told = {name: committee.figures[name] for name in ("owed", "in_time", "late", "outstanding", "not_due")}
    assert told == {"owed": 2, "in_time": 1, "late": 0, "outstanding": 1, "not_due": 0}


def test_an_extended_report_is_not_due_and_needs_no_decision() -> None:
    committee = _decided("extended", **UNTIL)
    assert _states(committee) == {"VP": "on_time", "KHTC": "extended"}
    told = {name: committee.figures[name] for name in ("owed", "outstanding", "not_due")}
    assert told == {"owed": 3, "outstanding": 1, "not_due": 1}
    assert "BM-02 KHTC" not in dict(listed(committee.decisions, "matter", "which"))["not_submitted"]


def test_what_was_taken_back_is_outstanding_and_its_file_says_so() -> None:
    story = Story()
    report(story, "KHTC", rate("MT01", 9, 10), withdrawn=True)
    story.decide("withdrawn", *REPORT)
    committee = consolidated(story)
    assert _states(committee)["KHTC"] == "withdrawn"
    assert listed(committee.sources, "verdict", "use") == [("accepted", "withdrawn")]
    assert "BM-02 KHTC" in dict(listed(committee.decisions, "matter", "which"))["not_submitted"]
    assert len(committee.objective_results) == 0


def test_a_report_of_an_exempt_division_still_counts() -> None:
    story = Story()
    plan(story, "KHTC", objective())
    report(story, "KHTC", rate("MT01", 96, 100))
    story.decide("exempted", *REPORT)
    committee = consolidated(story)
    assert listed(committee.objective_results, "division", "status") == [("KHTC", "Vượt")]
    assert _states(committee)["KHTC"] == "exempt"


@pytest.mark.parametrize(("kind", "more"), [("exempted", {}), ("extended", UNTIL), ("withdrawn", {})])
def test_every_check_holds_whatever_was_decided(kind: str, more: dict[str, str]) -> None:
    assert _decided(kind, **more).controls["holds"].all()


def test_the_successor_of_a_closed_division_is_asked() -> None:
    settings = dissolved("KHTC", dt.date(2019, 6, 10))
    divisions = [d.model_copy(update={"successor": "VP"} if d.code == "KHTC" else {}) for d in settings.divisions]
    owed = obligations(view(Story(), settings=settings.model_copy(update={"divisions": tuple(divisions)})))
    rows = listed(owed[owed["form"] == "BM-02"], "division", "responsible", "contact")
    assert rows == [("VP", "VP", "vp@so.vn"), ("KHTC", "VP", "vp@so.vn")]


def _told_before(story: Story) -> Committee:
    """The story's content with the same content before its last decision as what the run before had to tell."""
    content = story.content()
    before = dataclasses.replace(content, decisions=content.decisions.iloc[:-1])
    return with_changes(consolidate(content, small_settings(), SIX_MONTHS, TODAY), before, dt.date(2019, 6, 12))


def test_a_decision_is_what_changed_since_the_run_before() -> None:
    story = Story()
    report(story, "VP", rate("MT01", 9, 10))
    story.decide("exempted", *REPORT, as_of="2019-06-12T09:00")
    committee = _told_before(story)
    assert committee.changed_on == dt.date(2019, 6, 12)
    moved = committee.changes
    assert listed(moved[moved["since"] == "run"], "subject", "before", "after", "which") == [
        ("obligation", "missing", "exempt", "BM-02 KHTC")
    ]


def _sheet(committee: Committee, title: str) -> Worksheet:
    sheet = load_workbook(io.BytesIO(build_workbook(committee, {})), data_only=True)[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_sheet_2_shows_both_due_dates_and_the_decision_in_words() -> None:
    sheet = _sheet(_decided("extended", **UNTIL, document="12/CV", document_on="2019-06-07"), "2 Tình hình nộp")
    first, last = str(sheet.tables["tinh_hinh_nop"].ref).split(":")
    header, *rows = [[cell.value for cell in row] for row in sheet[first:last]]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    row = next(row for row in found if (row["Mã Phòng"], row["Biểu mẫu"]) == ("KHTC", "BM-02"))
    assert (row["Tình trạng"], row["Nộp trước ngày"], row["Hạn gốc"], row["Ghi chú"]) == (
        "Được gia hạn",
        dt.datetime(2019, 6, 20),
        dt.datetime(2019, 6, 10),
        "Gia hạn đến trước ngày 20/6/2019. Lý do: đi công tác. Văn bản: 12/CV, ngày 07/6/2019. (Ghi sổ số 1.)",
    )


def _presented(story: Story) -> list[object]:
    sheet = _sheet(consolidated(story), "12 Ghi chú")
    rows = [(row[0].value, row[1].value) for row in sheet.iter_rows(max_col=2)]
    start = next(place for place, (name, _) in enumerate(rows) if name == "Đã trình Ban Chỉ đạo")
    end = next(place for place, (name, _) in enumerate(rows) if place > start and name)
    return [text for _, text in rows[start:end]]


def test_sheet_12_says_when_the_workbook_was_presented() -> None:
    story = Story()
    for day, document in (("2019-06-11", "25/BC"), ("2019-06-12", "26/BC")):
        story.decide("presented", None, None, "2019-6T", document=document, document_on=day, sha256="a" * 64)
    story.decide("presented", None, None, "2019-KH", document="1/BC", document_on="2019-02-12", sha256="b" * 64)
    assert _presented(story) == [
        f"ngày 11/6/2019, theo 25/BC; bản đã trình có SHA-256 {'a' * 64}",
        f"ngày 12/6/2019, theo 26/BC; bản đã trình có SHA-256 {'a' * 64}",
    ]


def test_sheet_12_says_that_it_was_not_presented_yet() -> None:
    assert _presented(Story()) == ["chưa ghi nhận lần trình nào"]
