"""Sheets 2, 10 and 11: who owes what, which files belong, which count and why others do not."""

import datetime as dt
import io

from committee_content import Story
from openpyxl import load_workbook
from small_agency import (
    PLAN,
    SIX_MONTHS,
    WHOLE_YEAR,
    consolidated,
    listed,
    objective,
    plan,
    rate,
    report,
    view,
)

from pipeline.committee import build_workbook
from pipeline.consolidation.declaration import declarations
from pipeline.consolidation.sources import left_out, sources, standing_rows
from pipeline.consolidation.states import obligations
from pipeline.findings import Finding


def _uses(story: Story, period: object = SIX_MONTHS) -> dict[object, object]:
    return dict(listed(sources(view(story, period)), "submission_id", "use"))


def test_files_are_named_in_the_order_of_judging() -> None:
    story = Story()
    plan(story, "VP", objective())
    report(story, "VP", rate("MT01", 9, 10))
    assert listed(consolidated(story).sources, "source", "form") == [("N001", "BM-01"), ("N002", "BM-02")]


def test_an_older_accepted_version_is_superseded() -> None:
    story = Story()
    plan(story, "VP", objective())
    report(story, "VP", rate("MT01", 9, 10))
    report(story, "VP", rate("MT01", 8, 10), arrived="2019-06-07 08:00")
    assert _uses(story) == {1: "counted", 2: "superseded", 3: "counted"}


def test_a_plan_revised_after_the_report_was_due_does_not_count_for_it() -> None:
    story = Story()
    plan(story, "VP", objective())
    plan(story, "VP", objective(target=99.0), arrived="2019-07-01 08:00")
    assert _uses(story) == {1: "counted", 2: "other_plan"}
    assert _uses(story, WHOLE_YEAR) == {1: "superseded", 2: "counted"}


def test_earlier_reports_and_their_plans_are_compared_with() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    report(story, "VP", rate("MT01", 9, 10, data_as_of="2018-10-31"), period="2018-CN")
    plan(story, "VP", objective())
    assert _uses(story) == {1: "compared", 2: "compared", 3: "counted"}


def test_what_cannot_be_read_belongs_to_the_period_collected_when_it_came() -> None:
    story = Story()
    story.add(None, None, None, "2019-06-08 08:00", verdict="unreadable")
    story.add(None, None, None, "2019-03-08 08:00", verdict="not_a_form")
    story.add(None, None, None, "2019-06-11 08:00", verdict="unreadable")
    assert _uses(story, PLAN) == {2: "not_a_form"}
    assert _uses(story) == {1: "unreadable"}
    assert _uses(story, WHOLE_YEAR) == {3: "unreadable"}


def test_a_file_left_out_says_its_weightiest_finding_and_how_many_errors_it_has() -> None:
    story = Story()
    report(story, "VP", rate("MT01", 9, 10), verdict="returned")
    story.findings += [(1, "R608", "warning"), (1, "C401", "error"), (1, "V303", "error")]
    rows = listed(left_out(sources(view(story))), "source", "use", "first_code", "errors")
    assert rows == [("N001", "returned", "C401", 2)]


def test_an_accepted_form_that_the_workbook_has_no_sheet_for_is_not_consolidated() -> None:
    """As a fifth form: it is in force, and no newer version has taken its place."""
    story = Story()
    plan(story, "VP", objective())
    story.add("BM-05", "VP", "2019-KH", "2019-03-20 08:00")
    committee = consolidated(story)
    assert listed(committee.sources, "submission_id", "use") == [(1, "counted"), (2, "not_consolidated")]
    assert listed(committee.left_out, "source", "use") == [("N002", "not_consolidated")]
    assert committee.controls["holds"].all()
    workbook = load_workbook(io.BytesIO(build_workbook(committee, {})), read_only=True)
    for title in ("10 Đối chiếu", "11 Nguồn"):
        words = {value for row in workbook[title].iter_rows(values_only=True) for value in row}
        assert "Không tổng hợp ở kỳ này" in words


def test_a_later_period_does_not_show_in_an_earlier_workbook() -> None:
    story = Story()
    plan(story, "VP", objective())
    report(story, "VP", rate("MT01", 9, 10, data_as_of="2019-10-31"), period="2019-CN")
    assert _uses(story) == {1: "counted"}


def test_before_any_register_the_first_of_the_year_counts() -> None:
    story = Story()
    rows = {"cover": [{}], "declarations": [{"decision_no": "1/QĐ", "decision_on": "2019-05-10"}], "scope_changes": []}
    story.add("BM-04", "TCT", "2019-6T", "2019-06-01 08:00", rows)
    declared = declarations(view(story, PLAN))
    assert listed(declared, "decision_no", "submission_id") == [("1/QĐ", 1)]


