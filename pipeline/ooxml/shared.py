"""What the cells of all sheets share: their styles and their texts (ECMA-376 Part 1, clauses 18.4 and 18.8)."""

import math
import re
from collections.abc import Mapping, Sequence

from pipeline.ooxml import Repair, WouldRepairError
from pipeline.ooxml.parts import Attributes, PartScan
from pipeline.ooxml.plain import Piece

GENERAL = "General"

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
MAIN_SPACES = frozenset(
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"}
)
"""The namespace of SpreadsheetML, transitional and strict (ECMA-376 Part 4, Part 1)."""

_VALUES: Mapping[str, re.Pattern[str]] = {
    "n": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"),
    "s": re.compile(r"[0-9]{1,9}"),
    "b": re.compile(r"[01]"),
    "e": re.compile(r"#[A-Z0-9/_]+[!?]?|Err:[0-9]{3}"),
    "d": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z?)?|[0-9]{2}:[0-9:.]+Z?|PT[0-9HMS.,]+"),
}
CELL_TYPES = frozenset({*_VALUES, "str", "inlineStr"})
"""A text is written as it likes."""


def is_value(kind: str, text: str) -> bool:
    """Whether a stored value is written as those of its type are (18.18.11); a number that is infinite is none."""
    return are_values(kind, (text,))


def are_values(kind: str, texts: Sequence[str]) -> bool:
    """Whether stored values of one type are all written as those of this type."""
    if kind not in _VALUES:
        return kind in CELL_TYPES
    is_formed = all(map(_VALUES[kind].fullmatch, texts))
    return is_formed and not (kind == "n" and any(map(math.isinf, map(float, texts))))


class StylesScan(PartScan):
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
        match self.parent, name:
            case "numFmts", "numFmt":
                self._codes[whole_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            case "fonts", "font":
                self._font_names.append("")
            case "font", "name" if self.path[-2:-1] == ["fonts"]:
                self._font_names[-1] = attributes.get("val", "")
            case "cellXfs", "xf":
                code, font = (whole_number(attributes.get(key)) for key in ("numFmtId", "fontId"))
                self._cell_formats.append((code, font))

    def number_format(self, style: int) -> str | None:
        """Return the format code of a cell format; None when the file does not say."""
        if not self._cell_formats:
            return GENERAL
        return self._codes.get(self._cell_formats[style][0]) if style < len(self._cell_formats) else None

    def font_name(self, style: int) -> str:
        """Return the font name of a cell format; "" when the file does not say."""
        font = self._cell_formats[style][1] if style < len(self._cell_formats) else len(self._font_names)
        return self._font_names[font] if font < len(self._font_names) else ""


def whole_number(text: str | None) -> int:
    """Return a number as the parts write them; anything else counts as 0, the default style."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0


class TextShape:
    """Whether a text is of one piece, or of runs of one piece each, so that every reader joins it alike (18.4.8)."""

    def __init__(self) -> None:
        self._has_any = self._has_piece = False

    def begin(self, around: str, name: str) -> None:
        """Hear an element begin within a text.

        Raises:
            WouldRepairError: readers would join the text differently.
        """
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


_PLAIN_TEXTS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?>[^<]*+</t></si>)*+')
"""Shared texts of one piece each, which is all that most files have."""


def plain_texts(content: bytes) -> tuple[Piece, ...]:
    """The part of the shared texts, these in a silent piece; empty where some are not of one plain piece."""
    begin, end = content.find(b"<si>"), content.rfind(b"</si>") + len(b"</si>")
    if begin < 0 or not _PLAIN_TEXTS.fullmatch(content, begin, end):
        return ()
    return Piece(content[:begin]), Piece(content[begin:end], ("sst",)), Piece(content[end:])


class StringsScan(PartScan):
    """xl/sharedStrings.xml: how many texts there are, each of one plain text or of runs."""

    spaces = MAIN_SPACES
    watched = frozenset({"sst", "si", "t", "r", "rPh"})

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._text = TextShape()

    def foreign(self, name: str) -> None:
        """Pass over what other programs add beside the texts; calamine would join what stands within one."""
        super().foreign(name)
        if "si" in self.path:
            raise WouldRepairError(Repair.ELEMENT, name)

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002 - no attribute matters
        """Count a text."""
        if (name == "si") != (self.parent == "sst") and name not in {"sst", "extLst"}:
            raise WouldRepairError(Repair.ELEMENT, name)
        if name == "si":
            self.count += 1
            self._text = TextShape()
        elif name != "sst":
            self._text.begin(self.parent, name)
