"""Forms opened, filled and saved by LibreOffice itself give the same rows as those the demo writes."""

import datetime as dt
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_uppercase

import pytest
from libreoffice_clerk import KINDS, Clerk, Keys, Piece, begun_year, judged, keys
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.demo.submissions import Assignment, Forger
from pipeline.forms import BY_NUMBER
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.judging import Submission
from pipeline.parsing import Identity, ParsedForm, fingerprint

pytestmark = pytest.mark.libreoffice

DIVISIONS = {"BM-01": "KHTC", "BM-02": "KHTC", "BM-03": "KHTC", "BM-04": "TCT"}
ARRIVED_AT = {
    "BM-01": dt.datetime(2019, 1, 25, 17),
    "BM-02": dt.datetime(2019, 6, 5, 17),
    "BM-03": dt.datetime(2019, 3, 29, 17),
    "BM-04": dt.datetime(2019, 6, 5, 17),
}
WITH_PERCENT_SIGN = {
    "BM-01": {"G6": "95%", "J6": "97,1%", "G11": "95 %"},
    "BM-02": {"G6": "43,42%", "G8": "6,1%", "G11": "96,74%"},
}
"""Cells of the main sheet, and what is typed there in place of the same number without the sign."""
AS_TYPED = {
    "95%": (95, "%", ()),
    "0,95": (0.95, None, (("V318", "G6"), ("M512", "C6"))),
    "95": (95, None, ()),
    "95,0 %": (95, "%", ()),
}
"""What a clerk types under the unit % where 95 is meant: the value, the unit typed with it, and what is asked."""

EVERY_FORM = pytest.mark.parametrize("number", DIVISIONS)
OLDER_KINDS = pytest.mark.parametrize("kind", ["xls", "ods"])


@dataclass(frozen=True)
class Desk:
    """The folder in which LibreOffice worked, and the verdicts on the files there by name."""

    folder: Path
    verdicts: Mapping[str, Submission]

    def read(self, name: str) -> ParsedForm:
        """What was read in a file."""
        read = self.verdicts[name].parsed
        assert read is not None
        return read


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, soffice: Path, python_with_uno: Path) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    workspace = begun_year(folder / "so")
    forger = Forger(workspace)
    pieces = [piece for number in DIVISIONS for piece in _pieces(folder, number, forger)]
    done = Clerk(python_with_uno, soffice).work(pieces, folder / "profile")
    assert (done.returncode, done.stderr) == (0, "")
    saved = [path for kind in KINDS for path in folder.glob(f"BM-*.{kind}")]
    return Desk(folder, judged(workspace, {path: ARRIVED_AT[path.name[:5]] for path in saved}))


def _pieces(folder: Path, number: str, forger: Forger) -> Iterator[Piece]:
    """What LibreOffice is to do with one form; the demo's own file and the template are put there for it."""
    assignment = forger.assignment(number, DIVISIONS[number])
    template, by_the_demo = folder / f"{number} template.xlsx", folder / f"{number} demo.xlsx"
    template.write_bytes(assignment.template)
    by_the_demo.write_bytes(assignment.done())
    yield Piece(template, f"{number} typed", keys(assignment.typed), tuple(KINDS))
    yield Piece(by_the_demo, f"{number} saved again")
    if number in WITH_PERCENT_SIGN:
        yield Piece(template, f"{number} percent", _retyped(assignment, WITH_PERCENT_SIGN[number]), tuple(KINDS))
    if number == "BM-04":
        yield Piece(template, f"{number} signed", [*keys(assignment.typed), *_signature(assignment)], tuple(KINDS))
    if number == "BM-01":
        for typed in AS_TYPED:
            cells = _first_rows(_retyped(assignment, {"G6": typed}), str(assignment.form.cover.title))
            yield Piece(template, f"{number} {typed}", cells, tuple(KINDS))


def _first_rows(typed: Sequence[Keys], cover: str) -> list[Keys]:
    """The cover and the first row of each table: what a first row is told depends on no more."""
    return [keys for keys in typed if keys[0] == cover or keys[1].lstrip(ascii_uppercase) == "6"]


