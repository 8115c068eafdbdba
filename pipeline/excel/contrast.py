"""Whether a cell's text stands out from its ground, by the colours and the size that a workbook gives it."""

from collections.abc import Iterator
from typing import Any, Final

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.worksheet.worksheet import Worksheet

Tone = tuple[float, float, float]

_LEAST: Final = 1.5
"""The ratio below which nobody reads a text (WCAG 2.1 asks for 4.5, our own looks keep it)."""
_SMALLEST: Final = 4.0
"""Points."""
_DEEPEST: Final = 15
"""Steps of an indent beyond which a text has left its cell."""
_WHITE, _BLACK = "FFFFFF", "000000"
_THEME: Final = (_WHITE, _BLACK, "EEECE1", "1F497D")
"""The first colours of the theme of Office, which any workbook has; what comes after them is for charts."""


def faint_cells(sheet: Worksheet) -> Iterator[str]:
    """The addresses of the cells that hold something which nobody sees: white on white, too small, pushed aside."""
    faint: dict[tuple[int, ...], bool] = {}
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
        style = cell._style  # type: ignore[attr-defined]  # noqa: SLF001 - a key, once a look
        look = style.fontId, style.fillId, style.alignmentId
        if look not in faint:
            faint[look] = _is_faint(cell.font, cell.fill) or (cell.alignment.indent or 0) > _DEEPEST
        if faint[look] or (isinstance(cell.value, CellRichText) and _has_faint_part(cell.value, cell.fill)):
            yield cell.coordinate


def _has_faint_part(text: CellRichText, fill: Any) -> bool:  # noqa: ANN401 - openpyxl's own
    return any(_is_faint(part.font, fill) for part in text if isinstance(part, TextBlock) and part.text.strip())


def _is_faint(font: Any, fill: Any) -> bool:  # noqa: ANN401 - openpyxl's own
    is_small = font.sz is not None and font.sz < _SMALLEST
    ink = _tone(font.color, _BLACK)
    return is_small or any(_contrast(ink, ground) < _LEAST for ground in _grounds(fill))


def _grounds(fill: Any) -> Iterator[Tone]:  # noqa: ANN401 - openpyxl's own
    """The colours behind a text: one, two of a pattern, those of a gradient."""
    match fill.fill_type:
        case None | "none":
            yield _tone(None, _WHITE)
        case "solid":
            yield _tone(fill.fgColor, _BLACK)
        case "linear" | "path":
            yield from (_tone(stop.color, _WHITE) for stop in fill.stop)
        case _:
            yield from (_tone(fill.fgColor, _BLACK), _tone(fill.bgColor, _WHITE))


def _tone(color: Any, otherwise: str) -> Tone:  # noqa: ANN401 - openpyxl's own
    """Red, green and blue from 0 to 1; ``otherwise`` where no colour is set or only the program knows it."""
    code = code_of(color) or otherwise
    tint = float(color.tint) if color is not None else 0.0
    red, green, blue = (_tinted(int(code[place : place + 2], 16) / 255, tint) for place in (0, 2, 4))
    return red, green, blue


def code_of(color: Any) -> str | None:  # noqa: ANN401 - openpyxl's own
    """RRGGBB without its tint; None where no colour is set or only the program knows it."""
    if color is None:
        return None
    if color.type == "rgb":
        return str(color.rgb)[-6:]
    codes = _THEME if color.type == "theme" else [str(code)[-6:] for code in COLOR_INDEX]
    place = color.theme if color.type == "theme" else color.indexed
    return codes[place] if place < len(codes) else None


def _tinted(part: float, tint: float) -> float:
    return part * (1 + tint) if tint < 0 else part + (1 - part) * tint


def _contrast(tone: Tone, other: Tone) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""
    lower, higher = sorted((_luminance(tone), _luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def _luminance(tone: Tone) -> float:
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in tone]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
