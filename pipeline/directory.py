"""danh_muc.xlsx read by the same engine as every form: reader, parser, pandera. Its mistakes are the operator's."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from pipeline.faults import OperatorError, disk_faults
from pipeline.findings import Code, explain, is_error
from pipeline.forms import DIRECTORY, FORMS
from pipeline.intake.file_kinds import DEFAULT_LIMITS, MEBIBYTE, RawWorkbook
from pipeline.intake.reader import ReaderPool
from pipeline.intake.workers import Workers
from pipeline.parsing import ParsedForm, parse_form
from pipeline.parsing.layout import locate_sheet
from pipeline.sheets.directory import Divisions, Staff
from pipeline.validation import judge, no_knowledge
from pipeline.vocabulary.choices import YesNo
from pipeline.vocabulary.sheets import Form, duty_column
from pipeline.wording import say

Entries = list[dict[str, object]]

DUTY_COLUMNS = {duty_column(form): form.number for form in FORMS}
"""Which column of the directory says that a division has to submit which form."""
_LATER = tuple(name for earlier in DIRECTORY.earlier for _, name in earlier.lacks)
"""The columns that earlier versions of the directory had not yet."""
_LIMITS = replace(DEFAULT_LIMITS, seconds=60, memory_bytes=1024 * MEBIBYTE, max_rows=150_000, max_cells=1_500_000)
"""Twenty thousand divisions and a hundred thousand people are some million cells: what the sheets themselves refuse."""


def read_directory(content: bytes, name: str) -> tuple[Entries, Entries]:
    """The divisions and the staff, as the settings take them; ``content`` came from a file of that name.

    The bytes are read, not the file again, which may be another by now: what was hashed and archived is what counts.
    A directory older than a form has no column for it: nobody has to submit that form.

    Raises:
        OperatorError: E803, with the first cell that is wrong.
    """
    workbook = _read(content, name)
    form = _form_of(workbook)
    parsed = parse_form(workbook, form, {})
    # The directory is no submission: it has no division, year or arrival.
    nobody = pd.DataFrame({"formats_known": [True]}, index=pd.Index([0], name="submission_id"))
    for finding in filter(is_error, judge({0: parsed}, form, nobody, no_knowledge())[0]):
        place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet or name
        raise OperatorError(Code.E803, path=name, place=place, reason=explain(finding).problem)
    return entries_of(parsed)


def entries_of(parsed: ParsedForm) -> tuple[Entries, Entries]:
    """The divisions and the staff of a directory that has been read and judged."""
    divisions: Entries = [
        {
            **_filled(row, [field.name for field in Divisions.fields() if field.name != Divisions.in_scope]),
            Divisions.in_scope: row[Divisions.in_scope] == YesNo.YES,
            "owes": [form for column, form in DUTY_COLUMNS.items() if row.get(column) == YesNo.YES],
        }
        for row in parsed.rows["divisions"]
    ]
    names = [field.name for field in Staff.fields()]
    return divisions, [_filled(row, names) for row in parsed.rows["staff"]]


def _read(content: bytes, name: str) -> RawWorkbook:
    with disk_faults(name, Code.E802), tempfile.TemporaryDirectory() as folder, ReaderPool(Workers(1), _LIMITS) as pool:
        private = Path(folder) / name
        private.write_bytes(content)
        outcome = pool.read_all([private])[private]
    if isinstance(outcome, RawWorkbook):
        return outcome
    raise OperatorError(Code.E803, path=name, place=name, reason=say(f"files.problem.{outcome.problem}"))


def _form_of(workbook: RawWorkbook) -> Form:
    """The directory's form without the columns that are newer than the file."""
    divisions, *others = DIRECTORY.sheets
    sheet = locate_sheet(workbook, divisions)
    if sheet is None:
        return DIRECTORY
    there = {*sheet.places, *sheet.doubtful, *sheet.crossed, *sheet.twice}
    missing = [column for column in (*_LATER, *DUTY_COLUMNS) if column not in there]
    return replace(DIRECTORY, sheets=(divisions.without(missing), *others))


def _filled(row: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    return {name: row[name] for name in names if row.get(name) is not None}
