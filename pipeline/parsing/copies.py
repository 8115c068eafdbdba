"""Which of several sheets that hold the same table counts: Excel names a copy “Mục tiêu (2)”."""

from collections.abc import Mapping, Sequence

from pipeline.spreadsheet import Position, RawSheet
from pipeline.vocabulary.fields import Field

Place = tuple[RawSheet, Mapping[str, Position], int]
"""A sheet, where its fields stand, and its first row below the header (0: a cover)."""


def chosen_copy(places: Sequence[Place], fields: Sequence[Field]) -> tuple[int, list[int]]:
    """The index of the sheet that counts, the first one filled, and those that are filled otherwise."""
    if len(places) == 1:
        return 0, []
    printed = frozenset(field.name for field in fields if field.printed)
    contents = [_content(place, printed) for place in places]
    filled = [at for at, content in enumerate(contents) if content] or [0]
    return filled[0], [at for at in filled if contents[at] != contents[filled[0]]]


def _content(place: Place, printed: frozenset[str]) -> dict[tuple[str, int], object]:
    """What the sender typed: by field and line, without what we print."""
    raw, places, first_row = place
    if not first_row:
        return {
            (name, 0): raw.cells[at].value
            for name, at in places.items()
            if at in raw.cells and raw.cells[at].value != ""
        }
    names = {column: name for name, (_, column) in places.items() if name not in printed}
    return {
        (names[column], row - first_row): cell.value
        for (row, column), cell in raw.cells.items()
        if row >= first_row and column in names and cell.value != ""
    }