def test_without_a_register_of_the_year_the_last_one_before_counts() -> None:
    story = Story()
    rows = {"cover": [{}], "declarations": [{"decision_no": "1/QĐ", "decision_on": "2018-05-10"}], "scope_changes": []}
    story.add("BM-04", "TCT", "2018-CN", "2018-11-01 08:00", rows)
    assert listed(consolidated(story).declarations, "decision_no", "source") == [("1/QĐ", "N001")]


def test_the_obligations_are_those_of_the_year_due_by_the_period() -> None:
    story = Story()
    plan(story, "VP", objective())
    report(story, "VP", rate("MT01", 9, 10), arrived="2019-06-10 08:00")
    rows = listed(obligations(view(story)), "form", "division", "state", "days_late")
    assert rows == [
        ("BM-01", "KHTC", "missing", 134),
        ("BM-03", "VP", "missing", 75),
        ("BM-03", "KHTC", "missing", 75),
        ("BM-02", "KHTC", "missing", 4),
        ("BM-04", "TCT", "missing", 4),
        ("BM-02", "VP", "late", 1),
        ("BM-01", "VP", "on_time", 0),
    ]


def test_a_newer_returned_version_stands_beside_the_one_that_counts() -> None:
    story = Story()
    report(story, "VP", rate("MT01", 9, 10))
    report(story, "VP", rate("MT01", 1, 10), arrived="2019-06-07 08:00", verdict="returned")
    owed = consolidated(story).obligations
    rows = listed(owed[owed["division"] == "VP"], "form", "source", "version", "newer_verdict")
    assert ("BM-02", "N001", 1.0, "returned") in rows


def test_standing_findings_are_told_of_the_forms_that_count() -> None:
    story = Story()
    plan(story, "VP", objective())
    report(story, "VP", rate("MT01", 9, 10))
    report(story, "VP", rate("MT01", 9, 10), arrived="2019-06-07 08:00")
    found = [(2, Finding("R611")), (3, Finding("R611"))]
    standing = standing_rows(found, view(story).counted)
    assert listed(standing, "submission_id", "code", "division") == [(3, "R611", "VP")]


def test_changes_since_the_last_run_are_grouped_by_kind_of_move() -> None:
    story = Story()
    plan(story, "VP", objective("MT01"), objective("MT02"))
    report(story, "VP", rate("MT01", 99, 100), rate("MT02", 98, 100))
    committee = consolidated(story)
    assert listed(committee.changes, "since", "subject", "before", "after", "count", "which") == [
        ("run", "objective", "Chưa có báo cáo", "Vượt", 2, "VP MT01, VP MT02"),
        # The run before was in January, when none of these was due yet.
        ("run", "obligation", "not_due", "missing", 5, "BM-01 KHTC, BM-02 KHTC, BM-03 KHTC, BM-03 VP, BM-04 TCT"),
        ("run", "obligation", "not_due", "on_time", 1, "BM-02 VP"),
        ("run", "person", "", "joined_later", 1, "VP Người CB4"),
        ("run", "file", "", "accepted", 1, "BM-02 VP 2019-6T"),
    ]
    assert committee.changed_on == dt.date(2019, 1, 20)


def test_changes_since_the_same_period_a_year_before_follow_the_objective() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2018-12-31"), period="2018-KH")
    report(
        story, "VP", rate("MT01", 50, 100, data_as_of="2018-05-31"), period="2018-6T", judged_as_of="2019-06-05 08:00"
    )
    plan(story, "VP", objective("MT03", continues="MT01"))
    report(story, "VP", rate("MT03", 99, 100))
    moved = consolidated(story).changes
    rows = listed(moved[moved["since"] == "year"], "before", "after", "which")
    assert rows == [("Chưa đến kỳ đánh giá", "Vượt", "VP MT03")]


def test_decisions_come_in_the_order_of_harm() -> None:
    """h8, m5: what was missed is never pushed off by what is late; no declaration at all is a matter."""
    story = Story()
    plan(
        story,
        "VP",
        objective(due_on="2019-05-31"),
        tasks=[{"task_code": "NV01", "objective": "MT01", "finish_on": "2019-06-01"}],
    )
    report(story, "VP", rate("MT01", 5, 10, action_due_on="2019-06-11"))
    assert listed(consolidated(story).decisions, "matter", "count", "days", "which") == [
        ("declaration", 1, 0, ""),
        ("not_met", 1, 0, "VP MT01"),
        ("not_submitted", 5, 134, "BM-01 KHTC, BM-03 VP, BM-03 KHTC, BM-02 KHTC, BM-04 TCT"),
        ("actions_overdue", 1, 2, "VP MT01"),
        ("tasks_overdue", 1, 12, "VP NV01"),
        ("not_informed", 4, 0, "Văn phòng; Phòng Kế hoạch - Tài chính"),
    ]
