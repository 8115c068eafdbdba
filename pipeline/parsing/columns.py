"""The head of a table: its row of hidden tags, its row of headers, and the column of each field."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from pipeline.parsing.headers import LONGEST_HEADER, named_by, nearly_labelled, plain, spelled_keys
from pipeline.spreadsheet import Position, RawSheet
from pipeline.vietnamese import normalise

SEARCHED_ROWS = 60
_INSERTED_ROWS = 6
_HALF = 0.5
"""A header that was printed again for a second page may be the fuller one; the first with half of its hits counts."""


class How(StrEnum):
    """By what a field was found."""

    TAG = "tag"
    LABEL = "label"
    NEARLY = "nearly"
    POSITION = "position"


@dataclass
class TableHead:
    """What tags and headers say, by column the field that each names; and the header cell that each field has by them.

    ``strangers`` are tags that are none of ours. Fields without a certain column are in ``doubtful``, ``crossed`` or
    ``twice``: see ``SheetMap``.
    """

    raw: RawSheet
    header_row: int
    tags: Mapping[int, str]
    labels: Mapping[int, str]
    keys: Mapping[str, str]
    strangers: tuple[str, ...] = ()
    places: dict[str, Position] = field(default_factory=dict)
    how: dict[str, How] = field(default_factory=dict)
    doubtful: dict[str, Position] = field(default_factory=dict)
    crossed: dict[str, Position] = field(default_factory=dict)
    twice: dict[str, tuple[Position, Position]] = field(default_factory=dict)

    def locate(self, names: Sequence[str]) -> None:
        """Find each field: by its tag, by its header, by a header unmistakably close, by its two neighbours."""
        for name in names:
            tagged = [column for column, tag in self.tags.items() if tag == name]
            headed = [c for c, label in self.labels.items() if label == name and self.tags.get(c, name) == name]
            crossed = [column for column in tagged if self.labels.get(column, name) != name]
            if crossed:
                self.crossed[name] = self.header_row, crossed[0]
            elif tagged or headed:
                self._take_filled(name, list(dict.fromkeys((*tagged, *headed))))
        self._nearly()
        self._by_position(names)

    def _take_filled(self, name: str, candidates: Sequence[int]) -> None:
        """The column that is filled; no choice is made between two that are filled otherwise."""
        if len(candidates) == 1:
            self._take(name, candidates[0], How.TAG if self.tags.get(candidates[0]) == name else How.LABEL)
            return
        contents = {column: self._content(column) for column in candidates}
        filled = [column for column in candidates if contents[column]] or [candidates[0]]
        other = next((column for column in filled if contents[column] != contents[filled[0]]), None)
        if other is not None:
            self.twice[name] = (self.header_row, filled[0]), (self.header_row, other)
        else:
            self._take(name, filled[0], How.TAG if self.tags.get(filled[0]) == name else How.LABEL)

    def _take(self, name: str, column: int, how: How) -> None:
        self.places[name], self.how[name] = (self.header_row, column), how

    def _content(self, column: int) -> dict[int, object]:
        return {
            row: cell.value
            for (row, of), cell in self.raw.cells.items()
            if of == column and row > self.header_row and cell.value != ""
        }

    def _nearly(self) -> None:
        settled = {*self.places, *self.crossed, *self.twice}
        guesses = [
            (name, column)
            for column, text in _texts(self.raw, self.header_row)
            if column not in self.tags and column not in self.labels and (name := nearly_labelled(text, self.keys))
        ]
        for name, column in guesses:
            if name not in settled and sum(other == name for other, _ in guesses) == 1:
                self._take(name, column, How.NEARLY)
            elif name in settled and name in self.places and self._content(column):
                self._compare(name, column)

    def _compare(self, name: str, column: int) -> None:
        """A second column under nearly the same header, filled otherwise: only the sender knows which was meant."""
        if self._content(column) != self._content(self.places[name][1]):
            self.twice[name] = self.places.pop(name), (self.header_row, column)
            del self.how[name]

    def _by_position(self, names: Sequence[str]) -> None:
        """A field between two neighbours with one column between them, while all that was found is in order.

        Its header must be blank: where something else is written, the column may be the sender's own. One that holds
        nothing at all is an empty column in the place of one that was deleted.
        """
        located = [self.places[name] for name in names if name in self.places]
        if any(left >= right for left, right in pairwise(located)):
            return
        for before, name, after in zip(names, names[1:], names[2:], strict=False):
            if name in {*self.places, *self.crossed, *self.twice} or not {before, after} <= set(self.how):
                continue
            column = self.places[before][1] + 1
            if self.places[after][1] != column + 1 or How.POSITION in {self.how[before], self.how[after]}:
                continue
            place = self.header_row, column
            header = self.raw.cells.get(place)
            if header is not None and not (isinstance(header.value, str) and not normalise(header.value)):
                self.doubtful[name] = place
            elif self._content(column):
                self._take(name, column, How.POSITION)


@dataclass(frozen=True)
class HeadTexts:
    """The texts of a sheet that may be tags or headers, each by row, column, tag and keys; kept for every schema."""

    raw: RawSheet
    texts: Sequence[tuple[int, int, str, Sequence[str]]]
    tags: AbstractSet[str]
    keys: AbstractSet[str]

    def names_any(self, tags: Mapping[str, str], labels: Mapping[str, str]) -> bool:
        """Whether any text is the tag of a field or repeats its label."""
        return not (tags.keys().isdisjoint(self.tags) and labels.keys().isdisjoint(self.keys))

    def by_tags(self, tags: Mapping[str, str]) -> dict[int, dict[int, str]]:
        """By row, the columns whose text is the tag of a field."""
        return _rows_of((row, column, tags.get(tag)) for row, column, tag, _ in self.texts)

    def by_labels(self, labels: Mapping[str, str]) -> dict[int, dict[int, str]]:
        """By row, the columns whose text repeats the label of a field."""
        return _rows_of((row, column, named_by(keys, labels)) for row, column, _, keys in self.texts)


def head_texts(raw: RawSheet) -> HeadTexts:
    """The texts among which the head of a sheet's table is looked for, row by row."""
    texts = [
        (row, column, plain(cell.value), spelled_keys(cell.value))
        for (row, column), cell in sorted(raw.cells.items())
        if row <= SEARCHED_ROWS and isinstance(cell.value, str) and len(cell.value) <= LONGEST_HEADER
    ]
    return HeadTexts(raw, texts, {tag for _, _, tag, _ in texts}, {key for _, _, _, keys in texts for key in keys})


