"""How cells look, from styles.xml: what the checks ask of a font, a ground and a number format."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from xml.etree.ElementTree import Element

_INK, _PAPER = "000000", "FFFFFF"
_BUILT_IN: Final[Mapping[int, str]] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "mm/dd/yyyy",
    22: "m/d/yy h:mm",
    49: "@",
}
"""ECMA-376 part 1, 18.8.30; others are told as ``built-in``."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True)
class Style:
    """One look. ``ink`` and ``ground`` are RRGGBB, None where a theme's or the system's colour stands in."""

    font: str = ""
    size: float = 11.0
    bold: bool = False
    ink: str | None = _INK
    ground: str | None = _PAPER
    number_format: str = "General"
    quoted: bool = False

    @cached_property
    def is_date(self) -> bool:
        """Whether numbers are shown as days."""
        return "y" in _LITERAL.sub("", self.number_format).lower()

    @cached_property
    def symbol(self) -> str:
        """The text that the number format puts before or after a cell's own text; empty without one."""
        literals = re.findall(r'"([^"]*)"', self.number_format)
        return "".join(literals).strip() if "@" in _LITERAL.sub("", self.number_format) else ""

    def under(self, top: "Overlay") -> "Style":
        """The look with a conditional format over it."""
        return replace(
            self,
            ink=self.ink if top.ink is None else top.ink,
            ground=self.ground if top.ground is None else top.ground,
            number_format=top.number_format or self.number_format,
        )


@dataclass(frozen=True)
class Overlay:
    """What a conditional format changes; None where it changes nothing."""

    ink: str | None = None
    ground: str | None = None
    number_format: str | None = None


@dataclass(frozen=True)
class Styles:
    """Every look of a workbook by its number, the conditional ones, and the fonts of both."""

    cells: tuple[Style, ...]
    overlays: tuple[Overlay, ...]
    fonts: tuple[str, ...]

    def overlay(self, number: str | None) -> Overlay:
        """A conditional look by its number as it is written; one that there is not changes nothing."""
        place = -1 if number is None else int(number)
        return self.overlays[place] if 0 <= place < len(self.overlays) else Overlay()


def read_styles(root: Element) -> Styles:
    """The looks of ``xl/styles.xml``."""
    formats = {**_BUILT_IN, **{int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in root.iter("numFmt")}}
    fonts = list(_children(root, "fonts"))
    fills = list(_children(root, "fills"))
    cells = tuple(_style(xf, fonts, fills, formats) for xf in _children(root, "cellXfs"))
    names = [name for font in (*fonts, *_of_overlays(root)) if (name := _value(font, "name"))]
    return Styles(cells, tuple(map(_overlay, _children(root, "dxfs"))), tuple(names))


def _children(root: Element, name: str) -> Iterable[Element]:
    found = root.find(name)
    return () if found is None else found


def _of_overlays(root: Element) -> list[Element]:
    return [font for dxf in _children(root, "dxfs") if (font := dxf.find("font")) is not None]


def _style(xf: Element, fonts: list[Element], fills: list[Element], formats: Mapping[int, str]) -> Style:
    font, fill = fonts[int(xf.get("fontId", "0"))], fills[int(xf.get("fillId", "0"))]
    pattern = fill.find("patternFill")
    is_filled = pattern is not None and pattern.get("patternType", "none") != "none"
    return Style(
        font=_value(font, "name"),
        size=float(_value(font, "sz") or 11),
        bold=_is_on(font.find("b")),
        ink=_colour(font.find("color"), _INK),
        ground=_colour(pattern.find("fgColor"), _PAPER) if pattern is not None and is_filled else _PAPER,
        number_format=formats.get(int(xf.get("numFmtId", "0")), "built-in"),
        quoted=xf.get("quotePrefix") in {"1", "true"},
    )


def _overlay(dxf: Element) -> Overlay:
    pattern, code = dxf.find("fill/patternFill"), dxf.find("numFmt")
    ink, ground = dxf.find("font/color"), None if pattern is None else pattern.find("bgColor")
    if ground is None and pattern is not None:
        ground = pattern.find("fgColor")
    return Overlay(
        None if ink is None else _colour(ink, _INK),
        None if ground is None else _colour(ground, _PAPER),
        None if code is None else code.get("formatCode"),
    )


def _value(font: Element, name: str) -> str:
    found = font.find(name)
    return "" if found is None else found.get("val", "")


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in {"0", "false"}


def _colour(element: Element | None, default: str) -> str | None:
    """RRGGBB; XlsxWriter writes plain black as a theme's first colour, which is the same everywhere."""
    if element is None:
        return default
    if "rgb" in element.attrib:
        return element.attrib["rgb"][-6:].upper()
    return _INK if element.get("theme") == "1" and "tint" not in element.attrib else None


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.1, 1.4.3)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
