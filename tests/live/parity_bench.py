"""The same form before both judges: LibreOffice with the live formulas, and the pipeline with its masks."""

import datetime as dt
import io
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
Rule = tuple[str, str, str, int]
"""Sheet, code, field and Excel row."""


@dataclass(frozen=True)
class Elsewhere:
    """The places of one row, seen from another sheet of the same workbook."""

    base: str
    sheet: str
    row: int
    hidden: Sequence[str] = ()

    def cell(self, name: str) -> str:
        if name in self.hidden:
            (title, _), after = places(self.base)[self.sheet, "code"], len(RESULTS.fields)
            return f"'{title}'!${column_name(after + 1 + self.hidden.index(name))}${self.row}"
        if (self.sheet, name) not in places(self.base):
            raise NoPlaceError(name)
        title, (_, column) = places(self.base)[self.sheet, name]
        return f"'{title}'!${column_name(column)}${self.row}"

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


def filled(mutant: Mutant) -> tuple[bytes, list[Rule]]:
    """The form as openpyxl saves it, with a sheet that asks every rule of every row; and those rules in order."""
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
    rules = list(_ask(workbook, mutant))
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue(), rules


def _put(workbook: Workbook, place: tuple[str, int, int], value: Cell) -> None:
    title, row, column = place
    cell = workbook[title].cell(row, column)
    if isinstance(value, Shown):
        cell.value, cell.number_format = value.value, value.number_format
    else:
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"


def _ask(workbook: Workbook, mutant: Mutant) -> Iterator[Rule]:
    scratch, at = workbook.create_sheet(SCRATCH), 0
    for schema in form_of(BASES[mutant.base]).sheets:
        _, (first, _) = places(mutant.base)[schema.name, schema.fields[0].name]
        for row in range(first, first + len(mutant.rows[schema.name])):
            for rule, live in asked_rules(schema, mutant, row):
                at += 1
                scratch.cell(at, 1).value = f"=IFERROR({live.broken},FALSE)"
                scratch.cell(at, 2).value = f"=IFERROR({live.kept},FALSE)"
                yield rule


def both_told(made: Sequence[Mutant], folder: Path, soffice: Path) -> list[Told]:
    """Each form judged by both. LibreOffice is started once; openpyxl saves no cached values."""
    asked = []
    for number, mutant in enumerate(made):
        content, rules = filled(mutant)
        (folder / f"{number}.xlsx").write_bytes(content)
        asked.append((content, rules))
    _recalculate(folder, [f"{number}.xlsx" for number in range(len(made))], soffice)
    told = []
    for number, (mutant, (content, rules)) in enumerate(zip(made, asked, strict=True)):
        computed = read_workbook((folder / "out" / f"{number}.xlsx").read_bytes())
        told.append(Told(_read(computed, rules), findings_of(content, mutant), computed))
    return told


def _recalculate(folder: Path, names: Sequence[str], soffice: Path) -> None:
    command = [str(soffice), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    task = ["--convert-to", "xlsx", "--outdir", "out", *names]
    subprocess.run([*command, *task], check=True, capture_output=True, timeout=300, cwd=folder)


def _read(workbook: ReadWorkbook, rules: Sequence[Rule]) -> dict[Rule, tuple[bool, bool]]:
    """What the scratch sheet says, which must say something of every rule."""
    scratch = workbook.sheet(SCRATCH)
    assert scratch is not None
    cells = [(scratch.cells[row, 1], scratch.cells[row, 2]) for row in range(1, len(rules) + 1)]
    return {rule: (_is_true(broken), _is_true(kept)) for rule, (broken, kept) in zip(rules, cells, strict=True)}


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
    figures = {name: plan[name].astype("float64") for name in ("target", "target_upper", "milestone")}
    return replace(known(), objectives=plan.assign(**figures).reset_index(drop=True))


def address(base: str, rule: Rule) -> str:
    """The cell that a rule is about."""
    sheet, _, name, row = rule
    title, (_, column) = places(base)[sheet, name]
    return f"{title}!{cell_name(row, column)}"
