"""Forms that once ended every night or were told a fault of ours: what the ledger holds of them, the answer, calm."""

import datetime as dt
import io
from collections.abc import Mapping

import pytest
from nights_books import book_bytes
from nights_examples import of_division
from nights_office import Office, furnished, rows_of_findings
from openpyxl import load_workbook
from rules_bases import BASES, Value
from rules_examples import copied
from rules_sheets import Case, form_of, places, template, template_content

from pipeline.spreadsheet import RawCell, cell_name
from pipeline.vocabulary.sheets import Layout

_NIGHT = dt.datetime(2019, 6, 5, 9)
_TABLES = [
    (base, schema.name)
    for base in ("BM-01", "BM-02", "BM-03", "BM-04")
    for schema in form_of(BASES[base]).sheets
    if schema.plan.layout is not Layout.COVER
]


def _typed(base: str, edits: Mapping[str, Value]) -> bytes:
    """The issued template with all that the case holds typed into it, saved by openpyxl."""
    workbook = load_workbook(io.BytesIO(template_content(base)))
    printed = {sheet.title: sheet.cells for sheet in template(base).sheets}
    for sheet in Case(base, edits).workbook.sheets:
        for at, cell in sheet.cells.items():
            if cell != printed[sheet.title].get(at):
                workbook[sheet.title].cell(*at).value = cell.value  # type: ignore[assignment] - a day is a value, too
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _rows_too_many(base: str, sheet: str) -> dict[str, Value]:
    """So many rows that one is beyond what the sheet is read for: the last row again and again."""
    first, last = len(BASES[base].rows[sheet]), form_of(BASES[base]).sheet(sheet).plan.read_rows + 1
    key = form_of(BASES[base]).sheet(sheet).fields[0].name
    return {
        name: value
        for row in range(first + 1, last + 1)
        for name, value in copied(base, f"{sheet}.{first}", row, {key: f"NV{row:02d}"}).items()
    }


def _plan_of_61_rows() -> dict[str, Value]:
    return {
        name: value
        for row in range(5, 62)
        for name, value in copied("BM-01", "tasks.4", row, {"task_code": f"NV{row:02d}"}).items()
    }


def _in_figures(figure: float | str, number_format: str = "General") -> bytes:
    """A BM-02 with the same figure as numerator, denominator and result."""
    cells = {f"results.{name}.1": RawCell(figure, number_format) for name in ("numerator", "denominator", "actual")}
    return _sent("BM-02", cells)


def _of_year(year: str) -> bytes:
    """A BM-01 of that year with a day and a person for which a value is to be proposed."""
    edits = {"cover.year": year, "objectives.due_on.1": RawCell("cuối năm"), "objectives.owner.2": None}
    return _sent("BM-01", edits)


_NUMBER = iter(range(1, 1000))


def _sent(base: str, edits: Mapping[str, Value]) -> bytes:
    """The case as a division of its own sends it."""
    code = f"{'T' if base == 'BM-04' else 'P'}{next(_NUMBER):03d}"
    return book_bytes(of_division(Case(base, edits).workbook, base, code))


_YEARS = ("1000000000000000", "9" * 40, "0000", "không rõ", "2200", "1")
_HUGE = (1e15, 1.7976931348623157e308, -1e308, 1e22, "9" * 308, "9" * 400)
_TRACES = (5e-324, 1e-300, 2e-17)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office after two nights of which the second was calm; every file has its answer."""
    codes = [f"{letter}{number:03d}" for letter in "PT" for number in range(1, 60)]
    office = furnished(tmp_path_factory.mktemp("cases") / "so", codes)
    sent = {
        **{f"too many {base} {sheet}": _sent(base, _rows_too_many(base, sheet)) for base, sheet in _TABLES},
        "issued plan": _typed("BM-01", _plan_of_61_rows()),
        **{f"year {number}": _of_year(year) for number, year in enumerate(_YEARS)},
        **{f"plain {number}": _in_figures(figure) for number, figure in enumerate(_HUGE)},
        **{f"percent {number}": _in_figures(figure, "0%") for number, figure in enumerate(_HUGE)},
        **{f"trace {number}": _in_figures(figure) for number, figure in enumerate(_TRACES)},
        "zeros": _in_figures(0.0),
    }
    office.put({f"{name}.xlsx": content for name, content in sent.items()})
    office.night(_NIGHT)
    before = office.published()
    assert office.night(_NIGHT + dt.timedelta(minutes=15)).arrived == 0
    assert office.published() == before
    return office


def _told(office: Office, name: str) -> tuple[tuple[str, str], ...]:
    return office.told()[f"{name}.xlsx"].findings


def test_no_fault_of_ours_is_among_them_and_each_has_its_answer(after: Office) -> None:
    assert after.faults == []
    rows = {stem: rows_of_findings(path) for stem, path in after.answers().items()}
    assert rows == {name.removesuffix(".xlsx"): len(told.findings) for name, told in after.told().items()}


@pytest.mark.parametrize(("base", "sheet"), _TABLES)
def test_a_row_too_many_on_any_sheet_is_told_at_its_cell(base: str, sheet: str, after: Office) -> None:
    titles = {of_sheet: title for (of_sheet, _), (title, _) in places(base).items()}
    told = _told(after, f"too many {base} {sheet}")
    assert [place.split("!")[0] for code, place in told if code == "T208"] == [titles[sheet]]


def test_a_61st_row_on_the_plan_of_an_issued_form_is_one_finding(after: Office) -> None:
    assert _told(after, "issued plan") == (("T208", "Kế hoạch!A66"),)


@pytest.mark.parametrize("number", range(len(_YEARS)))
def test_a_year_that_no_calendar_has_is_a_finding_at_the_year(number: int, after: Office) -> None:
    of_year = [place for code, place in _told(after, f"year {number}") if code == "V303"]
    assert of_year == ["{}!{}".format(*_cell_of("cover", "year"))]


def _cell_of(sheet: str, field: str) -> tuple[str, str]:
    title, at = places("BM-01")[sheet, field]
    return title, cell_name(*at)


@pytest.mark.parametrize("number", range(len(_HUGE)))
@pytest.mark.parametrize("written", ["plain", "percent"])
def test_a_figure_beyond_all_reports_is_no_number(number: int, written: str, after: Office) -> None:
    told = _told(after, f"{written} {number}")
    assert [code for code, _ in told if code == "V301"] == ["V301"] * 3


@pytest.mark.parametrize("number", range(len(_TRACES)))
def test_a_trace_of_a_figure_is_zero(number: int, after: Office) -> None:
    assert _told(after, f"trace {number}") == _told(after, "zeros")
