"""A clerk's desk: the valid forms as .xlsx files, and what is done to them with openpyxl before they are sent."""

import io
import pickle
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from openpyxl import Workbook, load_workbook
from openpyxl.utils.bound_dictionary import BoundDictionary
from openpyxl.worksheet.worksheet import Worksheet
from rules_bases import BASES, COVER
from rules_settings import SETTINGS
from rules_sheets import form_of, read_bytes, template_content

from pipeline.demo.filling import Filling, fill
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.parsing import ParsedForm, parse_form, storable_columns
from pipeline.parsing.recognition import IDENTITY_SHEET
from pipeline.vocabulary.lists import lists_of

Accident = Callable[[Workbook], None]
Rows = Mapping[str, Sequence[Mapping[str, object]]]

TAGS, HEADER, FIRST = 4, 5, 6
_KEPT = 6
"""Rows that stay of the sixty printed ones, so that openpyxl is quick; every code above is still there."""


@cache
def whole(name: str) -> bytes:
    """The valid form with all its printed rows, as openpyxl saves it."""
    base = BASES[name]
    return fill(template_content(name), form_of(base), Filling(COVER, base.rows), lists_of(SETTINGS, 2019))


@cache
def short(name: str) -> bytes:
    """The same with the last unused rows deleted."""
    return cut_short(whole(name), name)


def cut_short(content: bytes, name: str) -> bytes:
    """A form without the last of its printed rows."""
    workbook = load_workbook(io.BytesIO(content))
    for schema in form_of(BASES[name]).sheets:
        sheet = workbook[schema.title]
        sheet.delete_rows(FIRST + _KEPT, sheet.max_row)
    return _saved(workbook)


class _Pickler(pickle.Pickler):
    """Also keeps how openpyxl makes a row or a column that is missing, which pickle alone would lose."""

    def reducer_override(self, one: object) -> object:
        if not isinstance(one, BoundDictionary):
            return NotImplemented
        kept = (vars(one), one.default_factory)
        return type(one).__new__, (type(one),), kept, None, iter(one.items()), _bind


def _bind(holder: BoundDictionary, kept: tuple[Mapping[str, object], Callable[[], object]]) -> None:
    vars(holder).update(kept[0])
    holder.default_factory = kept[1]


@cache
def _opened(name: str) -> bytes:
    """The short form as openpyxl opens it, pickled: to take it up again costs a sixth of opening the file."""
    pickled = io.BytesIO()
    _Pickler(pickled).dump(load_workbook(io.BytesIO(short(name))))
    return pickled.getvalue()


def sent(name: str, accident: Accident) -> RawWorkbook:
    """The form after the accident, saved, and read as it arrives."""
    workbook = pickle.loads(_opened(name))
    accident(workbook)
    return read_bytes(_saved(workbook))


def parsed_of(workbook: RawWorkbook, name: str) -> ParsedForm:
    """The form as it is read."""
    return parse_form(workbook, form_of(BASES[name]), lists_of(SETTINGS, 2019))


def rows_of(workbook: RawWorkbook, name: str) -> Rows:
    """The rows by sheet as the ledger would keep them, without where they stood, in the order of their codes."""
    parsed = parsed_of(workbook, name)
    return {
        schema.name: sorted(
            ({f: row[f] for f in storable_columns(schema)} for row in parsed.rows[schema.name]), key=str
        )
        for schema in parsed.form.all_sheets
    }


@cache
def untouched(name: str) -> Rows:
    """The rows of the valid form."""
    return rows_of(read_bytes(short(name)), name)


def _saved(workbook: Workbook) -> bytes:
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def column(sheet: Worksheet, tag: str) -> int:
    """The column of a field, by its hidden tag."""
    return next(c for c in range(1, sheet.max_column + 1) if sheet.cell(TAGS, c).value == tag)


def put(sheet: str, tag: str, row: int, value: object, number_format: str = "") -> Accident:
    """Type a value into the ``row``-th row of the table, counted from 1."""

    def done(workbook: Workbook) -> None:
        cell = workbook[sheet].cell(FIRST + row - 1, column(workbook[sheet], tag))
        cell.value = value
        cell.number_format = number_format or cell.number_format

    return done


def header(sheet: str, tag: str, text: object, *, untagged: bool = False) -> Accident:
    """Write another header over a column; ``untagged`` also clears its hidden tag."""

    def done(workbook: Workbook) -> None:
        at = column(workbook[sheet], tag)
        workbook[sheet].cell(HEADER, at).value = text
        if untagged:
            workbook[sheet].cell(TAGS, at).value = None

    return done


