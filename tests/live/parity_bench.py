"""The same form before both judges: LibreOffice with the live formulas, and the pipeline with its masks."""

import datetime as dt
import io
import re
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

import pandas as pd
from openpyxl import Workbook, load_workbook
from parity_mutants import LISTS, Cell, Mutant, Shown
from rules_bases import BASES, COVER
from rules_settings import SETTINGS
from rules_sheets import form_of, known, places, read_bytes
from workbook_rules.cells import Cell as StoredCell
from workbook_rules.reader import ReadWorkbook, read_workbook

from pipeline.findings import Finding
from pipeline.forms import BY_NUMBER
from pipeline.forms.results import RESULTS
from pipeline.formulas.expressions import array
from pipeline.judging import Ground, Submission, judge_forms
from pipeline.judging.reading import recognised
from pipeline.rules.live import own_checks
from pipeline.spreadsheet import cell_name, column_name
from pipeline.templates.checks import hidden_columns
from pipeline.templates.template import Issue, template_bytes
from pipeline.validation import Knowledge
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.live import Live, LiveRow, NoPlaceError
from pipeline.vocabulary.sheets import SheetSchema

SCRATCH = "doi_chieu"
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_EMPTY = b"<sheetData></sheetData>"
Rule = tuple[str, str, str, int]
"""Sheet, code, field and Excel row."""


@dataclass(frozen=True)
class Elsewhere:
    """The places of one row, seen from another sheet of the same workbook: from any of its rows, those of that row."""

    base: str
    sheet: str
    row: int
    hidden: Sequence[str] = ()

    def cell(self, name: str) -> str:
        if name in self.hidden:
            (title, _), after = places(self.base)[self.sheet, "code"], len(RESULTS.fields)
            return f"'{title}'!${column_name(after + 1 + self.hidden.index(name))}{self.row}"
        if (self.sheet, name) not in places(self.base):
            raise NoPlaceError(name)
        title, (_, column) = places(self.base)[self.sheet, name]
        return f"'{title}'!${column_name(column)}{self.row}"

    def column(self, sheet: str, name: str) -> str:
        title, (row, column) = places(self.base)[sheet, name]
        letters = column_name(column)
        return f"'{title}'!${letters}${row}:${letters}${row + 59}"

    def cover(self, name: str) -> str:
        title, (row, column) = places(self.base)["cover", name]
        return f"'{title}'!${column_name(column)}${row}"

    def options(self, of: Field) -> Options:
        return options_of(of, LISTS)

    def texts(self, items: Sequence[str]) -> str:
        return array(items)


@dataclass(frozen=True)
class Question:
    """A rule against the first row of its sheet, the rows of which it is asked, and the column of its first answer."""

    rule: Rule
    live: Live
    rows: range
    column: int


@dataclass(frozen=True)
class Told:
    """What both said of one form: (broken, kept) by rule from the formulas, findings from the pipeline, row texts."""

    live: Mapping[Rule, tuple[bool, bool]]
    found: Sequence[Finding]
    workbook: ReadWorkbook = field(repr=False)


def asked_rules(schema: SheetSchema, mutant: Mutant, row: int) -> Iterator[tuple[Rule, Live]]:
    """Every rule that can be held live against a row."""
    where = Elsewhere(mutant.base, schema.name, row, hidden_columns(schema, _issue(mutant)))
    cells = LiveRow(form_of(BASES[mutant.base]), schema, where)
    for of in schema.fields:
        for code, check in own_checks(of).items():
            yield (schema.name, code, of.name, row), check(cells, of.name)
    for rule in schema.rules:
        try:
            yield (schema.name, rule.code, rule.field, row), rule.live(cells)
        except NoPlaceError:
            continue


def _issue(mutant: Mutant) -> Issue:
    base = BASES[mutant.base]
    return Issue(
        lists=LISTS,
        agency=SETTINGS.agency[0],
        made_on=dt.date(2019, 1, 1),
        division=base.division,
        year="2019",
        period=base.period,
        rows={"results": [{"code": code} for code in mutant.commitments]},
        commitments=mutant.commitments,
    )


def filled(mutant: Mutant) -> bytes:
    """The form as openpyxl saves it, with an empty sheet behind its own."""
    workbook = load_workbook(io.BytesIO(template_bytes(form_of(BASES[mutant.base]), _issue(mutant))))
    title = form_of(BASES[mutant.base]).cover.title
    for name, value in COVER.items():
        _, (row, column) = places(mutant.base)["cover", name]
        _put(workbook, (str(title), row, column), value)
    for sheet, rows in mutant.rows.items():
        for position, typed in enumerate(rows):
            for name, value in typed.items():
                title, (row, column) = places(mutant.base)[sheet, name]
                _put(workbook, (title, row + position, column), value)
    workbook.create_sheet(SCRATCH)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def _put(workbook: Workbook, place: tuple[str, int, int], value: Cell) -> None:
    title, row, column = place
    cell = workbook[title].cell(row, column)
    if isinstance(value, Shown):
        cell.value, cell.number_format = value.value, value.number_format
    else:
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"


