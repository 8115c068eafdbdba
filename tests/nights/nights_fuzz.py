"""Forms as careless hands and odd programs leave them: a valid form, then some of what may happen to a workbook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from nights_books import Written, book_bytes
from nights_examples import of_division
from nights_junk import any_text, junk
from rules_bases import BASES
from rules_sheets import filled, places

from pipeline.intake.file_kinds import RawWorkbook
from pipeline.spreadsheet import Position, RawCell, RawSheet

_BASES = ("BM-01", "BM-02", "BM-03", "BM-04")
_FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\\n\t\r'"))
DIVISIONS = 60
"""How many divisions of each kind share a night's files: each sends one file of each of its forms, and some again."""


@dataclass
class Spoilt:
    """A workbook on its way down: what a reader's cells can say, and what only XML can."""

    base: str
    workbook: RawWorkbook
    odd: dict[str, dict[Position, Written]] = field(default_factory=dict)

    def put(self, title: str, at: Position, cell: RawCell | Written) -> None:
        """Overwrite one cell."""
        if isinstance(cell, Written):
            self.odd.setdefault(title, {})[at] = cell
        else:
            self.edit(title, lambda sheet: replace(sheet, cells={**sheet.cells, at: cell}))

    def edit(self, title: str, change: Callable[[RawSheet], RawSheet]) -> None:
        """Change one sheet."""
        sheets = tuple(change(s) if s.title == title else s for s in self.workbook.sheets)
        self.workbook = replace(self.workbook, sheets=sheets)

    def any_sheet(self, random: Random) -> RawSheet:
        """Some sheet of it."""
        return random.choice(self.workbook.sheets)


def codes() -> list[str]:
    """The divisions that the files of one night are of."""
    return [f"{letter}{number:03d}" for letter in "PT" for number in range(1, DIVISIONS + 1)]


def spoilt_files(seeds: range) -> dict[str, bytes]:
    """One file a seed, by name; the same seed makes the same file."""
    return {f"F{seed:06d}.xlsx": spoilt_file(seed) for seed in seeds}


def spoilt_file(seed: int) -> bytes:
    """The file of one seed."""
    random = Random(seed)  # noqa: S311 - a seeded test, no secret
    base = _BASES[seed % len(_BASES)]
    code = f"{'T' if base == 'BM-04' else 'P'}{seed // len(_BASES) % DIVISIONS + 1:03d}"
    spoilt = Spoilt(base, of_division(filled(base), base, code))
    for _ in range(random.choice((1, 1, 1, 2, 3, 5, 12))):
        random.choice(_ACCIDENTS)(spoilt, random)
    return book_bytes(spoilt.workbook, spoilt.odd)


def _junk_in_inputs(spoilt: Spoilt, random: Random) -> None:
    """One to four fields of one sheet, in the rows that are filled or just below."""
    spots = list(places(spoilt.base).items())
    for _ in range(random.randrange(1, 5)):
        (sheet, _), (title, (row, column)) = random.choice(spots)
        below = 0 if sheet == "cover" else random.randrange(0, len(BASES[spoilt.base].rows.get(sheet, ())) + 2)
        spoilt.put(title, (row + below, column), junk(random))


def _junk_on_cover(spoilt: Spoilt, random: Random) -> None:
    spots = [at for (sheet, _), at in places(spoilt.base).items() if sheet == "cover"]
    title, at = random.choice(spots)
    spoilt.put(title, at, junk(random))


def _junk_in_head(spoilt: Spoilt, random: Random) -> None:
    """Over a header, or the hidden tag above it."""
    spots = [at for (sheet, _), at in places(spoilt.base).items() if sheet != "cover"]
    title, (row, column) = random.choice(spots)
    spoilt.put(title, (max(1, row - random.randrange(1, 4)), column), junk(random))


def _junk_anywhere(spoilt: Spoilt, random: Random) -> None:
    title = spoilt.any_sheet(random).title
    for _ in range(random.randrange(1, 20)):
        spoilt.put(title, (random.randrange(1, 90), random.randrange(1, 40)), junk(random))


def _junk_on_hidden_sheet(spoilt: Spoilt, random: Random) -> None:
    hidden = [sheet for sheet in spoilt.workbook.sheets if sheet.hidden]
    if hidden:
        spoilt.put(random.choice(hidden).title, (random.randrange(1, 9), random.randrange(1, 3)), junk(random))


def _column_of_junk(spoilt: Spoilt, random: Random) -> None:
    (_, (title, (row, column))) = random.choice(list(places(spoilt.base).items()))
    cell = junk(random)
    for below in range(random.randrange(2, 70)):
        spoilt.put(title, (row + below, column), cell)


def _far_away(spoilt: Spoilt, random: Random) -> None:
    at = random.choice(((200, 3), (3, 250), (3_100, 2), (1_000, 16_384), (70, 70)))
    spoilt.put(spoilt.any_sheet(random).title, at, RawCell(any_text(random)))


def _rows_inserted(spoilt: Spoilt, random: Random) -> None:
    first, count = random.randrange(1, 20), random.randrange(1, 5)
    _moved(spoilt, random, lambda at: (at[0] + count, at[1]) if at[0] >= first else at)


