"""From a finding's code to the formula that tells whether it still holds, wherever it stands in a workbook."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from pipeline.findings.codes import Code
from pipeline.formulas.expressions import (
    NEVER,
    PIECES,
    blank,
    every,
    holds_any,
    is_nearly,
    is_one,
    negated,
    patterns_of,
    some,
)
from pipeline.vocabulary.fields import Field, Kind
from pipeline.vocabulary.live import Live, LiveRow, NoPlaceError, is_percent
from pipeline.vocabulary.placeholders import CLOSES, OPENS
from pipeline.vocabulary.sheets import BLANK_REQUIRED

LONGEST_FORMULA = 8_192
NOT_A_NUMBER, NOT_A_DAY, TWO_WAYS, ERROR_CELL, CHANGED_BY_EXCEL = Code.V301, Code.V302, Code.V307, Code.V311, Code.V316
NOT_FILLED = Code.V321
_DIGITS = tuple("0123456789０１２３４５６７８９")
_NUMBER_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười")
_FIRST_DAY, _LAST_DAY = 32_874, 73_415
"""1 January 1990 and 31 December 2100 as serials: a number within is read as a day (``parsing.values``)."""
_BEYOND_REPORTS = "1E+13"
"""Two digits below what the reader refuses (``parsing.values``), which reads a percentage as its hundredfold."""


OwnCheck = Callable[[LiveRow, str], Live]
"""What a field's own cell is asked, by its name in the row."""


def live_formula(row: LiveRow, code: str, name: str) -> str | None:
    """A formula without its ``=``: TRUE where the cell surely keeps what the code asks of it, else FALSE.

    None where no formula can tell: the rule leans on what stands in no workbook (``Rule.why_not_live``), or this
    workbook lacks a place that it looks at. A text that the reader may read (``95,5``) is not surely kept.
    """
    try:
        kept = [render().kept for of, render in _renderings(row, name) if of == code]
    except NoPlaceError:
        return None
    formula = f"IFERROR({every(*kept)},FALSE)"
    return formula if kept and len(formula) < LONGEST_FORMULA else None


def live_checks(row: LiveRow, name: str) -> Iterator[tuple[Code, Live]]:
    """Everything that a formula can say of a field's cell, by code, in the order in which it is told."""
    for code, render in _renderings(row, name):
        try:
            yield code, render()
        except NoPlaceError:
            continue


def _renderings(row: LiveRow, name: str) -> Iterator[tuple[Code, Callable[[], Live]]]:
    for code, check in own_checks(row.fields[name]).items():
        yield code, partial(check, row, name)
    for rule in row.schema.rules:
        if rule.field == name:
            yield rule.code, partial(rule.live, row)


def own_checks(field: Field) -> Mapping[Code, OwnCheck]:
    """What a field is asked of its own cell, by code, in the order in which it is told."""
    required = {BLANK_REQUIRED: _blank_required} if field.is_plainly_required else {}
    limits = {limit.code: limit.live for limit in field.limits}
    return {ERROR_CELL: _error_cell, **required, **_OF_READING[field.kind], **limits}


def _blank_required(row: LiveRow, name: str) -> Live:
    """Something stands there."""
    return Live(blank(row.cell(name)))


def _not_a_number(row: LiveRow, name: str) -> Live:
    """A number stands there, or one of the words allowed in its place. A text with figures may be read."""
    cell, text = row.cell(name), row.unread(name)
    readable = holds_any(cell, row.where.texts((*_DIGITS, *_NUMBER_WORDS, *PIECES)))
    nonsense = every(text, negated(readable), *_no_coded_word(row, name))
    percent = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=10,{is_percent(cell)},FALSE),FALSE)"
    beyond = f"IF(ISNUMBER({cell}),ABS({cell})>={_BEYOND_REPORTS},FALSE)"
    is_plain = not row.fields[name].measured_in
    return Live(some(nonsense, f"ISLOGICAL({cell})", percent if is_plain else NEVER), (text,), (beyond,))


def _not_a_day(row: LiveRow, name: str) -> Live:
    """A day stands there, or one of the words allowed in its place. A text with figures may be read."""
    cell, text = row.cell(name), row.unread(name)
    nonsense = every(text, negated(holds_any(cell, row.where.texts(_DIGITS))), *_no_coded_word(row, name))
    far = f"IF(ISNUMBER({cell}),OR({cell}<{_FIRST_DAY},{cell}>={_LAST_DAY + 1}),FALSE)"
    return Live(some(nonsense, f"ISLOGICAL({cell})"), (text, far))


def _two_ways(row: LiveRow, name: str) -> Live:
    """A number stands there; which of two readings a text has, only the sender knows."""
    return Live(NEVER, (row.unread(name),))


def _error_cell(row: LiveRow, name: str) -> Live:
    """The cell shows no error such as #N/A."""
    return Live(f"ISERROR({row.cell(name)})")


def _changed_by_excel(row: LiveRow, name: str) -> Live:
    """A text stands there, which Excel has not turned into a day or a truth value."""
    return Live(f"ISLOGICAL({row.cell(name)})", (f"ISNUMBER({row.cell(name)})",))


def _not_filled(row: LiveRow, name: str) -> Live:
    """No placeholder of an illustration is left."""
    return Live(f'ISNUMBER(SEARCH("{OPENS}*{CLOSES}",{row.cell(name)}))')


def _no_coded_word(row: LiveRow, name: str) -> tuple[str, ...]:
    """The cell is not even nearly one of the words allowed in place of a number or a day."""
    coded = row.fields[name].coded
    if not coded:
        return ()
    near = is_nearly(row.cell(name), row.where.texts(patterns_of(coded)))
    read = some(near, row.is_synonym(name), row.in_pieces(name))
    return (negated(read), negated(is_one(row.cell(name), coded)))


_OF_READING: Mapping[Kind, Mapping[Code, OwnCheck]] = {
    Kind.TEXT: {CHANGED_BY_EXCEL: _changed_by_excel, NOT_FILLED: _not_filled},
    Kind.NUMBER: {NOT_A_NUMBER: _not_a_number, TWO_WAYS: _two_ways},
    Kind.DATE: {NOT_A_DAY: _not_a_day},
    Kind.CHOICE: {CHANGED_BY_EXCEL: _changed_by_excel, NOT_FILLED: _not_filled},
}
