"""What an example is: a valid form in which one thing is wrong, and every finding that it must give."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rules_bases import BASES, Value
from rules_sheets import Case, Change, Edits, places

from pipeline.spreadsheet import cell_name

Expected = tuple[tuple[str, str], ...]
"""Code and place of every finding of the whole form, in order. A place is written like an edit: "objectives.target.2",
row 0 for the header, "objectives" for a sheet as a whole, nothing for the file."""


class Line(NamedTuple):
    """One line of a sheet's table: an example with one finding at ``place``, whose code is its rule's."""

    rule: str
    edits: Edits
    place: str
    note: str = ""


@dataclass(frozen=True, eq=False)
class Example:
    """One example of one rule; ``sheet`` is the sheet on which the rule stands.

    ``rule`` is the name of the rule's column, or check:field:code of a plain column's check. Reading and recognition
    have no column: there it is read:field:code or file::code.
    """

    base: str
    sheet: str
    rule: str
    edits: Edits
    expected: Expected
    change: Change | None = None
    arrived_at: dt.datetime | None = None
    formats_known: bool = True
    note: str = ""

    @property
    def code(self) -> str:
        """The code that the rule gives."""
        return self.rule.rsplit(":", 1)[1]

    @property
    def name(self) -> str:
        """How the example is called in the tests' output."""
        return f"{self.base} {self.sheet} {self.rule} {self.note}".strip()

    @property
    def expected_places(self) -> list[tuple[str, str]]:
        """Code and address of every finding: ("M510", "Mục tiêu!H6")."""
        return [(code, address(self.base, key)) for code, key in self.expected]

    def case(self, more: Edits | None = None) -> Case:
        """The submission to judge; ``more`` are further edits."""
        return Case(self.base, {**self.edits, **(more or {})}, self.change, self.arrived_at, self.formats_known)


def on_sheet(base: str, sheet: str, lines: Iterable[Line], *, formats_known: bool = True) -> tuple[Example, ...]:
    """The examples of one sheet, one a line."""
    return tuple(
        Example(
            base,
            sheet,
            line.rule,
            line.edits,
            ((line.rule.rsplit(":", 1)[1], line.place),),
            formats_known=formats_known,
            note=line.note,
        )
        for line in lines
    )


def address(base: str, key: str) -> str:
    """The address that a key stands for: "objectives.target_upper.1" is Mục tiêu!H6."""
    sheet, *rest = key.split(".")
    if not rest:
        return next((title for (of_sheet, _), (title, _) in places(base).items() if of_sheet == sheet), "")
    title, (row, column) = places(base)[sheet, rest[0]]
    below = int(rest[1]) - 1 if len(rest) > 1 else 0
    return f"{title}!{cell_name(row + below, column)}"


def copied(base: str, source: str, target: int, changes: Mapping[str, Value] | None = None) -> Edits:
    """One more row, at ``target``, like the row ``source`` of the base ("tasks.4") but for the changes."""
    sheet, row = source.split(".")
    typed = {**BASES[base].rows[sheet][int(row) - 1], **(changes or {})}
    return {f"{sheet}.{name}.{target}": value for name, value in typed.items()}