def _row_deleted(spoilt: Spoilt, random: Random) -> None:
    gone = random.randrange(1, 16)
    _moved(spoilt, random, lambda at: None if at[0] == gone else (at[0] - (at[0] > gone), at[1]))


def _columns_inserted(spoilt: Spoilt, random: Random) -> None:
    first, count = random.randrange(1, 16), random.randrange(1, 3)
    _moved(spoilt, random, lambda at: (at[0], at[1] + count) if at[1] >= first else at)


def _column_deleted(spoilt: Spoilt, random: Random) -> None:
    gone = random.randrange(1, 16)
    _moved(spoilt, random, lambda at: None if at[1] == gone else (at[0], at[1] - (at[1] > gone)))


def _columns_swapped(spoilt: Spoilt, random: Random) -> None:
    one, other = random.sample(range(1, 14), 2)
    swap = {one: other, other: one}
    _moved(spoilt, random, lambda at: (at[0], swap.get(at[1], at[1])))


def _rows_shuffled(spoilt: Spoilt, random: Random) -> None:
    order = list(range(4, 14))
    random.shuffle(order)
    _moved(spoilt, random, lambda at: (order[at[0] - 4], at[1]) if 4 <= at[0] < 14 else at)


def _moved(spoilt: Spoilt, random: Random, move: Callable[[Position], Position | None]) -> None:
    def changed(sheet: RawSheet) -> RawSheet:
        return replace(sheet, cells={to: cell for at, cell in sheet.cells.items() if (to := move(at)) is not None})

    spoilt.edit(spoilt.any_sheet(random).title, changed)


def _renamed(spoilt: Spoilt, random: Random) -> None:
    sheet = spoilt.any_sheet(random)
    wanted = any_text(random).translate(_FORBIDDEN_IN_TITLES).strip()[:31] or "Trang tính"
    title = random.choice((wanted, f"{sheet.title} ", f"{sheet.title[:27]} (2)", "Việc cần sửa", "_qms_viec", "Sheet1"))
    if title.casefold() not in {one.title.casefold() for one in spoilt.workbook.sheets}:
        spoilt.edit(sheet.title, lambda sheet: replace(sheet, title=title))


def _doubled(spoilt: Spoilt, random: Random) -> None:
    sheet = spoilt.any_sheet(random)
    title = f"{sheet.title[:26]} ({random.randrange(2, 99)})"
    if title not in {one.title for one in spoilt.workbook.sheets}:
        spoilt.workbook = replace(spoilt.workbook, sheets=(*spoilt.workbook.sheets, replace(sheet, title=title)))


def _sheet_deleted(spoilt: Spoilt, random: Random) -> None:
    if len(spoilt.workbook.sheets) > 1:
        gone = spoilt.any_sheet(random).title
        left = tuple(sheet for sheet in spoilt.workbook.sheets if sheet.title != gone)
        spoilt.workbook = replace(spoilt.workbook, sheets=left)


def _hidden_turned(spoilt: Spoilt, random: Random) -> None:
    spoilt.edit(spoilt.any_sheet(random).title, lambda sheet: replace(sheet, hidden=not sheet.hidden))


def _reordered(spoilt: Spoilt, random: Random) -> None:
    sheets = list(spoilt.workbook.sheets)
    random.shuffle(sheets)
    spoilt.workbook = replace(spoilt.workbook, sheets=tuple(sheets))


def _merged(spoilt: Spoilt, random: Random) -> None:
    top, left = random.randrange(1, 20), random.randrange(1, 12)
    area = ((top, left), (top + random.randrange(0, 30), left + random.randrange(0, 8)))
    if area[0] != area[1]:
        spoilt.edit(spoilt.any_sheet(random).title, lambda sheet: replace(sheet, merged=(*sheet.merged, area)))


def _own_sheet(spoilt: Spoilt, random: Random) -> None:
    cells = {(random.randrange(1, 40), random.randrange(1, 12)): RawCell(any_text(random)) for _ in range(30)}
    title = f"Nháp {random.randrange(1000)}"
    if title not in {one.title for one in spoilt.workbook.sheets}:
        spoilt.workbook = replace(spoilt.workbook, sheets=(RawSheet(title, cells), *spoilt.workbook.sheets))


def _counted_from_1904(spoilt: Spoilt, _random: Random) -> None:
    spoilt.workbook = replace(spoilt.workbook, date_1904=True)


_OFTEN = (_junk_in_inputs, _junk_in_inputs, _junk_in_inputs, _junk_on_cover, _junk_in_head, _junk_anywhere)
_ACCIDENTS: tuple[Callable[[Spoilt, Random], None], ...] = (
    *_OFTEN,
    *_OFTEN,
    _junk_on_hidden_sheet,
    _column_of_junk,
    _far_away,
    _rows_inserted,
    _row_deleted,
    _columns_inserted,
    _column_deleted,
    _columns_swapped,
    _rows_shuffled,
    _renamed,
    _doubled,
    _sheet_deleted,
    _hidden_turned,
    _reordered,
    _merged,
    _own_sheet,
    _counted_from_1904,
)


def batches(seeds: range, size: int) -> Iterator[range]:
    """The seeds in parts of one night each."""
    for start in range(seeds.start, seeds.stop, size):
        yield range(start, min(start + size, seeds.stop))
