"""The real templates, read once, filled and edited in memory, and judged on the road that every file goes."""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pandas as pd
from rules_bases import BASES, COVER, Base, Value
from rules_settings import SETTINGS

from pipeline.findings import Finding, Verdict, verdict_of
from pipeline.forms import BY_NUMBER, DIRECTORY
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.judging import Ground, Submission, judge_forms
from pipeline.judging.reading import recognised
from pipeline.parsing import as_frames, parse_form, storable_columns
from pipeline.parsing.layout import locate_sheet
from pipeline.parsing.recognition import IDENTITY_SHEET
from pipeline.spreadsheet import Position, RawCell, RawSheet
from pipeline.templates.template import Issue, template_bytes
from pipeline.validation import Knowledge, judge, knowledge, no_knowledge
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form, Layout

Edits = Mapping[str, Value]
"""What is typed where: "objectives.target.2" is a field and a row of a table, "cover.year" a field of the cover,
"identity.year" a line of the hidden sheet, "tasks.*.1" a whole row (to clear it)."""

Change = Callable[[RawWorkbook], RawWorkbook]


def form_of(base: Base) -> Form:
    """The form of a base; also the secretary's directory."""
    return BY_NUMBER.get(base.number, DIRECTORY)


@cache
def template_content(name: str) -> bytes:
    """The issued template of a base."""
    base = BASES[name]
    form = form_of(base)
    lists = {} if form is DIRECTORY else lists_of(SETTINGS, 2019)
    issue = Issue(
        lists=lists,
        agency=SETTINGS.agency[0],
        made_on=dt.date(2019, 1, 1),
        division=base.division,
        year="2019" if base.period else "",
        period=base.period,
    )
    return template_bytes(form, issue)


@cache
def template(name: str) -> RawWorkbook:
    """The issued template of a base as the reader gives it, without the guide and the lists."""
    whole = read_bytes(template_content(name))
    wanted = {IDENTITY_SHEET, *(schema.title for schema in form_of(BASES[name]).all_sheets)}
    return replace(whole, sheets=tuple(sheet for sheet in whole.sheets if sheet.title in wanted))


