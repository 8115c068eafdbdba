"""Listeners for the parts of an .xlsx package: each hears the elements of one part and keeps what matters.

They are fed by ``formats``. Names come without prefix, because strict files, OpenXML SDK and LibreOffice write
different ones. Here is what they share, and the styles (ECMA-376 Part 1, clause 18.8).
"""

from collections.abc import Mapping
from xml.parsers import expat

from pipeline.intake.repairs import Repair, WouldRepairError
from pipeline.spreadsheet import Position

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

Attributes = dict[str, str]
Area = tuple[Position, Position]
MOST_MERGED = 2_000
"""How many areas of joined cells of one sheet are told; a form has none in its tables."""


MAIN_SPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
"""The namespace of SpreadsheetML, transitional and strict (ECMA-376 Part 4, Part 1)."""


class HostileWorkbookError(Exception):
    """The package holds what no spreadsheet program writes; the message says what (for the log)."""


class PartScan:
    """Hears the elements of one part; by itself it keeps nothing.

    Attributes:
        spaces: the namespaces whose elements are heard by name; empty where the scan tells them apart itself.
        watched: names under which readers that pass over namespaces would hear an element of another one.
        parser: what feeds the scan, asked for byte positions.
        root_space: the namespace of the part's root.
    """

    spaces: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()
    parser: expat.XMLParserType
    root_space: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Hear an element begin, by its name without prefix."""

    def foreign(self, name: str) -> None:
        """Hear an element of another namespace begin."""
        if name in self.watched:
            raise WouldRepairError(Repair.ELEMENT, name)

    def end(self, name: str) -> None:
        """Hear an element end, of whatever namespace."""

    def text(self, content: str) -> None:
        """Hear text."""

    def unlike_text(self) -> None:
        """Hear that a CDATA section begins, which some readers pass over."""

    def bind(self, prefix: str | None) -> None:
        """Hear under which prefix, or none, the elements of a namespace in ``spaces`` stand."""


class NestedScan(PartScan):
    """Knows the elements around the one that begins, the nearest last; one of another namespace counts as ""."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def foreign(self, name: str) -> None:
        """Go into an element of another namespace."""
        super().foreign(name)
        self._open.append("")

    def end(self, name: str) -> None:  # noqa: ARG002 - the parser names what it closes
        """Leave an element."""
        self._open.pop()

    def around(self, name: str) -> tuple[str, ...]:
        """The elements around the one that begins, which is gone into."""
        around = tuple(self._open)
        self._open.append(name)
        return around


class TextShape:
    """Whether a text is of one piece, or of runs of one piece each, so that every reader joins it alike (18.4.8)."""

    def __init__(self) -> None:
        self._has_any = self._has_piece = False

    def begin(self, around: str, name: str) -> None:
        """Hear an element begin within a text."""
        is_whole = around in {"si", "is"}
        if name == "t":
            is_wrong = (self._has_any if is_whole else self._has_piece) or not (is_whole or around in {"r", "rPh"})
            self._has_piece = True
        else:
            is_wrong = around == "t" or (name in {"r", "rPh"} and not is_whole)
            self._has_piece = self._has_piece and name not in {"r", "rPh"}
        if is_wrong:
            raise WouldRepairError(Repair.ELEMENT, name)
        self._has_any |= is_whole


class StylesScan(NestedScan):
    """xl/styles.xml: the format code and the font name of each cell format, by its number."""

    spaces = MAIN_SPACES
    watched = frozenset({"numFmts", "numFmt", "cellXfs", "xf", "styleSheet"})

    def __init__(self) -> None:
        super().__init__()
        self._codes = dict(BUILTIN_FORMATS)
        self._font_names: list[str] = []
        self._cell_formats: list[tuple[int, int]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep a format code, a font or a cell format; dxfs holds namesakes, so the parent counts."""
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        match parent, name:
            case "numFmts", "numFmt":
                self._codes[whole_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            case "fonts", "font":
                self._font_names.append("")
            case "font", "name" if self._open[-3:-2] == ["fonts"]:
                self._font_names[-1] = attributes.get("val", "")
            case "cellXfs", "xf":
                self._cell_formats.append(
                    (whole_number(attributes.get("numFmtId")), whole_number(attributes.get("fontId")))
                )

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


def whole_number(text: str | None) -> int:
    """Return a number as the parts write them; anything else counts as 0, the default style."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0
