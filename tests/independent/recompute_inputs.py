"""The input files, read again with openpyxl: settings, directory, archived forms. Nothing of ``pipeline`` is used.

Of the committee workbook only sheet 11 is believed, and only for what no form holds: name, hash, arrival, verdict and
version.
"""

import datetime as dt
import hashlib
import re
import sqlite3
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from recompute_calendar import calendar

Value = str | Fraction | dt.date | None
"""What a clerk meant by a cell: text or a coded word, an exact number, a day, nothing."""

Row = Mapping[str, Value]
"""One row of a form by its English tags; under ``tag@`` the sheet and cell where each stands: ``Kết quả!E7``."""

FORMS = {"objectives": "BM-01", "results": "BM-02", "policy": "BM-03", "declaration": "BM-04"}
PERIODS = {"Kế hoạch năm": "KH", "6 tháng": "6T", "Cả năm": "CN"}
ACCEPTED = ("Hợp lệ", "Hợp lệ, có lưu ý")
RETURNED = "Trả lại"

_KEYS = ("task_code", "staff_code", "decision_no", "scope_change", "of_decision", "checked_on", "code", "origin")
_PRINTED = {
    ("BM-01", "code"): {"code"},
    ("BM-01", "task_code"): {"task_code"},
    ("BM-02", "code"): {"code", "statement", "commitment"},
    ("BM-02", "origin"): {"origin", "objective", "action", "owner", "due_on"},
    ("BM-02", "task_code"): {"task_code", "task", "planned_finish_on"},
    ("BM-03", "staff_code"): {"staff_code", "full_name", "position", "category"},
}
"""What the issued form brings along: a row with nothing else in it is not used."""

_TAG = re.compile(r"[a-z]+(_[a-z]+)*")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Source:
    """A file as sheet 11 lists it; ``arrived_at`` is the best estimate of its arrival.

    ``number`` is the file's in the workbook that is compared, and nothing when only another period's workbook lists it.
    """

    number: str | None
    name: str
    sha256: str
    arrived_at: dt.datetime
    verdict: str
    version: int


@dataclass(frozen=True)
class Submission:
    """A form in the archive: whose it is, for when, and its used rows by the tag of their key column."""

    source: Source
    form: str
    division: str
    period: str
    tables: Mapping[str, Sequence[Row]]

    @property
    def is_accepted(self) -> bool:
        """Whether the file was found good, with or without warnings."""
        return self.source.verdict in ACCEPTED

    @property
    def is_empty(self) -> bool:
        """Whether no row of the form is used."""
        return not any(self.tables.values())

    def rows(self, key: str) -> Mapping[str, Row]:
        """The used rows of one sheet by their code."""
        return {str(row[key]): row for row in self.tables.get(key, ())}


@dataclass(frozen=True)
class Inputs:
    """Everything the committee workbook is made from, as of a day."""

    settings: Mapping[str, Any]
    divisions: Mapping[str, Row]
    staff: Sequence[Row]
    submissions: Sequence[Submission]
    sources: Sequence[Source]
    looks: Sequence[dt.datetime]
    warned: Mapping[str, tuple[int, int]]
    """How many warnings a file was told of, and how many of them are explained, by its SHA-256."""
    today: dt.date

    def interval(self, one: Submission) -> tuple[dt.datetime | None, dt.datetime]:
        """The look into the inbox before a file came, if there was one, and the look that found it."""
        found = next(look for look in self.looks if look >= one.source.arrived_at)
        return next((look for look in reversed(self.looks) if look < found), None), found

    @cached_property
    def arrivals(self) -> Sequence[dt.datetime]:
        """The times at which something came in, the first first."""
        return sorted({source.arrived_at for source in self.sources})

    @cached_property
    def by_obligation(self) -> Mapping[tuple[str, str, str], Sequence[Submission]]:
        """Every version of (form, division, period), the first first."""
        found: dict[tuple[str, str, str], list[Submission]] = {}
        for one in sorted(self.submissions, key=lambda one: one.source.version):
            found.setdefault((one.form, one.division, one.period), []).append(one)
        return found

    def versions(self, form: str, division: str, period: str) -> Sequence[Submission]:
        """Every version handed in for an obligation, the first first."""
        return self.by_obligation.get((form, division, period), ())

    def in_force(self, form: str, division: str, period: str) -> Submission | None:
        """The last accepted version."""
        return next((one for one in reversed(self.versions(form, division, period)) if one.is_accepted), None)

    def due_on(self, form: str, period: str) -> dt.date:
        """The day before which the form had to be in."""
        year, part = period.split("-")
        return calendar(self.settings, year)[part][form]