def headers(sheet: str, change: Callable[[str], str]) -> Accident:
    """Write every header of a sheet otherwise."""

    def done(workbook: Workbook) -> None:
        for cell in workbook[sheet][HEADER]:
            cell.value = change(cell.value) if isinstance(cell.value, str) else cell.value

    return done


def untag(sheet: str) -> Accident:
    """Clear the hidden row of tags."""

    def done(workbook: Workbook) -> None:
        for cell in workbook[sheet][TAGS]:
            cell.value = None

    return done


def without_tag_row(sheet: str) -> Accident:
    """Delete the hidden row of tags."""
    return lambda workbook: workbook[sheet].delete_rows(TAGS)


def rows_inserted(sheet: str, before: int, count: int) -> Accident:
    """Insert blank rows."""
    return lambda workbook: workbook[sheet].insert_rows(before, count)


def column_inserted(sheet: str, before: int, head: str = "", values: Sequence[object] = ()) -> Accident:
    """Insert a column with a header of its own."""

    def done(workbook: Workbook) -> None:
        workbook[sheet].insert_cols(before)
        workbook[sheet].cell(HEADER, before).value = head
        for row, value in enumerate(values, FIRST):
            workbook[sheet].cell(row, before).value = value

    return done


def column_deleted(sheet: str, tag: str) -> Accident:
    """Delete a column."""
    return lambda workbook: workbook[sheet].delete_cols(column(workbook[sheet], tag))


def swapped(sheet: str, one: str, other: str, rows: Sequence[int]) -> Accident:
    """Exchange the cells of two columns in some rows."""

    def done(workbook: Workbook) -> None:
        at, to = column(workbook[sheet], one), column(workbook[sheet], other)
        for row in rows:
            first, second = workbook[sheet].cell(row, at), workbook[sheet].cell(row, to)
            first.value, second.value = second.value, first.value
            first.number_format, second.number_format = second.number_format, first.number_format

    return done


def column_copied(sheet: str, tag: str, *, tagged: bool = True) -> Accident:
    """Copy a column behind the table, with its tag or without."""

    def done(workbook: Workbook) -> None:
        at, to = column(workbook[sheet], tag), workbook[sheet].max_column + 1
        for row in range(TAGS if tagged else HEADER, workbook[sheet].max_row + 1):
            copied = workbook[sheet].cell(row, to)
            copied.value = workbook[sheet].cell(row, at).value
            copied.number_format = workbook[sheet].cell(row, at).number_format

    return done


def sheet_copied(sheet: str, *, hidden: bool = False) -> Accident:
    """Copy a sheet, as Excel does with its title."""

    def done(workbook: Workbook) -> None:
        copied = workbook.copy_worksheet(workbook[sheet])
        copied.title = f"{sheet} (2)"
        copied.sheet_state = "hidden" if hidden else "visible"

    return done


def cleared(sheet: str, tags: Sequence[str]) -> Accident:
    """Clear columns of the table."""

    def done(workbook: Workbook) -> None:
        for tag in tags:
            at = column(workbook[sheet], tag)
            for row in range(FIRST, workbook[sheet].max_row + 1):
                workbook[sheet].cell(row, at).value = None

    return done


def written(sheet: str, cells: Mapping[str, object]) -> Accident:
    """Write values into cells by their addresses."""

    def done(workbook: Workbook) -> None:
        for address, value in cells.items():
            workbook[sheet][address] = value

    return done


def renamed(sheet: str, title: str) -> Accident:
    """Rename a sheet."""

    def done(workbook: Workbook) -> None:
        workbook[sheet].title = title

    return done


def removed(*sheets: str) -> Accident:
    """Delete sheets."""

    def done(workbook: Workbook) -> None:
        for sheet in sheets:
            del workbook[sheet]

    return done


def private_sheet(title: str, rows: Sequence[Sequence[object]], place: int = 0) -> Accident:
    """Add a clerk's own sheet."""

    def done(workbook: Workbook) -> None:
        sheet = workbook.create_sheet(title, place)
        for row in rows:
            sheet.append(list(row))

    return done


def merged(sheet: str, area: str) -> Accident:
    """Join cells; Excel and openpyxl keep only the first one's value."""
    return lambda workbook: workbook[sheet].merge_cells(area)


def everywhere(change: Callable[[str], str]) -> Accident:
    """Change every text of every sheet but the hidden one."""

    def done(workbook: Workbook) -> None:
        for sheet in workbook.worksheets:
            if sheet.title != IDENTITY_SHEET:
                for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
                    cell.value = change(cell.value)

    return done


def both(*accidents: Accident) -> Accident:
    """Several accidents, one after another."""

    def done(workbook: Workbook) -> None:
        for accident in accidents:
            accident(workbook)

    return done