def _signature(assignment: Assignment) -> Iterator[Keys]:
    """A signature right below the filled rows, where the form tells what is missing of a row that somebody began."""
    main = str(assignment.form.sheets[0].title)
    below = 1 + max(cell.row for cell in assignment.typed if cell.sheet == main)
    signed = {"C": ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"), "E": ("TỔ TRƯỞNG", "(Ký, ghi rõ họ tên)")}
    for column, lines in signed.items():
        yield from ((main, f"{column}{below + offset}", line) for offset, line in enumerate(lines))


def _retyped(assignment: Assignment, instead: Mapping[str, str]) -> list[Keys]:
    """The demo's values but for some cells of the form's main sheet, which must be among them."""
    main = assignment.form.sheets[0].title
    typed = keys(assignment.typed)
    assert set(instead) <= {cell for sheet, cell, _ in typed if sheet == main}
    return [(sheet, cell, instead.get(cell, said) if sheet == main else said) for sheet, cell, said in typed]


@EVERY_FORM
@pytest.mark.parametrize("name", ["typed", "saved again"])
def test_a_form_is_libreoffices_own_file(number: str, name: str, desk: Desk) -> None:
    with zipfile.ZipFile(desk.folder / f"{number} {name}.xlsx") as saved:
        assert b"<Application>LibreOffice/" in saved.read("docProps/app.xml")


@EVERY_FORM
def test_a_form_filled_by_libreoffice_gives_the_rows_of_the_demo(number: str, desk: Desk) -> None:
    assert desk.read(f"{number} typed.xlsx").rows == desk.read(f"{number} demo.xlsx").rows


@EVERY_FORM
def test_nothing_in_a_form_filled_by_libreoffice_is_hard_to_read(number: str, desk: Desk) -> None:
    read = desk.read(f"{number} typed.xlsx")
    assert (read.findings, read.unreadable) == ((), frozenset())


@EVERY_FORM
def test_a_form_filled_by_libreoffice_is_judged_like_the_demos(number: str, desk: Desk) -> None:
    typed, by_the_demo = (desk.verdicts[f"{number} {name}.xlsx"] for name in ("typed", "demo"))
    assert typed.verdict.is_accepted
    assert (typed.verdict, typed.findings) == (by_the_demo.verdict, by_the_demo.findings)


@EVERY_FORM
def test_a_demo_form_saved_again_by_libreoffice_gives_the_same_rows(number: str, desk: Desk) -> None:
    assert desk.read(f"{number} saved again.xlsx").rows == desk.read(f"{number} demo.xlsx").rows


@EVERY_FORM
@OLDER_KINDS
def test_a_form_saved_in_an_older_kind_gives_the_same_rows(number: str, kind: str, desk: Desk) -> None:
    assert desk.read(f"{number} typed.{kind}").rows == desk.read(f"{number} demo.xlsx").rows


@EVERY_FORM
@OLDER_KINDS
def test_a_form_saved_in_an_older_kind_is_judged_alike(number: str, kind: str, desk: Desk) -> None:
    older, by_the_demo = desk.verdicts[f"{number} typed.{kind}"], desk.verdicts[f"{number} demo.xlsx"]
    assert (older.verdict, older.findings) == (by_the_demo.verdict, by_the_demo.findings)


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_in_rows_that_the_form_checks_is_no_row(kind: str, desk: Desk) -> None:
    assert desk.read(f"BM-04 signed.{kind}").rows == desk.read("BM-04 demo.xlsx").rows
    assert desk.verdicts[f"BM-04 signed.{kind}"].findings == desk.verdicts["BM-04 demo.xlsx"].findings


@EVERY_FORM
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_is_recognised_by_its_hidden_identity_sheet(number: str, kind: str, desk: Desk) -> None:
    form, period = BY_NUMBER[number], "KH" if number in {"BM-01", "BM-03"} else "6T"
    plan = desk.verdicts[f"{number} demo.xlsx"].identity.based_on
    assert bool(plan) is (number == "BM-02")
    issued = Identity(form.form_id, str(form.version), DIVISIONS[number], "2019", period, fingerprint(form), plan)
    assert desk.verdicts[f"{number} typed.{kind}"].identity == issued


@EVERY_FORM
def test_every_column_keeps_its_hidden_tag(number: str, desk: Desk) -> None:
    read, workbook = desk.read(f"{number} typed.xlsx"), read_workbook(desk.folder / f"{number} typed.xlsx")
    assert isinstance(workbook, RawWorkbook)
    cells = {sheet.title: sheet.cells for sheet in workbook.sheets}
    for sheet, located in read.addresses.maps.items():
        up, left = (0, 2) if sheet in read.addresses.covers else (1, 0)
        tags = {(row - up, column - left): name for name, (row, column) in located.places.items()}
        assert {place: cells[located.title][place].value for place in tags} == tags


@EVERY_FORM
def test_drop_downs_and_other_validations_survive(number: str, desk: Desk) -> None:
    template, saved = _workbooks(desk, number)
    assert {sheet.title: _validations(sheet) for sheet in saved} == {
        sheet.title: _validations(sheet) for sheet in template
    }
    assert any(_validations(sheet) for sheet in saved)


@EVERY_FORM
def test_the_names_of_the_lists_survive(number: str, desk: Desk) -> None:
    template, saved = _workbooks(desk, number)
    assert {name: defined.attr_text for name, defined in saved.defined_names.items()} == {
        name: defined.attr_text for name, defined in template.defined_names.items()
    }
    assert "ds_divisions" in saved.defined_names


@EVERY_FORM
def test_sheets_stay_locked_without_a_password_and_hidden(number: str, desk: Desk) -> None:
    # LibreOffice knows no "very hidden": such a sheet comes back as one that Excel's menu can show.
    template, saved = _workbooks(desk, number)
    expected = [(s.title, s.protection.sheet, s.protection.password, s.sheet_state != "visible") for s in template]
    found = [(s.title, s.protection.sheet, s.protection.password, s.sheet_state != "visible") for s in saved]
    assert found == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", WITH_PERCENT_SIGN)
def test_a_number_typed_with_a_percent_sign_is_the_same_number(number: str, kind: str, desk: Desk) -> None:
    main = str(BY_NUMBER[number].sheets[0].name)
    column = {"BM-01": {"G": "target__unit", "J": "baseline__unit"}, "BM-02": {"G": "actual__unit"}}[number]
    signs = {(int(cell[1:]), column[cell[0]]) for cell in WITH_PERCENT_SIGN[number]}
    expected = [
        {name: "%" if (row["excel_row"], name) in signs else value for name, value in row.items()}
        for row in desk.read(f"{number} demo.xlsx").rows[main]
    ]
    assert list(desk.read(f"{number} percent.{kind}").rows[main]) == expected


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", WITH_PERCENT_SIGN)
def test_a_number_typed_with_a_percent_sign_is_judged_alike(number: str, kind: str, desk: Desk) -> None:
    percent, by_the_demo = desk.verdicts[f"{number} percent.{kind}"], desk.verdicts[f"{number} demo.xlsx"]
    assert (percent.verdict, percent.findings) == (by_the_demo.verdict, by_the_demo.findings)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("typed", AS_TYPED)
def test_a_percentage_is_read_rightly_or_asked_about_however_it_is_typed(typed: str, kind: str, desk: Desk) -> None:
    value, unit, asked = AS_TYPED[typed]
    first = desk.read(f"BM-01 {typed}.{kind}").rows["objectives"][0]
    assert (first["target"], first["target__unit"]) == (value, unit)
    found = desk.verdicts[f"BM-01 {typed}.{kind}"].findings
    assert tuple((one.code, one.cell) for one in found if one.cell[1:] == "6") == asked


def _workbooks(desk: Desk, number: str) -> tuple[Workbook, Workbook]:
    return _opened(desk.folder / f"{number} template.xlsx"), _opened(desk.folder / f"{number} typed.xlsx")


@cache
def _opened(path: Path) -> Workbook:
    """Only to be read."""
    return load_workbook(path)


def _validations(sheet: Worksheet) -> dict[str, tuple[object, ...]]:
    """The validation of every cell; what LibreOffice writes out although it goes without saying is left out."""
    found: dict[str, tuple[object, ...]] = {}
    for one in sheet.data_validations.dataValidation:
        said = (
            one.type,
            one.operator or "between",
            _meant(one.formula1),
            _meant(one.formula2),
            one.errorStyle or "stop",
            one.error,
            one.promptTitle,
            one.prompt,
        )
        for area in one.sqref.ranges:
            # A formula speaks of the area's first cell: the same words elsewhere would mean another cell.
            of_area = (*said, area.coord.split(":")[0] if one.type == "custom" else "")
            found |= {sheet.cell(row, column).coordinate: of_area for row, column in area.cells}
    return found


def _meant(formula: str | None) -> str | float:
    """A bound or a formula: an absent one is written as 0, and 1000000000000000.0 without its end."""
    try:
        return float(formula or 0)
    except ValueError:
        return str(formula)
