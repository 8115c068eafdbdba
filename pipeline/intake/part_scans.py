"""Listeners for the parts of an .xlsx package: each hears the elements of one part and keeps what matters.

They are fed by ``formats``. Names come without prefix, because strict files, OpenXML SDK and LibreOffice
write different ones (ECMA-376 Part 1, clauses 18.2, 18.3 and 18.8).
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.intake.file_kinds import Limits
from pipeline.spreadsheet import Position, cell_position

GENERAL = "General"
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

# The format codes that a file may name by number alone (ECMA-376 Part 1, 18.8.30). 5 to 8, 23 to 36 and 41
# to 44 differ from country to country and are left out: such a format counts as unknown.
BUILTIN_FORMATS: Mapping[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}

_TRUE = ("1", "true", "on")
_NUMBER_TYPES = ("n", "d")
_TEXT_TYPES = ("s", "str", "inlineStr")

Attributes = dict[str, str]
Area = tuple[Position, Position]
MOST_MERGED = 2_000
"""How many areas of joined cells of one sheet are told; a form has none in its tables."""


class HostileWorkbookError(Exception):
    """The package holds what no spreadsheet program writes; the message says what (for the log)."""


class PartScan:
    """Hears the elements of one part; by itself it keeps nothing."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Hear an element begin, by its name without prefix."""

    def end(self, name: str) -> None:
        """Hear an element end."""

    def text(self, content: str) -> None:
        """Hear text."""


class RelationsScan(PartScan):
    """A .rels part: the types and targets of the related parts, by relationship id."""

    def __init__(self, folder: str) -> None:
        """Resolve targets against the folder of the part that has these relations."""
        self._folder = folder
        self.targets: dict[str, str] = {}
        self.types: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a relationship."""
        if name != "Relationship":
            return
        identity, target = attributes.get("Id", ""), attributes.get("Target", "").replace("\\", "/")
        self.targets[identity] = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        self.types[identity] = attributes.get("Type", "").rpartition("/")[2]

    def of_type(self, wanted: str) -> Iterator[str]:
        """Yield the parts related by one type: "worksheet", "styles"…; strict files differ before it only."""
        return (self.targets[identity] for identity, name in self.types.items() if name == wanted)


class WorkbookScan(PartScan):
    """xl/workbook.xml: the sheets as (title, relationship id), and the date system."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.date_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a sheet or the date system."""
        if name == "sheet":
            identity = next((found for key, found in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), identity))
        elif name == "workbookPr":
            self.date_1904 = attributes.get("date1904") in _TRUE


