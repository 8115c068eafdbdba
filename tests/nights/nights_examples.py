"""Each example of the rule table as a file of its own division, and the night in which it arrives."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from nights_books import book_bytes
from nights_open_document import formatless_bytes
from nights_packs import Pack, packed_case, packs
from rules_bases import BASES, Value
from rules_examples import copied
from rules_near_misses import NEAR_MISSES
from rules_sheets import Case, places
from rules_table import examples

from pipeline.intake.file_kinds import RawWorkbook
from pipeline.parsing.recognition import IDENTITY_SHEET
from pipeline.spreadsheet import Position, RawCell


@dataclass(frozen=True)
class Sent:
    """One file that a division sends: its name, its bytes, when it arrives, and what the ledger shall hold of it."""

    name: str
    content: bytes
    arrives: dt.datetime
    expected: tuple[tuple[str, str], ...]
    code: str
    division: str
    base: str
    leans_on_earlier: bool = False
    examples: int = 1


@cache
def sent_examples() -> tuple[Sent, ...]:
    """Every example of a form that divisions send, several in a file where they do not bear on one another."""
    together = packs([one for one in examples() if one.base != "DM-01"])
    return tuple(_sent(number, pack) for number, pack in enumerate(together, 1))


@cache
def sent_near_misses() -> tuple[Sent, ...]:
    """Every near miss of a form that divisions send: nothing is found in it."""
    return tuple(
        _file(f"G{number:03d}", _code(number + 700, one.base), one.case, ("", ()))
        for number, one in enumerate((one for one in NEAR_MISSES if one.base != "DM-01"), 1)
    )


def grounds(sent: Sequence[Sent]) -> Iterator[Sent]:
    """What the divisions of some files had accepted before: the ground on which ``rules_sheets.known`` stands.

    The BM-01 of its year and of the year before a BM-02; the register with its first rows before the few BM-04, and
    both years' BM-01 before the few BM-01, that lean on an earlier one.
    """
    for one in sent:
        match BASES[one.base].number:
            case "BM-01" if one.leans_on_earlier:
                yield _ground(one, "2018", Case("BM-01", IN_2018), dt.datetime(2018, 1, 20, 9))
                yield _ground(one, "2019", Case("BM-01", _ANOTHER), dt.datetime(2019, 1, 20, 8))
            case "BM-02" if one.code != _WITHOUT_PLAN:
                yield _ground(one, "2018", Case("BM-01", IN_2018), dt.datetime(2018, 1, 20, 9))
                yield _ground(one, "2019", Case("BM-01", _WITH_CLASSES), dt.datetime(2019, 1, 20, 8))
            case "BM-04" if one.code in _OF_REGISTER:
                yield _ground(one, "2019", Case("BM-04", _FIRST_ROWS), dt.datetime(2019, 6, 1, 9))


_WITHOUT_PLAN = "R616"
_OF_REGISTER = {"R623", "R638"}
"""The codes that hold a register against the one accepted last."""
_FIRST_ROWS: Mapping[str, None] = dict.fromkeys(
    ("declarations.*.2", "scope_changes.*.2", "checks.*.2", "postings.*.1", "postings.*.2")
)
"""Blanked in the older register: what came later, and the places of the decision that came later."""
_ANOTHER: Mapping[str, str] = {"cover.telephone": "0299 3821 235"}
"""So that the form of the ground is not byte for byte one that is sent again."""
_CLASSES: Mapping[str, Value] = {
    "code": "MT05",
    "statement": "Số lớp tập huấn nghiệp vụ đã mở trong năm 2019 ít nhất là 10 lớp.",
    "indicator": "Số lớp tập huấn nghiệp vụ đã mở",
    "measure": "số lũy kế",
    "comparator": "ít nhất",
    "target": 10,
    "unit": "lớp",
    "baseline": "chưa có số liệu",
    "milestone": None,
    "agency_objective": None,
    "due_on": dt.date(2019, 12, 31),
}
_WITH_CLASSES = {
    **_ANOTHER,
    **copied("BM-01", "objectives.1", 4, _CLASSES),
    # MT01 and MT02 go on from one year to the next; MT05 goes on with what was measured otherwise.
    **{f"objectives.continues.{row}": code for row, code in {1: "MT01", 2: "MT02", 4: "MT03"}.items()},
    **copied("BM-01", "tasks.4", 5, {"task_code": "NV05", "objective": "MT05", "task": "Mở các lớp tập huấn"}),
}
"""With a number that only grows, as in ``rules_sheets.known``."""
IN_2018: Mapping[str, str | dt.date] = {
    "cover.year": "2018",
    "identity.year": "2018",
    **{f"objectives.due_on.{row}": dt.date(2018, 12, 31) for row in (1, 2, 3)},
    **{f"tasks.start_on.{row}": dt.date(2018, 1, 2) for row in (1, 2, 3, 4)},
    **{f"tasks.finish_on.{row}": dt.date(2018, 11, 30) for row in (1, 2, 3, 4)},
}


def _ground(one: Sent, year: str, case: Case, arrives: dt.datetime) -> Sent:
    content = book_bytes(of_division(case.workbook, case.base, one.division))
    return replace(one, name=f"truoc/{one.division}_{year}.xlsx", content=content, arrives=arrives, expected=())


def _sent(number: int, pack: Pack) -> Sent:
    first, expected = pack[0], tuple(place for one in pack for place in one.expected_places)
    case = first.case() if len(pack) == 1 else packed_case(pack)
    file = _file(f"E{number:03d}", _code(number, first.base), case, (first.code, expected))
    return replace(file, examples=len(pack))


def _code(number: int, base: str) -> str:
    return f"{'T' if base == 'BM-04' else 'P'}{number:03d}"


def _file(name: str, division: str, case: Case, told: tuple[str, tuple[tuple[str, str], ...]]) -> Sent:
    workbook = of_division(case.workbook, case.base, division)
    content = book_bytes(workbook) if case.formats_known else formatless_bytes(workbook)
    arrives = case.arrived_at or BASES[case.base].arrived_at
    leans = case.arrived_at is not None or any(word in key for key in case.edits for word in ("continues", "revision"))
    file_name = f"{name}.xlsx" if case.formats_known else f"{name}.ods"
    return Sent(file_name, content, arrives, told[1], told[0], division, case.base, leans)


def of_division(workbook: RawWorkbook, base: str, code: str) -> RawWorkbook:
    """The workbook as another division sends it: its code where the base's own division stands."""
    own, (title, at) = BASES[base].division, places(base)["cover", "division"]
    sheets = []
    for sheet in workbook.sheets:
        cells: dict[Position, RawCell] = dict(sheet.cells)
        spots = [at] if sheet.title == title else []
        if sheet.title == IDENTITY_SHEET:
            spots = [(row, 2) for (row, column), cell in cells.items() if (column, cell.value) == (1, "division")]
        for spot in spots:
            if spot in cells and str(cells[spot].value).split(" ")[0] == own:
                cells[spot] = RawCell(code)
        sheets.append(replace(sheet, cells=cells))
    return replace(workbook, sheets=tuple(sheets))
