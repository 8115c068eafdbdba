"""What a field asks of its own cell, by the catalogue's code: the reading of it, and the checks of its column."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandera.pandas as pa

from pipeline.forms import Kind, field_named
from pipeline.forms.vocabulary import (
    BLANK_REQUIRED,
    NOT_LISTED,
    NOT_WHOLE,
    NUMBER_RANGE,
    TEXT_LENGTH,
    WRONG_CODE,
    code_pattern,
)
from pipeline.workbooks.live.asked import Asked, Live, is_percent
from pipeline.workbooks.live.choices import not_listed
from pipeline.workbooks.live.expressions import (
    PIECES,
    blank,
    every,
    filled,
    holds_any,
    is_nearly,
    is_one,
    negated,
    some,
)
from pipeline.workbooks.live.patterns import patterns_of
from pipeline.workbooks.live.where import NoPlaceError

NOT_A_NUMBER, NOT_A_DAY, TWO_WAYS, ERROR_CELL, CHANGED_BY_EXCEL = "V301", "V302", "V307", "V311", "V316"
_DIGITS = tuple("0123456789０１２３４５６７８９")
_NUMBER_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười")
_FIRST_DAY, _LAST_DAY = 32_874, 73_415
"""1 January 1990 and 31 December 2100 as serials: a number within is read as a day (``parsing.values``)."""
_BEYOND_REPORTS = "1E+13"
"""Two digits below what the reader refuses (``parsing.values``), which reads a percentage as its hundredfold."""


def blank_required(asked: Asked) -> Live:
    """C401: something stands there."""
    return Live(blank(asked.value))


def not_a_number(asked: Asked) -> Live:
    """V301: a number stands there, or one of the words allowed in its place. A text with figures may be read."""
    field, cell = asked.declared(asked.field), asked.value
    text = asked.unread(asked.field)
    readable = holds_any(cell, asked.where.texts((*_DIGITS, *_NUMBER_WORDS, *PIECES)))
    nonsense = every(text, negated(readable), *_no_coded_word(asked))
    percent = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=10,{is_percent(cell)},FALSE),FALSE)"
    is_plain = field is not None and not field.measured_in
    beyond = f"IF(ISNUMBER({cell}),ABS({cell})>={_BEYOND_REPORTS},FALSE)"
    return Live(some(nonsense, f"ISLOGICAL({cell})", percent if is_plain else "FALSE"), (text,), (beyond,))


def not_a_day(asked: Asked) -> Live:
    """V302: a day stands there, or one of the words allowed in its place. A text with figures may be read."""
    cell, text = asked.value, asked.unread(asked.field)
    nonsense = every(text, negated(holds_any(cell, asked.where.texts(_DIGITS))), *_no_coded_word(asked))
    far = f"IF(ISNUMBER({cell}),OR({cell}<{_FIRST_DAY},{cell}>={_LAST_DAY + 1}),FALSE)"
    return Live(some(nonsense, f"ISLOGICAL({cell})"), (text, far))


def two_ways(asked: Asked) -> Live:
    """V307: a number stands there; which of two readings a text has, only the sender knows."""
    return Live("FALSE", (asked.unread(asked.field),))


def error_cell(asked: Asked) -> Live:
    """V311: the cell shows no error such as #N/A."""
    return Live(f"ISERROR({asked.value})")


def changed_by_excel(asked: Asked) -> Live:
    """V316: a text stands there, which Excel has not turned into a day or a truth value."""
    return Live(f"ISLOGICAL({asked.value})", (f"ISNUMBER({asked.value})",))


def text_length(asked: Asked) -> Live:
    """V304: the text is neither too short nor too long."""
    bounds = _stated(asked, TEXT_LENGTH)
    cell = asked.value
    plain = f'TRIM(SUBSTITUTE(SUBSTITUTE({cell},CHAR(160)," "),CHAR(10)," "))'
    outside = some(
        f"LEN({plain})<{bounds['min_value']}" if bounds["min_value"] > 1 else "FALSE",
        f"LEN({plain})>{bounds['max_value']}",
    )
    wrong = every(filled(cell), outside)
    return Live(every(wrong, negated(asked.in_pieces(asked.field))), (wrong,))