def head_of(texts: HeadTexts, tags: Mapping[str, str], labels: Mapping[str, str], enough: float) -> TableHead | None:
    """The head of the table of a sheet, or None when neither tags nor headers name ``enough`` fields.

    ``tags`` and ``labels`` give the field of each tag and of each key of a label.
    """
    if not texts.names_any(tags, labels):
        return None
    raw, by_tags, by_labels = texts.raw, texts.by_tags(tags), texts.by_labels(labels)
    tag_row = max(by_tags, key=lambda row: (_hits(by_tags[row]), -row), default=0)
    tagged = by_tags.get(tag_row, {})
    if _hits(tagged) >= enough:
        header_row = _below_tags(raw, tag_row, tagged, by_labels)
        headers = {column: normalise(str(cell.value)) for (row, column), cell in raw.cells.items() if row == header_row}
        strangers = tuple(headers.get(at) or tag for at, tag in _texts(raw, tag_row) if plain(tag) not in tags)
        return TableHead(raw, header_row, tagged, by_labels.get(header_row, {}), labels, strangers)
    most = max(map(_hits, by_labels.values()), default=0)
    header_row = next((row for row, names in by_labels.items() if _hits(names) >= _HALF * most), 0)
    headed = by_labels.get(header_row, {})
    return TableHead(raw, header_row, {}, headed, labels) if _hits(headed) >= enough else None


def _below_tags(
    raw: RawSheet, tag_row: int, tagged: Mapping[int, str], by_labels: Mapping[int, Mapping[int, str]]
) -> int:
    """The header stands right below its tags, or under blank rows that were inserted between them.

    A row counts as a header there only when at least half of what it holds under the tags are labels.
    """
    for row in range(tag_row + 1, tag_row + 1 + _INSERTED_ROWS):
        filled = sum((row, column) in raw.cells for column in tagged)
        if filled:
            return row if len(by_labels.get(row, {})) >= _HALF * filled else tag_row + 1
    return tag_row + 1


def _hits(names: Mapping[int, str]) -> int:
    return len(set(names.values()))


def _texts(raw: RawSheet, row: int) -> list[tuple[int, str]]:
    """Column and text of every cell of a row that holds text, from left to right."""
    cells = [(column, cell.value) for (of, column), cell in raw.cells.items() if of == row]
    return sorted((column, value) for column, value in cells if isinstance(value, str) and value.strip())


def _rows_of(names: Iterable[tuple[int, int, str | None]]) -> dict[int, dict[int, str]]:
    """By row, the columns that name a field."""
    rows: dict[int, dict[int, str]] = {}
    for row, column, name in names:
        if name is not None:
            rows.setdefault(row, {})[column] = name
    return rows
