"""What needs a decision, on sheet 1 again: what each title says, and of its worst case, too."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from recompute_compare import Comparison, place_of
from recompute_inputs import Value
from recompute_objectives import Outcome, read_on
from recompute_overview import Recomputed, agency_missed, agency_rows, overdue
from recompute_owed import Obligation
from recompute_registers import ABSENT, JOINED_LATER, NO_RECORD, NOT_DECLARED, NOT_PROVED, NOT_UNDERSTOOD
from recompute_sentences import numbers_in
from recompute_status import UNMET, YES_NO, day, number

NAMED = 5
"""So many divisions are named in a title."""
_UNINFORMED = (NOT_UNDERSTOOD, ABSENT, NO_RECORD, JOINED_LATER)

Worst = tuple[str, list[Fraction]]
"""What is quoted of a case, and the numbers behind the first part of the title, without those of the quotation."""


@dataclass(frozen=True)
class Decision:
    """A thing that needs a decision: what its title says of it, the numbers before the worst case, and whose it is.

    ``worst``: the cases that may be told as the worst.
    """

    about: str
    count: int
    numbers: tuple[int | None, ...]
    names: tuple[str, ...] = ()
    worst: Sequence[Worst] = (("", []),)


def decisions(one: Recomputed) -> list[Decision]:
    """What needs a decision, the first three in the order that sheet 12 gives."""
    return [found for found in _decisions(one) if found.count][:3]


def _decisions(one: Recomputed) -> Iterator[Decision]:
    missed = agency_missed(one)
    numbers = (len(missed),) if len(missed) > 1 else ()
    yield Decision("ục tiêu chung của Sở không đạt", len(missed), numbers, missed, _of_agency(one, missed))
    yield _on_declaration(one)
    unmet = [found for found in one.registered if found.judged.status == UNMET]
    names = tuple(f"{found.division} {found.code}" for found in unmet)
    divisions = len({found.division for found in unmet})
    numbers = (len(unmet), divisions) if len(unmet) > 1 else ()
    yield Decision("không đạt", len(unmet), numbers, names, [_of_objective(found) for found in unmet])
    late = [owed for owed in one.owed if owed.is_overdue]
    own = [owed for owed in late if owed.period == one.period]
    longest = max((owed.days_late for owed in late), default=None)
    names = tuple(f"{owed.form} {owed.division}" for owed in late)
    split = () if len(own) == len(late) else (len(own), len(late) - len(own))
    yield Decision(
        "hợp lệ", len(late), (len(late), *split) if len(late) > 1 else (longest,), names, _of_many(late, longest)
    )
    yield _on_overdue(one, "ành động khắc phục quá hạn", ("Mã mục tiêu", "Nội dung mục tiêu"))
    yield _on_overdue(one, "hiệm vụ quá hạn", ("Mã nhiệm vụ", "Nhiệm vụ"))
    is_due = one.inputs.today >= one.inputs.due_on("BM-03", f"{one.period[:4]}-KH")
    uninformed = [row for row in one.people if is_due and row["Tình trạng"] in _UNINFORMED]
    unnamed = len({row["Mã Phòng"] for row in uninformed}) - NAMED
    worst = [("", [Fraction(unnamed)] if unnamed > 0 else [])]
    yield Decision("người chưa được phổ biến hoặc chưa hiểu CSCL", len(uninformed), (len(uninformed),), (), worst)


def _of_agency(one: Recomputed, missed: Sequence[str]) -> list[Worst]:
    """The text, the rate beside its target, and how many divisions are in while some are not."""
    rates, worst = agency_rows(one), []
    for each in one.inputs.settings["agency_objectives"]:
        value, divisions = rates[each["code"]]
        shown = [*numbers_in(each["text"]), rounded(value), Fraction(each["target"])]
        given, everyone = divisions.split("/")
        worst += [("", shown + ([] if given == everyone else [Fraction(given), Fraction(everyone)]))]
    codes = [each["code"] for each in one.inputs.settings["agency_objectives"]]
    return [case for code, case in zip(codes, worst, strict=True) if code in missed]


def _of_objective(found: Outcome) -> Worst:
    """The value to two decimals, the commitment, and the day by which it is to be mended."""
    objective, result = found.objective or {}, found.result or {}
    bounds = [number(objective, name) for name in ("target", "target_upper")]
    shown = [rounded(found.judged.value), *(each for each in bounds if each is not None)]
    figures_shown = [] if objective["measure"] == YES_NO else shown
    return plain(objective["statement"]), [*figures_shown, *day_numbers(day(result, "action_due_on"))]


def _of_many(late: Sequence[Obligation], longest: int | None) -> list[Worst]:
    return [("", [Fraction(longest or 0)] if len(late) > 1 else [])]


def rounded(value: Value) -> Fraction:
    """To two decimals, as a sentence shows a figure."""
    return Fraction(str(round(float(value), 2))) if isinstance(value, Fraction) else Fraction(0)


def plain(text: Value) -> str:
    """A text as it is quoted: without its full stop."""
    return str(text).strip().rstrip(".")


def day_numbers(on: dt.date | None) -> list[Fraction]:
    """The numbers of a day in words."""
    return [Fraction(on.day), Fraction(on.month), Fraction(on.year)] if on else []


def _on_declaration(one: Recomputed) -> Decision:
    waiting = [row["Số ngày chờ"] for row in one.scope_changes if row["Công bố lại"] == NOT_DECLARED]
    missing = [row["Số ngày sau Quyết định"] for row in one.proofs if row["Tình trạng"] == NOT_PROVED]
    longest = _longest([*waiting, *missing])
    is_none = not one.proofs
    numbers = (*([len(waiting)] if waiting else []), *([longest] if longest else []))
    return Decision("Công bố HTQLCL", len(waiting) + len(missing) + is_none, numbers)


def _on_overdue(one: Recomputed, about: str, headers: tuple[str, str]) -> Decision:
    """Actions or tasks; the worst is named with the day since which it waits."""
    code, text = headers
    rows = overdue(one.unmet if code == "Mã mục tiêu" else one.tasks)
    names = tuple(dict.fromkeys(f"{row['Mã Phòng']} {row[code]}" for row in rows))
    longest = _longest([row["Số ngày quá hạn"] for row in rows])
    since = day_numbers(read_on(one.inputs, one.period) - dt.timedelta(longest or 0))
    told = [Fraction(longest or 0), *since] if len(names) > 1 else since
    worst = [(plain(row[text]), told) for row in rows if row["Số ngày quá hạn"] == longest]
    return Decision(about, len(names), (len(names),) if len(names) > 1 else (longest,), names, worst)


def _longest(waits: Sequence[Value]) -> int | None:
    return max((int(wait) for wait in waits if isinstance(wait, Fraction)), default=None)


def compare_decisions(done: Comparison, sheet: Worksheet, expected: Sequence[Decision]) -> None:
    """The sentences in the order of sheet 12, each with its numbers."""
    told = list(_decision_cells(sheet))
    if len(told) != len(expected):
        done.differ(sheet.title, "things that need a decision", [cell.value for cell in told], expected)
    for cell, wanted in zip(told, expected, strict=False):
        _compare_decision(done, sheet, cell, wanted)


def _decision_cells(sheet: Worksheet) -> Iterator[Cell]:
    """The titles "1. …", side by side."""
    for row in sheet.iter_rows():
        for cell in row:
            if re.match(r"[123]\. ", str(cell.value)) and isinstance(cell, Cell):
                yield cell


def _compare_decision(done: Comparison, sheet: Worksheet, cell: Cell, wanted: Decision) -> None:
    """What is said before the worst case; names beyond the first few are not listed but counted below the title."""
    title = str(cell.value)[3:]
    begins = re.split(r"[;“]| – ", re.sub(r" và \d+ mục khác$", "", title))[0]
    done.sentence(sheet, cell.coordinate, begins, [Fraction(number) for number in wanted.numbers if number is not None])
    _compare_worst(done, sheet, cell, wanted, begins)
    if wanted.about not in title:
        done.differ(place_of(sheet, cell.coordinate), "thing that needs a decision", title, wanted)
    below = str(sheet.cell(int(cell.row or 0) + 1, int(cell.column or 0)).value)
    if wanted.count > 1 and wanted.names:
        names, _, _ = below.removeprefix("Gồm: ").partition(". Đề nghị")
        listed = set(re.split(r", | và \d+ mục khác", names)) - {""}
        rest = [Fraction(len(wanted.names) - len(listed))] if len(wanted.names) > len(listed) else []
        done.sentence(sheet, cell.coordinate, " ".join(re.findall(r" và \d+ mục khác", names)), rest)
        if not listed <= set(wanted.names):
            done.differ(place_of(sheet, cell.coordinate), "names", names, wanted)


def _compare_worst(done: Comparison, sheet: Worksheet, cell: Cell, wanted: Decision, begins: str) -> None:
    """What is said of the worst case: its figure beside what was promised, its days, its day."""
    rest = str(cell.value)[3:].removeprefix(begins)
    quoted = re.search("“(.+?)”", rest)
    told = numbers_in(rest.replace(quoted[0], "") if quoted else rest)
    done.figures += len(told)
    if (plain(quoted[1]) if quoted else "", told) not in wanted.worst:
        done.differ(place_of(sheet, cell.coordinate), "worst case", rest, wanted.worst)
