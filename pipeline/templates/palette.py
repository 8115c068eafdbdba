"""The looks of a template: one place for its colours, so that cover, tables and guide agree."""

from dataclasses import dataclass

from pipeline.excel.cells import Book, Look, Property
from pipeline.vocabulary.fields import Field, Kind

_INK, _MUTED, _LINE, _FINE = "#1F2937", "#4B5563", "#8EA0B5", "#2E6B34"
_REQUIRED, _OPTIONAL = "#FFE699", "#DDEBF7"
_PRINTED, _INPUT, _PROPOSED = "#EDEDED", "#FFFDF0", "#E7F3E1"
_WRONG, _WRONG_INK, _NOTICED, _NOTICED_INK = "#FFC7CE", "#9C0006", "#FFEB9C", "#7F6000"
_DAY_FORMAT, _TEXT_FORMAT = "dd/mm/yyyy", "@"


@dataclass(frozen=True)
class Palette:
    """Looks by purpose."""

    book: Book

    def words(self, size: float = 11, **properties: Property) -> Look:
        """Plain words without a border."""
        return self.book.look(font_size=size, text_wrap=True, valign="vcenter", font_color=_INK, **properties)

    def line(self, size: float = 11, **properties: Property) -> Look:
        """Words that run on over the empty cells beside them."""
        return self.book.look(font_size=size, valign="vcenter", font_color=_INK, **properties)

    def head(self, size: float, **properties: Property) -> Look:
        """The administrative head of a cover."""
        centred: dict[str, Property] = {"align": "center", "valign": "top", "text_wrap": True, "font_color": _INK}
        return self.book.look(font_size=size, **centred, **properties)

    def header(self, *, required: bool) -> Look:
        """The header of a column."""
        return self._bordered(
            bold=True, align="center", valign="vcenter", bg_color=_REQUIRED if required else _OPTIONAL
        )

    def label(self) -> Look:
        """The label beside a cell of the cover, or the first column of a list."""
        return self._bordered(bold=True, valign="vcenter", indent=1)

    def note(self) -> Look:
        """A hint or other small print inside a table."""
        return self._bordered(font_color=_MUTED, valign="vcenter", italic=True, indent=1)

    def reading(self, **properties: Property) -> Look:
        """A cell of a table that is only read."""
        return self._bordered(**{"valign": "top", "align": "left", **properties})

    def entry(self, field: Field, *, on_cover: bool = False) -> Look:
        """A cell to be filled; on the cover tinted, as the paper around it is white."""
        tinted: dict[str, Property] = {"bg_color": _INPUT} if on_cover else {}
        return self._bordered(locked=False, **tinted, **_placed(on_cover=on_cover), **_shape(field, on_cover=on_cover))

    def proposed(self, field: Field, *, on_cover: bool = False) -> Look:
        """A cell that we filled from what was accepted before and that its reader may change."""
        place = _placed(on_cover=on_cover)
        return self._bordered(locked=False, bg_color=_PROPOSED, **place, **_shape(field, on_cover=on_cover))

    def unruled(self, field: Field) -> Look:
        """A cell that may be filled beyond the ruled rows; without lines, so that it does not print."""
        return self.book.look(locked=False, text_wrap=True, valign="top", **_shape(field))

    def printed(self, field: Field, *, on_cover: bool = False) -> Look:
        """A cell that we print and lock."""
        return self._bordered(bg_color=_PRINTED, **_placed(on_cover=on_cover), **_shape(field, on_cover=on_cover))

    def checked(self, *, ruled: bool, on_cover: bool = False) -> Look:
        """A cell with the mistakes of its row, on one line: no program fits a row to a formula's text."""
        placed: dict[str, Property] = {"valign": "vcenter", "indent": 1} if on_cover else {"valign": "top"}
        words: dict[str, Property] = {"text_wrap": False, "font_color": _FINE, **placed}
        return self._bordered(**words) if ruled else self.book.look(**words)

    def unseen(self) -> Look:
        """A tag in a row that shows."""
        return self.book.look(num_format=";;;")

    def verdict(self) -> Look:
        """What the cover says of the whole form."""
        ruled: dict[str, Property] = {"border": 1, "border_color": _LINE, "text_wrap": True, "font_color": _FINE}
        return self.book.look(bold=True, font_size=13, align="center", valign="vcenter", **ruled)

    def warned(self) -> Look:
        """A remark beside the titles of the cover that runs on to its right."""
        return self.book.look(bold=True, font_color=_NOTICED_INK)

    def wrong(self, *, words: bool = False) -> Look:
        """What a mistake lays over a cell's own look; of words about it, the ink alone."""
        return self.book.look(font_color=_WRONG_INK, **({} if words else {"bg_color": _WRONG}))

    def noticed(self, *, words: bool = False) -> Look:
        """What a notice lays over a cell's own look; of words about it, the ink alone."""
        return self.book.look(font_color=_NOTICED_INK, **({} if words else {"bg_color": _NOTICED}))

    def row_marks(self) -> tuple[Look, Look]:
        """What a row's first cell bears where something is wrong in the row, or noticed: a sign behind its text.

        Nothing where all is well: paper is signed.
        """
        wrong, noticed = (
            self.book.look(font_color=ink, bg_color=fill, num_format=f'@" {sign}"')
            for ink, fill, sign in ((_WRONG_INK, _WRONG, "✗"), (_NOTICED_INK, _NOTICED, "!"))
        )
        return wrong, noticed

    def _bordered(self, **properties: Property) -> Look:
        ruled: dict[str, Property] = {"border": 1, "border_color": _LINE, "text_wrap": True, "font_color": _INK}
        return self.book.look(**{**ruled, **properties})


def _placed(*, on_cover: bool) -> dict[str, Property]:
    return {"valign": "vcenter", "font_size": 12, "indent": 1} if on_cover else {"valign": "top"}


def _shape(field: Field, *, on_cover: bool = False) -> dict[str, Property]:
    match field.kind:
        case Kind.DATE:
            return {"num_format": _DAY_FORMAT, "align": "left" if on_cover else "center"}
        case Kind.TEXT:
            # As text a "12/5" stays what was typed and a leading "-" is no formula.
            return {"num_format": _TEXT_FORMAT}
        case Kind.CHOICE:
            return {"align": "left"}
        case Kind.NUMBER:
            return {"align": "right"}
