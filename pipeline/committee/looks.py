"""The colours and cell looks of the committee's workbook. Every text has a contrast of at least 4.5:1 to its ground."""

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
BARS: Final[Mapping[Tone, str]] = {
    Tone.GOOD: "#2E7D4F",
    Tone.BAD: "#B3261E",
    Tone.WARN: "#D9A300",
    Tone.CALM: "#8FB1DC",
    Tone.PLAIN: "#BFBFBF",
}
"""The same tones in charts and bars."""

STATUS_BARS: Final[Mapping[str, str]] = {
    "Đạt": "#2E7D4F",
    "Vượt": "#7CC096",
    "Không đạt": "#B3261E",
    "Chưa đến kỳ đánh giá": "#8FB1DC",
    "Chưa đủ số liệu": "#F2D272",
    "Chưa có báo cáo": "#D9A300",
    "Chưa đăng ký mục tiêu": "#A67C00",
    "Không phát sinh": "#BFBFBF",
    "Không còn áp dụng": "#8C8C8C",
}
"""The statuses in charts, told apart also in grey."""
STATE_BARS: Final[Mapping[str, str]] = {
    "missing": "#B3261E",
    "empty": "#8C1D18",
    "returned": "#D96C62",
    "withdrawn": "#E8A39C",
    "not_due": "#8FB1DC",
    "extended": "#5B84BD",
    "late": "#D9A300",
    "accepted_after_due": "#7CC096",
    "on_time": "#2E7D4F",
    "exempt": "#BFBFBF",
}
"""The states of submissions in charts."""

BODY: Final[Properties] = {
    "font_size": 10,
    "font_color": INK,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": LINE,
}
CENTRED: Final[Properties] = {**BODY, "align": "center"}
FIGURE: Final[Properties] = {**BODY, "align": "right", "text_wrap": False}
DAY: Final[Properties] = {**CENTRED, "num_format": "dd/mm/yyyy", "text_wrap": False}
MOMENT: Final[Properties] = {**CENTRED, "num_format": "dd/mm/yyyy hh:mm"}
TOTAL: Final[Properties] = {"bold": True, "bg_color": "#EFEFEF"}
LINKED: Final[Properties] = {**CENTRED, "font_color": LINK, "underline": 1}
SMALL: Final[Properties] = {**BODY, "font_size": 8}
HEADER_CELL: Final[Properties] = {
    **CENTRED,
    "bold": True,
    "font_color": PAPER,
    "bg_color": HEADER,
    "valign": "vcenter",
}
TITLE: Final[Properties] = {"font_size": 15, "bold": True, "font_color": HEADER}
QUESTION: Final[Properties] = {"font_size": 11, "italic": True, "font_color": INK}
HEADING: Final[Properties] = {"font_size": 12, "bold": True, "font_color": HEADER}
PLAIN_LINE: Final[Properties] = {"font_size": 11, "font_color": INK}
SOFT: Final = "#F1F4F9"
_TILE: Final[Properties] = {"bg_color": SOFT, "font_color": INK}
TILE_LABEL: Final[Properties] = {
    **_TILE,
    "font_size": 10,
    "font_color": HEADER,
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "align": "center",
    "top": 2,
    "top_color": HEADER,
    "left": 5,
    "left_color": PAPER,
    "right": 5,
    "right_color": PAPER,
}
TILE_COUNT: Final[Properties] = {
    **_TILE,
    "font_size": 20,
    "bold": True,
    "font_color": HEADER,
    "align": "right",
    "valign": "vcenter",
    "num_format": "#,##0",
    "left": 5,
    "left_color": PAPER,
}
TILE_WHOLE: Final[Properties] = {
    **_TILE,
    "font_size": 12,
    "align": "left",
    "valign": "vcenter",
    "num_format": '"/ "#,##0',
    "right": 5,
    "right_color": PAPER,
}
TILE_SHARE: Final[Properties] = {
    **_TILE,
    "font_size": 10,
    "align": "right",
    "num_format": "0.0%",
    "left": 5,
    "left_color": PAPER,
}
TILE_LINK: Final[Properties] = {
    **_TILE,
    "font_size": 10,
    "font_color": LINK,
    "underline": 1,
    "align": "left",
    "indent": 1,
    "right": 5,
    "right_color": PAPER,
}
"""A key figure on sheet 1: its label, the figure, what it is out of, the share, the way to its rows."""
BIG_TITLE: Final[Properties] = {"font_size": 20, "bold": True, "font_color": HEADER, "valign": "vcenter"}
HEADLINE: Final[Properties] = {
    "font_size": 14,
    "bold": True,
    "font_color": INK,
    "text_wrap": True,
    "valign": "vcenter",
}
COMPARED: Final[Properties] = {"font_size": 12, "font_color": LINK, "underline": 1, "valign": "vcenter"}
STATED: Final[Properties] = {
    "font_size": 11,
    "bold": True,
    "underline": 1,
    "valign": "vcenter",
    "indent": 1,
    "left": 5,
    "left_color": PAPER,
    "right": 5,
    "right_color": PAPER,
}
MATTER: Final[Properties] = {
    "font_size": 11,
    "align": "left",
    "indent": 1,
    "font_color": INK,
    "text_wrap": True,
    "valign": "top",
    "bg_color": "#FFF8E5",
    "left": 5,
    "left_color": PAPER,
    "right": 5,
    "right_color": PAPER,
}
MATTER_LINK: Final[Properties] = {
    **MATTER,
    "font_color": LINK,
    "underline": 1,
    "bold": True,
    "top": 2,
    "top_color": "#8A6500",
}
ONE_LINE: Final[Properties] = {
    "font_size": 10,
    "align": "left",
    "indent": 1,
    "font_color": INK,
    "border": 1,
    "border_color": LINE,
    "valign": "vcenter",
}
AT_RIGHT: Final[Properties] = {"font_size": 11, "italic": True, "font_color": INK, "align": "right"}
EARLIER: Final = "#9FC7AE"
"""An earlier period's bar, lighter than this one's."""
BACK: Final[Properties] = {"font_size": 10, "font_color": LINK, "underline": 1}
EMPTY: Final[Properties] = {"font_size": 10, "italic": True, "font_color": INK}

WHOLE_FORMAT: Final = "#,##0"
COUNT_FORMAT: Final = '#,##0;-#,##0;"–"'
"""A count among many: nothing counted shows as a dash."""
DECIMAL_FORMAT: Final = "#,##0.0#"
SHARE_FORMAT: Final = "0.0%"


def toned(tone: Tone) -> Properties:
    """Ink and ground of a tone."""
    ink, ground = TONES[tone]
    return {"font_color": ink, "bg_color": ground}
