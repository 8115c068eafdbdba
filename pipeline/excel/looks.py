"""The colours and cell looks of our workbooks. Every text has a contrast of at least 4.5:1 to its ground."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pipeline.excel.cells import Property

Properties = Mapping[str, Property]

INK: Final = "#1F1F1F"
PAPER: Final = "#FFFFFF"
LINE: Final = "#A6A6A6"
HEADER: Final = "#1F3864"
LINK: Final = "#0B3D91"


class Tone(StrEnum):
    """How a state is felt; the word and the symbol say the same without colour."""

    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    CALM = "calm"
    PLAIN = "plain"


TONES: Final[Mapping[Tone, tuple[str, str]]] = {
    Tone.GOOD: ("#14532D", "#DDF0DF"),
    Tone.BAD: ("#7A0C0C", "#FBDDD9"),
    Tone.WARN: ("#5C4400", "#FFF1C9"),
    Tone.CALM: ("#1F3864", "#DFE9F6"),
    Tone.PLAIN: ("#333333", "#EFEFEF"),
}
"""Ink and ground of each tone."""


def toned(tone: Tone) -> Properties:
    """Ink and ground of a tone."""
    ink, ground = TONES[tone]
    return {"font_color": ink, "bg_color": ground}


_LINED: Final[Properties] = {"font_size": 10, "font_color": INK, "border": 1, "border_color": LINE}
BODY: Final[Properties] = {**_LINED, "valign": "top", "text_wrap": True}
CENTRED: Final[Properties] = {**BODY, "align": "center"}
FIGURE: Final[Properties] = {**BODY, "align": "right", "text_wrap": False}
DAY: Final[Properties] = {**CENTRED, "num_format": "dd/mm/yyyy", "text_wrap": False}
MOMENT: Final[Properties] = {**CENTRED, "num_format": "dd/mm/yyyy hh:mm"}
TOTAL: Final[Properties] = {"bold": True, "bg_color": "#EFEFEF"}
LINKED: Final[Properties] = {**CENTRED, "font_color": LINK, "underline": 1}
SMALL: Final[Properties] = {**BODY, "font_size": 8}
ONE_LINE: Final[Properties] = {**_LINED, "align": "left", "indent": 1, "valign": "vcenter"}
_ON_HEADER: Final[Properties] = {"bold": True, "font_color": PAPER, "bg_color": HEADER, "valign": "vcenter"}
HEADER_CELL: Final[Properties] = {**CENTRED, **_ON_HEADER}
TITLE: Final[Properties] = {"font_size": 15, "bold": True, "font_color": HEADER}
HEADING: Final[Properties] = {"font_size": 12, "bold": True, "font_color": HEADER}
PLAIN_LINE: Final[Properties] = {"font_size": 11, "font_color": INK}
QUESTION: Final[Properties] = {**PLAIN_LINE, "italic": True}
BACK: Final[Properties] = {"font_size": 10, "font_color": LINK, "underline": 1}
CUT: Final[Properties] = {"font_size": 10, "italic": True, "font_color": INK}
EMPTY: Final[Properties] = {"font_size": 10, "italic": True, "font_color": INK}

WHOLE_FORMAT: Final = "#,##0"
COUNT_FORMAT: Final = '#,##0;-#,##0;"–"'
"""A count among many: nothing counted shows as a dash."""
DECIMAL_FORMAT: Final = "#,##0.0#"
SHARE_FORMAT: Final = "0.0%"
