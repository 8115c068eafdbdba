"""A change in one result changes exactly the cells that rest on it, and "what changed" names it."""

import io

from cell_differences import differing_cells
from committee_content import Story
from openpyxl import load_workbook
from small_agency import consolidated, objective, plan, rate, report

from pipeline.committee import build_workbook

RESTING_ON_THE_RESULT = {
    # Headline; two statuses; the agency's figure and state; the second and third matter and how many there are; reached
    # and not met with their shares, actions; what changed.
    "1 Tổng quan": (
        "A3 B9 I9 I12 K12 A15 E16 I16 E17 I17 E18 I18 E21 G21 J21 E22 G22 I22 E45 E46 G46 H46 A47 C47 E47 G47 "
        "H47 A48 C48 E48 G48 H48 A49 C49 E49 G49 H49 A50"
    ),
    # Numerator, figure, degree, status, arrow.
    "3 Kết quả mục tiêu": "G6 I6 L6 M6 O6",
    # The row of the objective that is now unmet; its remark and what later reports would say stay blank.
    "4 Không đạt": "A6 B6 C6 D6 E6 F6 G6 H6 I6 J6 K6 L6 N6 O6 P6 U6 V6",
    # Pooled numerator, figure and status; its own part.
    "6 Mục tiêu chung": "G6 I6 J6 G12 I12 J12",
    # The period's counts and share; the division's line and the totals; the objective; all changes.
    "9 Xu hướng": (
        "D6 E6 G6 C16 J16 N16 C18 J18 N18 G26 H26 E32 B33 E33 F33 B34 C34 D34 E34 F34 B35 C35 D35 E35 F35 B36 "
        "C36 D36 E36 F36 B37 C37 D37 E37 A38 B38 C38 D38 E38 F38 A39 B39 C39 D39 E39 F39"
    ),
    # The control sums of the file and of the agency's objective, its pooled rate; reached, missed, actions judged anew,
    # also among the periods; the headline.
    "10 Đối chiếu": "G10 H10 E28 F28 E29 F29 E50 F50 E77 F77 E78 F78 G81 H81 G82 H82 E91 F91 E93 F93",
    # Sheet 4 has something to say, so it belongs to the print set.
    "12 Ghi chú": "B6",
}


def _told(numerator: float) -> Story:
    """Two divisions; VP's first objective is reached with 95 of 100 and more."""
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31", agency_objective="MC1"), objective("MT02"))
    plan(story, "KHTC", objective(due_on="2019-05-31", agency_objective="MC1"))
    report(story, "VP", _result(numerator), rate("MT02", 99, 100))
    report(story, "KHTC", rate("MT01", 97, 100))
    return story


def _result(numerator: float) -> dict[str, object]:
    action = {"corrective_action": "Bổ sung người", "action_owner": "Lê Mai", "action_due_on": "2019-06-20"}
    return rate("MT01", numerator, 100, cause="Thiếu người", **action)


def test_one_figure_changes_exactly_the_cells_that_rest_on_it() -> None:
    before, after = (build_workbook(consolidated(_told(numerator)), {}) for numerator in (96, 90))
    changed: dict[str, set[str]] = {}
    for place in differing_cells(before, after):
        sheet, cell = place.split("!")
        changed.setdefault(sheet, set()).add(cell)
    assert changed == {sheet: set(cells.split()) for sheet, cells in RESTING_ON_THE_RESULT.items()}


def test_a_figure_that_nothing_else_rests_on_changes_itself_and_its_sums_alone() -> None:
    before, after = (build_workbook(consolidated(_told(numerator)), {}) for numerator in (97, 96))
    assert sorted(differing_cells(before, after)) == [
        "1 Tổng quan!I12",
        "10 Đối chiếu!G10",
        "10 Đối chiếu!G81",
        "10 Đối chiếu!G82",
        "10 Đối chiếu!H10",
        "10 Đối chiếu!H81",
        "10 Đối chiếu!H82",
        "3 Kết quả mục tiêu!G6",
        "3 Kết quả mục tiêu!I6",
        "3 Kết quả mục tiêu!L6",
        "6 Mục tiêu chung!G12",
        "6 Mục tiêu chung!G6",
        "6 Mục tiêu chung!I12",
        "6 Mục tiêu chung!I6",
        "9 Xu hướng!G26",
    ]


def test_what_changed_names_a_result_that_came_in_anew() -> None:
    story = _told(96)
    report(story, "VP", _result(90), rate("MT02", 99, 100), arrived="2019-06-09 08:00")
    committee = consolidated(story)
    sheet = load_workbook(io.BytesIO(build_workbook(committee, {})))["1 Tổng quan"]
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows(min_row=35)]
    assert ["Lần trước: mục tiêu", "Vượt", "Không đạt", 1, "VP MT01"] in rows
    assert ["Lần trước: tệp mới", "chưa có", "Hợp lệ", 1, "BM-02 VP 2019-6T"] in rows
