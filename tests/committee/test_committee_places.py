"""The cell that a row names: by the version of the form that the file is on, and by the figure that was judged."""

import io

from committee_content import Story
from openpyxl import load_workbook
from small_agency import WHOLE_YEAR, consolidated, objective, plan, rate, report

from pipeline.committee import build_workbook
from pipeline.forms import FORMS


def _places(story: Story, *columns: str, **told: object) -> list[list[object]]:
    """What stands in each of these columns of sheet 3."""
    sheet = load_workbook(io.BytesIO(build_workbook(consolidated(story, **told), {})))["3 Kết quả mục tiêu"]
    at = [next(cell.column for cell in sheet[5] if cell.value == column) for column in columns]
    return [[sheet.cell(row, column).value for row in range(6, sheet.max_row + 1)] for column in at]


def _story(**told: object) -> tuple[Story, int]:
    story = Story()
    plan(story, "VP", objective())
    return story, report(story, "VP", rate("MT01", 96, 100, **told))


def test_a_target_and_a_result_stand_where_the_template_puts_them() -> None:
    assert _places(_story()[0], "Vị trí ở BM-01", "Vị trí ở BM-02") == [["Mục tiêu!G7"], ["Kết quả!G7"]]


def test_a_file_on_the_version_before_which_lacked_another_sheet_names_the_same_cell() -> None:
    story, submission = _story()
    story.findings.append((submission, "T226", "warning"))
    assert _places(story, "Vị trí ở BM-02") == [["Kết quả!G7"]]


def test_a_result_judged_by_the_estimate_of_the_year_still_names_what_was_reported() -> None:
    story = Story()
    plan(story, "VP", objective())
    told = rate("MT01", 90, 100, data_as_of="2019-10-31", full_year_estimate=96.0)
    report(story, "VP", told, period="2019-CN")
    assert _places(story, "Vị trí ở BM-02", period=WHOLE_YEAR) == [["Kết quả!G7"]]


def test_a_form_has_at_most_one_earlier_version_that_is_taken() -> None:
    # The ledger's finding T226 says that a file is on an earlier version, not on which of several.
    assert {form.number for form in FORMS if sum(each.is_taken for each in form.earlier) > 1} == set()
