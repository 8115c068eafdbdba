"""What the workbook says of itself: text that stays text, links that lead somewhere, checks that hold."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from pipeline.vietnamese import say_date
from pipeline.wording import say
from workbook_rules.areas import area_of, split_reference
from workbook_rules.checks.marks import beginning, label, title_of
from workbook_rules.reader import ReadSheet, ReadWorkbook, Table

_LIKE_FORMULA: Final = ("=", "+", "-", "@")
_NOT_RELATIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]|#")
_COUNT = re.compile(r"(?<![\w.,/-])\d{1,3}(?:\.\d{3})*(?![\d,.]*\d)(?!\s*%)")
_HEAD_ROWS: Final = 6
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


def text_stays_text(book: ReadWorkbook) -> Iterator[str]:
    """A text that begins like a formula is stored as text and stays one when its cell is edited."""
    for sheet in book.sheets:
        for place, text in sheet.texts:
            if text.startswith(_LIKE_FORMULA):
                cell = sheet.cells[place]
                if cell.formula is None and not book.style(cell).quoted:
                    yield sheet.at(place)


def links(book: ReadWorkbook) -> Iterator[str]:
    """Links lead to cells that there are, or to files by a relative path; no data comes from other workbooks."""
    for sheet in book.sheets:
        for link in sheet.root.iter("hyperlink"):
            number = next((value for name, value in link.attrib.items() if name.endswith("/relationships}id")), None)
            target = None if number is None else sheet.targets.get(number, ("", True))[0]
            is_good = _is_place(book, sheet, link.get("location", "")) if target is None else _is_relative(target)
            if not is_good:
                yield f"{sheet.title}!{link.get('ref', '')}"
    yield from (part for part in book.parts if part.startswith("xl/externalLinks/"))


def _is_relative(target: str) -> bool:
    return bool(target) and not _NOT_RELATIVE.match(target)


def _is_place(book: ReadWorkbook, sheet: ReadSheet, location: str) -> bool:
    title, address = split_reference(location, sheet.title)
    found = book.sheet(title)
    if found is None:
        return False
    try:
        area = area_of(address)
    except ValueError:
        return any(name == location for name, _, _ in book.names)
    return found.extent.has(area[:2])


def controls(book: ReadWorkbook) -> Iterator[str]:
    """Every check of sheet 10 holds, and the line on sheet 1 says what they say."""
    sheet, front = book.sheet(title_of(10)), book.sheet(title_of(1))
    table = _checks(sheet)
    if sheet is None or front is None or table is None:
        yield f"missing: {say('committee.heading.controls')}"
        return
    column = table.column(label("holds")) or table.area.first_column
    good = say("committee.result.holds")
    cells = {row: sheet.cells.get((row, column)) for row in table.body.rows}
    failed = [row for row, cell in cells.items() if cell is None or cell.text != good]
    yield from (sheet.at((row, column)) for row in failed)
    line = say("committee.headline.some_fail" if failed else "committee.headline.all_hold")
    if front.find(line) is None:
        yield f"{front.title}!A1"


def _checks(sheet: ReadSheet | None) -> Table | None:
    """The table of checks of sheet 10; None where there is none."""
    tables = () if sheet is None else sheet.tables
    return next(
        (table for table in tables if label("holds") in table.headers and label("actual") in table.headers), None
    )


def headline(book: ReadWorkbook) -> Iterator[str]:
    """Every count that the headline tells is one of the counts that sheet 10 compares for it."""
    sheet, front = book.sheet(title_of(10)), book.sheet(title_of(1))
    table = _checks(sheet)
    if sheet is None or front is None or table is None:
        yield f"missing: {say('committee.heading.controls')}"
        return
    compared = _compared(sheet, table)
    corrected = beginning("committee.corrected")
    head = [(at, text) for at, text in front.texts if at[0] <= _HEAD_ROWS and not text.startswith(corrected)]
    place, sentence = max(head, key=lambda one: len(_COUNT.findall(one[1])), default=((1, 1), ""))
    told = [int(count.replace(".", "")) for count in _COUNT.findall(sentence)]
    if not told or not compared or not set(told) <= compared:
        yield front.at(place)


def _compared(sheet: ReadSheet, table: Table) -> set[int]:
    """The counts in the lines of sheet 10 that are about the headline."""
    begins = beginning("committee.check.headline")
    said, counted = table.column(label("check")), table.column(label("actual"))
    values = (
        sheet.cells[row, counted or 0].value
        for row in table.body.rows
        if (cell := sheet.cells.get((row, said or 0))) and cell.text.startswith(begins)
    )
    return {int(value) for value in values if isinstance(value, float)}


def created(book: ReadWorkbook) -> Iterator[str]:
    """The workbook's date is the midnight of the day that sheet 12 tells, not the moment of its making."""
    made, changed = (book.properties.get(name, "") for name in ("created", "modified"))
    day = _midnight(made)
    notes = book.sheet(title_of(12))
    is_told = notes is None or (day is not None and any(say_date(day) in text for _, text in notes.texts))
    if day is None or changed != made or not is_told:
        yield f"created = {made}"
    yield from (part for part, moment in book.moments.items() if moment != _EARLIEST)


def _midnight(text: str) -> dt.date | None:
    try:
        moment = dt.datetime.fromisoformat(text.replace("Z", ""))
    except ValueError:
        return None
    return moment.date() if moment.time() == dt.time() else None
