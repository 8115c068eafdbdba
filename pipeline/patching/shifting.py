"""A formula as it reads some cells away: what a member of a shared formula says (ECMA-376 Part 1, 18.3.1.40)."""

import re
from typing import Final

from pipeline.patching.refusal import LAST_COLUMN, LAST_ROW, PatchError, column_letters, column_number

_TOKEN: Final = re.compile(
    r"""
    "(?:[^"]|"")*"                                                  # a text
    | '(?:[^']|'')*'                                                # a title in quotes
    | \[(?:[^\[\]]|\[[^\[\]]*\])*\]                                 # a column of a table, another workbook
    | (?P<cell>\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})(?![\w.(!\\?])
    | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!\\?$])
    | (?P<rows>\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6})(?![\w.])
    | \#[A-Z0-9/]+[!?]?                                             # an error
    | [^\W\d][\w.\\?]*                                              # a name, a function, a title
    | [0-9]+\.?[0-9]*(?:[Ee][+-]?[0-9]+)?
    """,
    re.VERBOSE,
)
_CELL: Final = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula with every relative reference moved by so many rows and columns.

    Raises:
        PatchError: a reference would leave the worksheet.
    """

    def moved(token: re.Match[str]) -> str:
        match token.lastgroup:
            case "cell":
                return _moved_cell(token[0], rows, columns)
            case "columns":
                return ":".join(_moved_column(part, columns) for part in token[0].split(":"))
            case "rows":
                return ":".join(_moved_row(part, rows) for part in token[0].split(":"))
            case _:
                return token[0]

    return _TOKEN.sub(moved, formula)


def _moved_cell(text: str, rows: int, columns: int) -> str:
    match = _CELL.fullmatch(text)
    if not match or column_number(match[2]) > LAST_COLUMN or int(match[4]) > LAST_ROW:
        return text  # a name like ABC1234567, which no cell has
    return _moved_column(match[1] + match[2], columns) + _moved_row(match[3] + match[4], rows)


def _moved_column(text: str, by: int) -> str:
    if text.startswith("$"):
        return text
    column = column_number(text) + by
    if not 1 <= column <= LAST_COLUMN:
        raise PatchError(text, "a shared formula leaves the worksheet here")
    return column_letters(column)


def _moved_row(text: str, by: int) -> str:
    if text.startswith("$"):
        return text
    row = int(text) + by
    if not 1 <= row <= LAST_ROW:
        raise PatchError(text, "a shared formula leaves the worksheet at this row")
    return str(row)
