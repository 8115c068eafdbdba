"""A registered objective or task that a pre-filled report leaves without an answer returns it (d7)."""

from rules_bases import BASES
from rules_sheets import Case, Edits, form_of, judge_cases, places

from pipeline.findings import Verdict
from pipeline.sheets.results import Progress, Results
from pipeline.spreadsheet import cell_name


def _left_blank(sheet: str, row: int) -> Edits:
    """The row as it was printed: its code stands, nothing else."""
    fields = form_of(BASES["BM-02"]).sheet(sheet).fields[1:]
    return {f"{sheet}.{field.name}.{row}": None for field in fields}


def _told(edits: Edits) -> tuple[Verdict, list[tuple[str, str]]]:
    ((verdict, findings),) = judge_cases([Case("BM-02", edits)])
    return verdict, [(finding.code, finding.cell) for finding in findings]


def _address(sheet: str, name: str, row: int) -> str:
    _, (first, column) = places("BM-02")[sheet, name]
    return cell_name(first + row - 1, column)


def test_a_registered_objective_left_without_an_answer_is_an_error_at_its_first_cell() -> None:
    """d7."""
    told = _told(_left_blank("results", 2))
    assert told == (Verdict.RETURNED, [("C426", _address("results", Results.actual, 2))])


def test_a_registered_task_left_without_an_answer_is_an_error_at_its_first_cell() -> None:
    """d7."""
    told = _told(_left_blank("progress", 2))
    assert told == (Verdict.RETURNED, [("C426", _address("progress", Progress.status, 2))])


def test_a_printed_row_that_the_plan_in_force_no_longer_has_is_left_alone() -> None:
    """d7."""
    assert _told({"results.code.9": "MT09", "progress.task_code.9": "NV09"})[1] == []


def test_a_report_without_any_row_is_told_that_alone() -> None:
    """d7."""
    rows = len(BASES["BM-02"].rows["results"])
    blank = {key: value for row in range(1, rows + 1) for key, value in _left_blank("results", row).items()}
    assert "C426" not in [code for code, _ in _told(blank)[1]]