def read_bytes(content: bytes) -> RawWorkbook:
    """A workbook's bytes as the reader gives them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(content)
        workbook = read_workbook(path)
    assert isinstance(workbook, RawWorkbook)
    return workbook


@cache
def places(name: str) -> Mapping[tuple[str, str], tuple[str, Position]]:
    """Sheet and field to the title of its sheet and its first cell below the header, or its cell of the cover."""
    found: dict[tuple[str, str], tuple[str, Position]] = {}
    for schema in form_of(BASES[name]).all_sheets:
        located = locate_sheet(template(name), schema)
        assert located is not None
        below = 0 if schema.plan.layout is Layout.COVER else 1
        for known in schema.fields:
            row, column = located.places[known.name]
            found[schema.name, known.name] = (located.title, (row + below, column))
    return found


@cache
def filled(name: str) -> RawWorkbook:
    """The base, filled: a valid form."""
    base = BASES[name]
    typed = {f"{form_of(base).cover.name}.{field}": value for field, value in COVER.items()}
    if form_of(base) is DIRECTORY:
        typed = {"about.maintained_by": "Thư ký ISO"}
    for sheet, rows in base.rows.items():
        for position, row in enumerate(rows, 1):
            typed |= {f"{sheet}.{field}.{position}": value for field, value in row.items()}
    return edited(template(name), name, typed)


def edited(workbook: RawWorkbook, name: str, edits: Edits) -> RawWorkbook:
    """The workbook with the edits typed into it."""
    changes: dict[str, dict[Position, RawCell | None]] = {}
    for key, value in edits.items():
        for title, position in _targets(workbook, name, key):
            changes.setdefault(title, {})[position] = _cell(value)
    return replace(workbook, sheets=tuple(_changed(sheet, changes.get(sheet.title, {})) for sheet in workbook.sheets))


def _targets(workbook: RawWorkbook, name: str, key: str) -> Iterable[tuple[str, Position]]:
    sheet, wanted, *rows = key.split(".")
    if sheet == "identity":
        hidden = next(raw for raw in workbook.sheets if raw.title == IDENTITY_SHEET)
        return [(IDENTITY_SHEET, (row, 2)) for (row, column), cell in hidden.cells.items() if cell.value == wanted]
    below = int(rows[0]) - 1 if rows else 0
    return [
        (title, (row + below, column))
        for (of_sheet, of_field), (title, (row, column)) in places(name).items()
        if of_sheet == sheet and wanted in {"*", of_field}
    ]


def _cell(value: Value) -> RawCell | None:
    match value:
        case None | RawCell():
            return value
        case bool():
            return RawCell(value, "General")
        case int() | float():
            return RawCell(float(value), "General")
        case str():
            return RawCell(value, "General")
        case dt.date():
            return RawCell(value, "dd/mm/yyyy")


def _changed(sheet: RawSheet, changes: Mapping[Position, RawCell | None]) -> RawSheet:
    if not changes:
        return sheet
    cells = {**sheet.cells, **changes}
    kept = {position: cell for position, cell in cells.items() if cell is not None}
    return replace(sheet, cells=kept, last_row=max((row for row, _ in kept), default=0))


@dataclass(frozen=True)
class Case:
    """One submission to judge: a base, what is edited in it, and when it arrives."""

    base: str
    edits: Edits = field(default_factory=dict)
    change: Change | None = None
    arrived_at: dt.datetime | None = None
    formats_known: bool = True

    @property
    def workbook(self) -> RawWorkbook:
        """The workbook as the reader gives it."""
        made = edited(filled(self.base), self.base, self.edits)
        made = self.change(made) if self.change else made
        return replace(made, formats_known=self.formats_known)


def judge_cases(cases: Sequence[Case]) -> list[tuple[Verdict, tuple[Finding, ...]]]:
    """Verdict and findings of each case; all cases of a form are judged together."""
    made: dict[int, tuple[Verdict, tuple[Finding, ...]]] = {}
    for number in sorted({BASES[case.base].number for case in cases}):
        of_form = {key: case for key, case in enumerate(cases) if BASES[case.base].number == number}
        made |= _judge_directories(of_form) if number == DIRECTORY.number else _judge_forms(number, of_form)
    return [made[key] for key in range(len(cases))]


def _judge_forms(number: str, cases: Mapping[int, Case]) -> dict[int, tuple[Verdict, tuple[Finding, ...]]]:
    examined = [_examined(key, case) for key, case in cases.items()]
    stopped = [each for each in examined if not each.is_open]
    ground = Ground(known(), frozenset({("VP", "2019-KH")}))
    judged = judge_forms(BY_NUMBER[number], [each for each in examined if each.is_open], SETTINGS, ground)
    return {one.key: (one.verdict, one.findings) for one in (*stopped, *judged)}


def _examined(key: int, case: Case) -> Submission:
    arrived_at = case.arrived_at or BASES[case.base].arrived_at
    return recognised(Submission(key, Path("form.xlsx"), arrived_at), case.workbook, SETTINGS)


def _judge_directories(cases: Mapping[int, Case]) -> dict[int, tuple[Verdict, tuple[Finding, ...]]]:
    parsed = {key: parse_form(case.workbook, DIRECTORY, {}) for key, case in cases.items()}
    nobody = pd.DataFrame({"formats_known": True}, index=pd.Index(list(cases), name="submission_id"))
    found = judge(parsed, DIRECTORY, nobody, no_knowledge())
    return {key: (verdict_of(findings), tuple(findings)) for key, findings in found.items()}


_YEAR_END = pd.Timestamp("2019-12-31")


@cache
def known() -> Knowledge:
    """What was accepted before: VP's BM-01 of 2018 and 2019, and an older register of the ISO working group.

    The BM-01 have an objective more than the base: MT05, a number that only grows.
    """
    submissions = pd.DataFrame(
        {
            "form": ["BM-01", "BM-01", "BM-04"],
            "division": ["VP", "VP", "TCT"],
            "period": ["2018-KH", "2019-KH", "2019-6T"],
            "verdict": ["accepted"] * 3,
            "withdrawn": [False] * 3,
            "arrived_at": pd.to_datetime(["2018-01-20", "2019-01-20", "2019-06-01"]).astype("datetime64[us]"),
        },
        index=pd.Index([1, 2, 3], name="submission_id"),
    )
    # The last accepted register had the first row of each sheet; what stands below is new.
    register = {sheet: rows.head(1) for sheet, rows in accepted_rows("BM-04", (3,)).items()}
    planned = accepted_rows("BM-01", (1, 2))
    classes = (
        planned["objectives"]
        .tail(1)
        .assign(code="MT05", measure="số lũy kế", comparator="ít nhất", target=10.0, unit="lớp", due_on=_YEAR_END)
    )
    planned["objectives"] = pd.concat([planned["objectives"], classes], ignore_index=True)
    # MT01 and MT02 go on from one year to the next; MT05 goes on with what was measured otherwise.
    goes_on = {"MT01": "MT01", "MT02": "MT02", "MT05": "MT03"}
    planned["objectives"]["continues"] = planned["objectives"]["code"].map(goes_on).astype("str")
    rows = {**planned, **register}
    return knowledge(SETTINGS, submissions, rows)


def accepted_rows(name: str, submission_ids: Sequence[int]) -> dict[str, pd.DataFrame]:
    """The rows of a base as the ledger would give them back, once for each submission."""
    form = form_of(BASES[name])
    read = parse_form(filled(name), form, lists_of(SETTINGS, 2019))
    frames = as_frames(dict.fromkeys(submission_ids, read), form.sheets)
    return {
        schema.name: frames[schema.name][["submission_id", "excel_row", *storable_columns(schema)]]
        for schema in form.sheets
    }


def addressed(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Code and place of each finding: ("V303", "Mục tiêu!E6"); the place is empty for the whole file."""
    return [(finding.code, f"{finding.sheet}!{finding.cell}".strip("!")) for finding in findings]