def text_of(value: object) -> str | None:
    """Text in precomposed Unicode without spaces around it; ``None`` when nothing is left."""
    return unicodedata.normalize("NFC", str(value)).strip() or None if value is not None else None


def _number_of(words: str) -> Fraction | None:
    typed = words.removesuffix("%").strip()
    if not re.fullmatch(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?", typed):
        return None
    return Fraction(typed.replace(".", "").replace(",", "."))


def value_of(cell: Cell | MergedCell, tag: str) -> Value:
    """What the cell means. A number under a percent format counts a hundredfold; a day may be typed as dd/mm/yyyy."""
    found = cell.value
    if isinstance(found, dt.datetime):
        return found.date()
    if isinstance(found, int | float) and not isinstance(found, bool):
        return Fraction(str(found)) * (100 if "%" in str(cell.number_format) else 1)
    words = text_of(found)
    if words is None or tag.endswith(("_no", "code", "telephone")):
        return words
    if tag.endswith("_on") and (day := _DAY.fullmatch(words)):
        return dt.date(int(day[3]), int(day[2]), int(day[1]))
    number = _number_of(words)
    return words if number is None else number


def table_of(sheet: Worksheet) -> tuple[str, list[Row]] | None:
    """The tag of the key column and the filled rows of a sheet that holds a table, found by its hidden row of tags."""
    for cells in sheet.iter_rows():
        tags = {int(cell.column or 0): str(cell.value) for cell in cells if _TAG.fullmatch(str(cell.value or ""))}
        key = next((key for key in _KEYS if key in tags.values()), None)
        if key and len(tags) >= 3:
            return key, list(_rows_below(sheet, int(cells[0].row or 0) + 2, tags))
    return None


def _rows_below(sheet: Worksheet, first: int, tags: Mapping[int, str]) -> Iterator[Row]:
    for number in range(first, sheet.max_row + 1):
        row: dict[str, Value] = {tag: value_of(sheet.cell(number, column), tag) for column, tag in tags.items()}
        if any(value is not None for value in row.values()):
            at = {f"{tag}@": f"{sheet.title}!{get_column_letter(column)}{number}" for column, tag in tags.items()}
            yield {**row, **at}


def _cover_of(workbook: Workbook) -> dict[str, str | None]:
    """The cover's answers by the tags in its hidden first column, two cells to the left of them."""
    sheet = workbook["Thông tin chung"]
    tagged = (row for row in sheet.iter_rows(max_col=3) if row[0].value is not None)
    return {str(row[0].value): text_of(row[2].value) for row in tagged}


def _identity_of(workbook: Workbook) -> tuple[str, str, str]:
    hidden = {str(name): text_of(value) for name, value in workbook["_qms"].iter_rows(max_col=2, values_only=True)}
    cover = _cover_of(workbook)
    division = str(cover["division"]).split(" - ")[0]
    period = PERIODS[str(cover["period"])]
    written = {"division": division, "year": cover["year"], "period": period}
    for name, answer in written.items():
        if hidden[name] not in (None, answer):
            message = f"cover says {name} {answer}, the hidden sheet {hidden[name]}"
            raise ValueError(message)
    return FORMS[str(hidden["form_id"])], division, f"{cover['year']}-{period}"


def _read_submission(originals: Path, source: Source) -> Submission:
    workbook = load_workbook(next(originals.glob(f"{source.sha256}.*")), data_only=True)
    form, division, period = _identity_of(workbook)
    tables = dict(table for sheet in workbook if (table := table_of(sheet)))
    used = {
        key: [row for row in rows if _is_used(row, set(_PRINTED.get((form, key), ())))] for key, rows in tables.items()
    }
    return Submission(source, form, division, period, used)


def _is_used(row: Row, printed: set[str]) -> bool:
    return any(value is not None for tag, value in row.items() if tag not in printed and not tag.endswith("@"))


def check_bytes(originals: Path, source: Source) -> None:
    """Raises ``ValueError`` when the archive does not hold the bytes that sheet 11 names."""
    held = [hashlib.sha256(path.read_bytes()).hexdigest() for path in originals.glob(f"{source.sha256}.*")]
    if held != [source.sha256]:
        message = f"{source.number} {source.name}: the archive holds {held}, sheet 11 says {source.sha256}"
        raise ValueError(message)


@cache
def read_submission(originals: Path, source: Source) -> Submission | None:
    """The archived form, its bytes checked; ``None`` for a file that was no readable form."""
    check_bytes(originals, source)
    is_form = source.verdict in (*ACCEPTED, RETURNED)
    return _read_submission(originals, source) if is_form else None


def read_sources(workbook: Workbook, others: Iterable[Workbook] = ()) -> list[Source]:
    """What sheet 11 says of each file; the others are the workbooks of other periods, which list further files."""
    own = {source.sha256: source for source in _listed_in(workbook)}
    further = {source.sha256: replace(source, number=None) for other in others for source in _listed_in(other)}
    return list((further | own).values())


def _listed_in(workbook: Workbook) -> Iterator[Source]:
    sheet = workbook["11 Nguồn"]
    first, last = str(sheet.tables["nguon"].ref).split(":")
    header, *rows = [[cell.value for cell in row] for row in sheet[first:last]]
    listed = (dict(zip(map(str, header), row, strict=True)) for row in rows)
    # A table without files holds a sentence.
    return (_source_of(row) for row in listed if row["SHA-256"] is not None)


def _source_of(row: Mapping[str, Any]) -> Source:
    return Source(
        number=row["Nguồn"],
        name=row["Tên tệp"],
        sha256=row["SHA-256"],
        arrived_at=row["Ngày nhận"],
        verdict=row["Kết quả xét"],
        version=int(row["Lần nộp"] or 0),
    )


def _looks(ledger: Path) -> list[dt.datetime]:
    """When the inbox was looked into, the first first."""
    with sqlite3.connect(ledger) as connection:
        found = connection.execute("SELECT DISTINCT as_of FROM scan ORDER BY as_of").fetchall()
    connection.close()
    return [dt.datetime.fromisoformat(as_of) for (as_of,) in found]


def _warned(ledger: Path) -> dict[str, tuple[int, int]]:
    query = (
        "SELECT a.sha256, COUNT(*), SUM(f.facts LIKE '%\"explanation\"%') FROM finding f"
        " JOIN submission s USING (submission_id) JOIN arrival a USING (arrival_id)"
        " WHERE f.severity = 'warning' GROUP BY a.sha256"
    )
    with sqlite3.connect(ledger) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return {sha256: (count, explained) for sha256, count, explained in found}


def read_inputs(workspace: Path, sources: Sequence[Source], today: dt.date) -> Inputs:
    """The settings, the directory and every archived form of a workspace."""
    directory = dict(table for sheet in load_workbook(workspace / "danh_muc.xlsx") if (table := table_of(sheet)))
    read = (read_submission(workspace / "archive" / "originals", source) for source in sources)
    return Inputs(
        settings=tomllib.loads((workspace / "qms.toml").read_text(encoding="utf-8")),
        divisions={str(row["code"]): row for row in directory["code"]},
        staff=directory["staff_code"],
        submissions=[one for one in read if one],
        sources=sources,
        looks=_looks(workspace / "archive" / "ledger.sqlite"),
        warned=_warned(workspace / "archive" / "ledger.sqlite"),
        today=today,
    )