def number_range(asked: Asked) -> Live:
    """V305: the number is not below what the column allows."""
    lowest, cell = _stated(asked, NUMBER_RANGE)["min_value"], asked.value
    return Live(f"IF(ISNUMBER({cell}),{cell}<{lowest},FALSE)", (asked.unread(asked.field),))


def not_whole(asked: Asked) -> Live:
    """V314: the number has no decimals."""
    cell = asked.value
    return Live(f"IF(ISNUMBER({cell}),{cell}<>ROUND({cell},0),FALSE)", (asked.unread(asked.field),))


def wrong_code(asked: Asked) -> Live:
    """V313: the cell holds one of the codes that we print.

    Raises:
        NoPlaceError: the pattern is no list of printed codes, and Excel knows no regular expressions.
    """
    pattern = str(_stated(asked, WRONG_CODE)["pattern"])
    listed = re.fullmatch(r"\^\(\?:(([A-Z]+)01\|.*)\)\$", pattern)
    codes = listed[1].split("|") if listed else []
    if listed is None or code_pattern(listed[2], len(codes)) != listed[1]:
        raise NoPlaceError(pattern)
    cell, prefix = asked.value, listed[2]
    number = f"MID(TRIM({cell}),{len(prefix) + 1},9)"
    spelt = f'EXACT(TRIM({cell}),"{prefix}"&TEXT(VALUE({number}),"00"))'
    right = f"IFERROR(AND({spelt},VALUE({number})>=1,VALUE({number})<={len(codes)}),FALSE)"
    wrong = every(filled(cell), negated(right))
    return Live(every(wrong, negated(asked.in_pieces(asked.field))), (wrong,))


def _no_coded_word(asked: Asked) -> tuple[str, ...]:
    """The cell is not even nearly one of the words allowed in place of a number or a day."""
    field = asked.declared(asked.field)
    if field is None or not field.coded:
        return ()
    near = is_nearly(asked.value, asked.where.texts(patterns_of(field.coded)))
    return (negated(near), negated(is_one(asked.value, field.coded)), negated(asked.in_pieces(asked.field)))


def _stated(asked: Asked, code: str) -> Mapping[str, Any]:
    """What the column's check of that code says of itself."""
    checks = [check for check in asked.schema.columns[asked.field].checks if check.error == code]
    return dict(checks[0].statistics or {})


_OF_READING: Mapping[Kind, Mapping[str, Callable[[Asked], Live]]] = {
    Kind.TEXT: {CHANGED_BY_EXCEL: changed_by_excel},
    Kind.NUMBER: {NOT_A_NUMBER: not_a_number, TWO_WAYS: two_ways},
    Kind.DATE: {NOT_A_DAY: not_a_day},
    Kind.CHOICE: {CHANGED_BY_EXCEL: changed_by_excel},
}
_OF_CHECKS: Mapping[str, Callable[[Asked], Live]] = {
    TEXT_LENGTH: text_length,
    WRONG_CODE: wrong_code,
    NUMBER_RANGE: number_range,
    NOT_WHOLE: not_whole,
    NOT_LISTED: not_listed,
}


def own_rules(schema: pa.DataFrameSchema, name: str) -> Mapping[str, Callable[[Asked], Live]]:
    """What a field is asked of its own cell, by code, in the order in which it is told."""
    column, field = schema.columns[name], field_named(schema, name)
    plainly_required = {BLANK_REQUIRED: blank_required} if field.required and not field.coded else {}
    checked = {str(check.error): _OF_CHECKS[str(check.error)] for check in column.checks}
    return {ERROR_CELL: error_cell, **plainly_required, **_OF_READING[field.kind], **checked}
