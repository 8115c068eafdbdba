"""The looks of a template: one place for its colours, so that cover, tables and guide agree."""

from dataclasses import dataclass
from typing import Final

from pipeline.excel.cells import Book, Look, Property
from pipeline.vocabulary.fields import Field, Kind

INK: Final = "#1F2937"
REQUIRED: Final = "#FFE699"
OPTIONAL: Final = "#DDEBF7"
PRINTED: Final = "#EDEDED"
INPUT: Final = "#FFFDF0"
PROPOSED: Final = "#E7F3E1"
LINE: Final = "#8EA0B5"
MUTED: Final = "#4B5563"
FINE: Final = "#2E6B34"
WRONG: Final = "#FFC7CE"
WRONG_INK: Final = "#9C0006"
NOTICED: Final = "#FFEB9C"
NOTICED_INK: Final = "#7F6000"

DAY_FORMAT: Final = "dd/mm/yyyy"
TEXT_FORMAT: Final = "@"


@dataclass(frozen=True)
class Palette:
    """Looks by purpose."""

    book: Book

    def words(self, size: float = 11, **properties: Property) -> Look:
        """Plain words without a border."""
        return self.book.look(font_size=size, text_wrap=True, valign="vcenter", font_color=INK, **properties)

    def line(self, size: float = 11, **properties: Property) -> Look:
        """Words that run on over the empty cells beside them."""
        return self.book.look(font_size=size, valign="vcenter", font_color=INK, **properties)

    def head(self, size: float, **properties: Property) -> Look:
        """The administrative head of a cover."""
        centred: dict[str, Property] = {"align": "center", "valign": "top", "text_wrap": True, "font_color": INK}
        return self.book.look(font_size=size, **centred, **properties)

    def header(self, *, required: bool) -> Look:
        """The header of a column."""
        return self._bordered(bold=True, align="center", valign="vcenter", bg_color=REQUIRED if required else OPTIONAL)

    def label(self) -> Look:
        """The label beside a cell of the cover, or the first column of a list."""
        return self._bordered(bold=True, valign="vcenter", indent=1)

    def note(self) -> Look:
        """A hint or other small print inside a table."""
        return self._bordered(font_color=MUTED, valign="vcenter", italic=True, indent=1)

    def shown(self, **properties: Property) -> Look:
        """A cell of a table that is only read."""
        return self._bordered(**{"valign": "top", "align": "left", **properties})

    def entry(self, field: Field, *, on_cover: bool = False) -> Look:
        """A cell to be filled; on the cover tinted, as the paper around it is white."""
        place: dict[str, Property] = (
            {"bg_color": INPUT, "valign": "vcenter", "font_size": 12, "indent": 1} if on_cover else {"valign": "top"}
        )
        return self._bordered(locked=False, **place, **_shape(field, on_cover=on_cover))

    def proposed(self, field: Field, *, on_cover: bool = False) -> Look:
        """A cell that we filled from what was accepted before and that its reader may change."""
        place: dict[str, Property] = (
            {"valign": "vcenter", "font_size": 12, "indent": 1} if on_cover else {"valign": "top"}
        )
        return self._bordered(locked=False, bg_color=PROPOSED, **place, **_shape(field, on_cover=on_cover))

    def unruled(self, field: Field) -> Look:
        """A cell that may be filled beyond the ruled rows; without lines, so that it does not print."""
        return self.book.look(locked=False, text_wrap=True, valign="top", **_shape(field))

    def printed(self, field: Field, *, on_cover: bool = False) -> Look:
        """A cell that we print and lock."""
        place: dict[str, Property] = (
            {"valign": "vcenter", "font_size": 12, "indent": 1} if on_cover else {"valign": "top"}
        )
        return self._bordered(bg_color=PRINTED, **place, **_shape(field, on_cover=on_cover))

    def checked(self, *, ruled: bool, on_cover: bool = False) -> Look:
        """A cell that tells what is to be mended in its row, on one line: no program fits a row to a formula's text."""
        placed: dict[str, Property] = {"valign": "vcenter", "indent": 1} if on_cover else {"valign": "top"}
        words: dict[str, Property] = {"text_wrap": False, "font_color": FINE, **placed}
        return self._bordered(**words) if ruled else self.book.look(**words)

    def unseen(self) -> Look:
        """A tag in a row that shows."""
        return self.book.look(num_format=";;;")

    def verdict(self) -> Look:
        """What the cover says of the whole form."""
        ruled: dict[str, Property] = {"border": 1, "border_color": LINE, "text_wrap": True, "font_color": FINE}
        return self.book.look(bold=True, font_size=13, align="center", valign="vcenter", **ruled)

    def wrong(self) -> Look:
        """What a mistake lays over a cell's own look."""
        return self.book.look(bg_color=WRONG, font_color=WRONG_INK)

    def wrong_words(self) -> Look:
        """The ink of words about a mistake."""
        return self.book.look(font_color=WRONG_INK)

    def noticed_words(self) -> Look:
        """The ink of words about a notice alone."""
        return self.book.look(font_color=NOTICED_INK)

    def noticed(self) -> Look:
        """What a notice lays over a cell's own look."""
        return self.book.look(bg_color=NOTICED, font_color=NOTICED_INK)

    def _bordered(self, **properties: Property) -> Look:
        ruled: dict[str, Property] = {"border": 1, "border_color": LINE, "text_wrap": True, "font_color": INK}
        return self.book.look(**{**ruled, **properties})


def _shape(field: Field, *, on_cover: bool = False) -> dict[str, Property]:
    match field.kind:
        case Kind.DATE:
            return {"num_format": DAY_FORMAT, "align": "left" if on_cover else "center"}
        case Kind.TEXT:
            # As text a "12/5" stays what was typed and a leading "-" is no formula.
            return {"num_format": TEXT_FORMAT}
        case Kind.CHOICE:
            return {"align": "left"}
        case Kind.NUMBER:
            return {"align": "right"}
