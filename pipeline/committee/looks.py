"""The looks of sheet 1 and of the charts, beside those that all sheets share (``excel.looks``)."""

from collections.abc import Mapping
from typing import Final

from pipeline.consolidation.status import STATUS_ORDER
from pipeline.excel.looks import HEADER, INK, LINK, PAPER, PLAIN_LINE, WHOLE_FORMAT, Properties, Tone
from pipeline.obligations import State

BARS: Final[Mapping[Tone, str]] = {
    Tone.GOOD: "#2E7D4F",
    Tone.BAD: "#B3261E",
    Tone.WARN: "#D9A300",
    Tone.CALM: "#8FB1DC",
    Tone.PLAIN: "#BFBFBF",
}
"""The tones in charts and bars."""
_STATUS_COLOURS = (
    "#B3261E", "#E8A39C", "#D9A300", "#F2D272", "#8FB1DC", "#C5E3D0", "#2E7D4F", "#7CC096", "#BFBFBF", "#8C8C8C",
    "#A67C00",
)  # fmt: skip
STATUS_BARS: Final[Mapping[str, str]] = dict(zip(STATUS_ORDER, _STATUS_COLOURS, strict=True))
"""The statuses in charts, told apart also in grey."""
STATE_BARS: Final[Mapping[str, str]] = {
    State.MISSING: "#B3261E",
    State.EMPTY: "#8C1D18",
    State.RETURNED: "#D96C62",
    State.WITHDRAWN: "#E8A39C",
    State.NOT_DUE: "#8FB1DC",
    State.EXTENDED: "#5B84BD",
    State.LATE: "#D9A300",
    State.ACCEPTED_AFTER_DUE: "#7CC096",
    State.ON_TIME: "#2E7D4F",
    State.EXEMPT: "#BFBFBF",
}
"""The states of submissions in charts."""
EARLIER: Final = "#9FC7AE"
"""An earlier period's bar, lighter than this one's."""

_LEFT_GAP: Final[Properties] = {"left": 5, "left_color": PAPER}
_RIGHT_GAP: Final[Properties] = {"right": 5, "right_color": PAPER}
_GAPS: Final[Properties] = {**_LEFT_GAP, **_RIGHT_GAP}
_TILE: Final[Properties] = {"bg_color": "#F1F4F9", "font_color": INK}
_TILE_HEAD: Final[Properties] = {**_TILE, "font_color": HEADER, "bold": True, "valign": "vcenter"}
_TOP: Final[Properties] = {"top": 2, "top_color": HEADER}
TILE_LABEL: Final[Properties] = {**_TILE_HEAD, **_GAPS, **_TOP, "font_size": 10, "text_wrap": True, "align": "center"}
TILE_COUNT: Final[Properties] = {
    **_TILE_HEAD,
    **_LEFT_GAP,
    "font_size": 20,
    "align": "right",
    "num_format": WHOLE_FORMAT,
}
_OUT_OF: Final[Properties] = {"valign": "vcenter", "num_format": '"/ "#,##0'}
TILE_WHOLE: Final[Properties] = {**_TILE, **_RIGHT_GAP, **_OUT_OF, "font_size": 12, "align": "left"}
TILE_SHARE: Final[Properties] = {**_TILE, **_LEFT_GAP, "font_size": 10, "align": "right", "num_format": "0.0%"}
_LINKED: Final[Properties] = {"font_color": LINK, "underline": 1}
TILE_LINK: Final[Properties] = {**_TILE, **_RIGHT_GAP, **_LINKED, "font_size": 10, "align": "left", "indent": 1}
"""A key figure on sheet 1: its label, the figure, what it is out of, the share, the way to its rows."""
BIG_TITLE: Final[Properties] = {"font_size": 20, "bold": True, "font_color": HEADER, "valign": "vcenter"}
HEADLINE: Final[Properties] = {
    "font_size": 14, "bold": True, "font_color": INK, "text_wrap": True, "valign": "vcenter",
}  # fmt: skip
COMPARED: Final[Properties] = {**_LINKED, "font_size": 12, "valign": "vcenter"}
STATED: Final[Properties] = {**_GAPS, "font_size": 11, "bold": True, "underline": 1, "valign": "vcenter", "indent": 1}
_INDENTED: Final[Properties] = {"align": "left", "indent": 1, "text_wrap": True, "valign": "top"}
MATTER: Final[Properties] = {**PLAIN_LINE, **_INDENTED, **_GAPS, "bg_color": "#FFF8E5"}
MATTER_TITLE: Final[Properties] = {**MATTER, "bold": True, "top": 2, "top_color": "#8A6500"}
MATTER_LINK: Final[Properties] = {**MATTER, **_LINKED}
AT_RIGHT: Final[Properties] = {**PLAIN_LINE, "italic": True, "align": "right"}