class StylesScan(PartScan):
    """xl/styles.xml: the format code and the font name of each cell format, by its number."""

    def __init__(self) -> None:
        self._codes = dict(BUILTIN_FORMATS)
        self._font_names: list[str] = []
        self._cell_formats: list[tuple[int, int]] = []
        self._open: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a format code, a font or a cell format; dxfs holds namesakes, so the parent counts."""
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        match parent, name:
            case "numFmts", "numFmt":
                self._codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            case "fonts", "font":
                self._font_names.append("")
            case "font", "name" if self._open[-3:-2] == ["fonts"]:
                self._font_names[-1] = attributes.get("val", "")
            case "cellXfs", "xf":
                self._cell_formats.append((_number(attributes.get("numFmtId")), _number(attributes.get("fontId"))))

    def end(self, name: str) -> None:  # noqa: ARG002 - the parser names what it closes
        """Leave an element."""
        self._open.pop()

    def number_format(self, style: int) -> str | None:
        """Return the format code of a cell format; None when the file does not say."""
        if not self._cell_formats:
            return GENERAL
        if style >= len(self._cell_formats):
            return None
        return self._codes.get(self._cell_formats[style][0])

    def font_name(self, style: int) -> str:
        """Return the font name of a cell format; "" when the file does not say."""
        font = self._cell_formats[style][1] if style < len(self._cell_formats) else len(self._font_names)
        return self._font_names[font] if font < len(self._font_names) else ""


@dataclass(frozen=True)
class SheetFormats:
    """What one worksheet's part says, by 1-based (row, column), within the bounds of ``Limits``.

    Attributes:
        number_formats: the format code of each filled cell that holds a number (a date is one, too).
        fonts: the font name of each filled cell that holds text.
        errors: the text of each cell that shows an error.
        formulas_without_value: the cells whose formula has not been calculated by any program.
        last_row: the last row that has a filled cell, beyond all bounds; 0 if none.
        last_column: the same for columns.
        merged: areas of joined cells, as first and last position.
    """

    number_formats: Mapping[Position, str] = field(default_factory=dict)
    fonts: Mapping[Position, str] = field(default_factory=dict)
    errors: Mapping[Position, str] = field(default_factory=dict)
    formulas_without_value: frozenset[Position] = frozenset()
    last_row: int = 0
    last_column: int = 0
    merged: tuple[Area, ...] = ()


class SheetScan(PartScan):
    """A worksheet: formats, fonts, errors and uncalculated formulas of its filled cells."""

    def __init__(self, styles: StylesScan, limits: Limits) -> None:
        self._styles = styles
        self._limits = limits
        self._number_formats: dict[Position, str] = {}
        self._fonts: dict[Position, str] = {}
        self._errors: dict[Position, str] = {}
        self._formulas_without_value: set[Position] = set()
        self._merged: list[Area] = []
        self._last_row = self._last_column = 0
        self._row = self._column = 0
        self._begin_cell("n", 0)

    def found(self) -> SheetFormats:
        """Return what was kept, after the part has ended."""
        return SheetFormats(
            self._number_formats,
            self._fonts,
            self._errors,
            frozenset(self._formulas_without_value),
            self._last_row,
            self._last_column,
            tuple(self._merged),
        )

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter a row, a cell, or what is in a cell."""
        if name == "c":
            self._place(attributes.get("r"))
            self._begin_cell(attributes.get("t", "n"), _number(attributes.get("s")))
        elif name == "v":
            self._has_value_element = self._in_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._is_filled = True
        elif name == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "mergeCell" and len(self._merged) < MOST_MERGED:
            self._merged += _area(attributes.get("ref", ""))

    def text(self, content: str) -> None:
        """Hear the stored value."""
        if self._in_value:
            self._is_filled = True
            if self._type == "e":
                self._error += content

    def end(self, name: str) -> None:
        """Leave the stored value or the cell."""
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._end_cell()

    def _begin_cell(self, kind: str, style: int) -> None:
        self._type = kind
        self._style = style
        self._error = ""
        self._in_value = self._is_filled = self._has_formula = self._has_value_element = False

    def _place(self, reference: str | None) -> None:
        """Go to a cell; without a reference it is the next one of its row (18.3.1.4: r is optional)."""
        if reference is None:
            self._column += 1
        else:
            try:
                self._row, self._column = cell_position(reference.upper())
            except ValueError:
                message = f"cell reference {reference[:20]!r}"
                raise HostileWorkbookError(message) from None
        if not (1 <= self._row <= LAST_ROW and 1 <= self._column <= LAST_COLUMN):
            message = f"cell in row {self._row}, column {self._column}"
            raise HostileWorkbookError(message)

    def _end_cell(self) -> None:
        # A formula that gives "" is stored with an empty value and type "str": it is calculated.
        is_calculated = self._is_filled or (self._type == "str" and self._has_value_element)
        if not (is_calculated or self._has_formula):
            return
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._row <= self._limits.max_rows and self._column <= self._limits.max_columns:
            self._keep((self._row, self._column), is_calculated=is_calculated)

    def _keep(self, position: Position, *, is_calculated: bool) -> None:
        if not is_calculated:
            self._formulas_without_value.add(position)
        elif self._type == "e":
            self._errors[position] = self._error
        elif self._type in _NUMBER_TYPES:
            code = self._styles.number_format(self._style)
            if code is not None:
                self._number_formats[position] = code
        elif self._type in _TEXT_TYPES:
            font = self._styles.font_name(self._style)
            if font:
                self._fonts[position] = font


def _area(reference: str) -> list[Area]:
    """Read A1:B3; what is none says nothing."""
    first, _, last = reference.upper().partition(":")
    try:
        return [(cell_position(first), cell_position(last))]
    except ValueError:
        return []


def _number(text: str | None) -> int:
    """Return a number as the parts write them; anything else counts as 0, the default style."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0