def questions(mutant: Mutant) -> list[Question]:
    """Every rule of a form, each in a pair of columns of its own: whether a row breaks it, and whether it keeps it."""
    asked: list[Question] = []
    for schema in form_of(BASES[mutant.base]).sheets:
        _, (first, _) = places(mutant.base)[schema.name, schema.fields[0].name]
        rows = range(first, first + len(mutant.rows[schema.name]))
        for rule, live in asked_rules(schema, mutant, first):
            asked.append(Question(rule, live, rows, 2 * len(asked) + 1))
    return asked


def _asking(form: bytes, asked: Sequence[Question]) -> bytes:
    """The form whose last sheet asks every rule of every row: a formula for all rows at once, as they are filled down.

    Typed as XML: openpyxl writes no shared formulas, and LibreOffice takes three times as long over single ones.
    """
    rows: dict[int, list[str]] = defaultdict(list)
    for question in asked:
        for column, formula in enumerate((question.live.broken, question.live.kept), question.column):
            for row, cell in _filled_down(formula, column, question.rows):
                rows[row].append(cell)
    data = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in sorted(rows.items()))
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as parts, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, 1) as typed:
        last = max((name for name in parts.namelist() if _SHEET.fullmatch(name)), key=lambda name: (len(name), name))
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == last:
                assert content.count(_EMPTY) == 1
                content = content.replace(_EMPTY, f"<sheetData>{data}</sheetData>".encode())
            typed.writestr(part, content)
    return held.getvalue()


def _filled_down(formula: str, column: int, rows: range) -> Iterator[tuple[int, str]]:
    letters = column_name(column)
    shared = f't="shared" si="{column}"'
    first = f'<f {shared} ref="{letters}{rows[0]}:{letters}{rows[-1]}">{escape(f"IFERROR({formula},FALSE)")}</f>'
    for row in rows:
        yield row, f'<c r="{letters}{row}">{first if row == rows[0] else f"<f {shared}/>"}</c>'


def both_told(made: Sequence[Mutant], folder: Path, soffice: Path) -> list[Told]:
    """Each form judged by both. LibreOffice is started once; openpyxl saves no cached values."""
    forms = [(filled(mutant), questions(mutant)) for mutant in made]
    for number, (form, asked) in enumerate(forms):
        (folder / f"{number}.xlsx").write_bytes(_asking(form, asked))
    _recalculate(folder, [f"{number}.xlsx" for number in range(len(made))], soffice)
    told = []
    for number, (mutant, (form, asked)) in enumerate(zip(made, forms, strict=True)):
        computed = read_workbook((folder / "out" / f"{number}.xlsx").read_bytes())
        told.append(Told(_read(computed, asked), findings_of(form, mutant), computed))
    return told


def _recalculate(folder: Path, names: Sequence[str], soffice: Path) -> None:
    command = [str(soffice), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    task = ["--convert-to", "xlsx", "--outdir", "out", *names]
    subprocess.run([*command, *task], check=True, capture_output=True, timeout=300, cwd=folder)


def _read(workbook: ReadWorkbook, asked: Sequence[Question]) -> dict[Rule, tuple[bool, bool]]:
    """What the scratch sheet says, which must say something of every rule."""
    scratch = workbook.sheet(SCRATCH)
    assert scratch is not None
    return {
        (*question.rule[:3], row): (
            _is_true(scratch.cells[row, question.column]),
            _is_true(scratch.cells[row, question.column + 1]),
        )
        for question in asked
        for row in question.rows
    }


def _is_true(cell: StoredCell) -> bool:
    return (cell.kind, cell.value) == ("b", "1")


def findings_of(content: bytes, mutant: Mutant) -> tuple[Finding, ...]:
    """What the pipeline finds in the form, had it arrived right now."""
    unread = Submission(1, Path("form.xlsx"), dt.datetime.now())  # noqa: DTZ005 - LibreOffice's today is local too
    examined = recognised(unread, read_bytes(content), SETTINGS)
    ground = Ground(_known(mutant), frozenset())
    (judged,) = judge_forms(BY_NUMBER[BASES[mutant.base].number], [examined], SETTINGS, ground)
    return judged.findings


def _known(mutant: Mutant) -> Knowledge:
    """What was accepted before; of a report that carries its commitments these, in the BM-01 in force."""
    if not mutant.commitments:
        return known()
    base = BASES[mutant.base]
    rows = pd.DataFrame.from_dict(mutant.commitments, orient="index").rename(
        columns=lambda n: n.removeprefix("objective_")
    )
    days = pd.to_datetime(rows["due_on"]).astype("datetime64[us]")
    plan = rows.assign(due_on=days, code=rows.index, division=base.division, period=f"2019-{base.period}", statement="")
    figures = {name: plan[name].astype("float64") for name in ("target", "target_upper", "milestone", "baseline")}
    kind = plan["last_year_kind"]
    plan = plan.assign(**figures, continues=plan.index.to_series().where(kind.notna()).astype("str"))
    words = kind[kind.notna()].str.extract(r"^(?P<measure>[^(]+?)(?: \((?P<unit>.+)\))?$")
    last_year = plan.loc[words.index].assign(**words, period="2018-CN")
    return replace(known(), objectives=pd.concat([plan, last_year], ignore_index=True))


def address(base: str, rule: Rule) -> str:
    """The cell that a rule is about."""
    sheet, _, name, row = rule
    title, (_, column) = places(base)[sheet, name]
    return f"{title}!{cell_name(row, column)}"
