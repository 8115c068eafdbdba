"""Forms full of mistakes, made by one seed: valid rows of every form over and over, a cell or two of each spoilt."""

import dataclasses
import datetime as dt
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules_bases import BASES, Typed
from rules_settings import SETTINGS
from rules_sheets import form_of

from pipeline.sheets.results import ACTUAL_CODES
from pipeline.vietnamese import strip_accents
from pipeline.vocabulary.choices import YES_NO, Comparator, Measure, RangeBeaten, Status
from pipeline.vocabulary.fields import Field, Kind
from pipeline.vocabulary.limits import printed_code
from pipeline.vocabulary.lists import lists_of, options_of
from pipeline.vocabulary.sheets import SheetSchema

LISTS = lists_of(SETTINGS, 2019)


@dataclass(frozen=True)
class Shown:
    """A number in a cell with a format of its own: 0.95 as 95%."""

    value: float
    number_format: str


Cell = str | float | bool | dt.date | Shown | None
Row = dict[str, Cell]

_NUMBERS: Sequence[Cell] = (
    None,
    -1,
    0,
    0.4,
    0.95,
    -0.5,
    1,
    1.5,
    5,
    95,
    95.98,
    96,
    100,
    100.5,
    150,
    200,
    Shown(0.95, "0%"),
    Shown(0.004, "0.0%"),
)
_NUMBER_TEXTS: Sequence[Cell] = ("95,5", "1,200", "khoảng 5", "rất cao", "95 %", "hai mươi", True)
_DAYS: Sequence[Cell] = tuple(
    dt.date(*day) for day in ((2018, 12, 31), (2019, 1, 1), (2019, 5, 15), (2019, 12, 31), (2020, 1, 1), (2099, 5, 1))
)
_DAY_TEXTS: Sequence[Cell] = ("05/06/2019", "ngày 9 tháng 6 năm 2019", "cuối năm", "31/02/2019")
_WORDS: Sequence[Cell] = (None, "   ", "x", "Phòng", "x" * 501, "x" * 1001, 12.0, unicodedata.normalize("NFD", "Hồ sơ"))
FIRST_ROW = 6
_FIGURES: Sequence[Cell] = (0, 3, 5, 8.5, 10, 50, 95, 96, 98, 100, 150)
_ANSWERED, _HALF = 0.8, 0.5
_CODES: Sequence[Cell] = (None, "mã 1", "mt02", "MT00", "MT61", "MT1")


_WILD: Sequence[Cell] = ("*/QĐ", "1?/QĐ", "~*/QĐ", "2[0-9]/QĐ")
"""Decisions that a search with wildcards would take for others."""


@dataclass(frozen=True)
class Mutant:
    """One form: its rows by sheet, and which cells were spoilt: (sheet, position from 1, field)."""

    base: str
    rows: Mapping[str, Sequence[Row]]
    spoilt: frozenset[tuple[str, int, str]]
    commitments: Mapping[str, Row] = dataclasses.field(default_factory=dict)


def mutants(base: str, seed: int, rows: int = 60) -> Mutant:
    """One form of a base with as many rows as it has room for, most of them with a mistake."""
    chance = random.Random(f"{base} {seed}")  # noqa: S311 - mistakes, not secrets
    made: dict[str, list[Row]] = {}
    spoilt: set[tuple[str, int, str]] = set()
    for schema in form_of(BASES[base]).sheets:
        sheet = schema.name
        made[sheet] = list(_rows(schema, BASES[base].rows.get(sheet, ()), rows))
        for position, row in enumerate(made[sheet], 1):
            for field in chance.sample(schema.fields, chance.choice((0, 1, 1, 2, 2, 3))):
                row[field.name] = chance.choice(list(_values(schema, field, made[sheet], chance)))
                spoilt.add((sheet, position, field.name))
    return Mutant(base, made, frozenset(spoilt))


def is_used(mutant: Mutant, sheet: str, excel_row: int) -> bool:
    """Whether the reader takes a row for filled (forms.md, head)."""
    (schema,) = (schema for schema in form_of(BASES[mutant.base]).sheets if schema.name == sheet)
    row = mutant.rows[sheet][excel_row - FIRST_ROW]
    filled = [name for name, value in row.items() if value is not None and str(value).strip()]
    first, *_ = schema.fields
    return any(not of.printed for of in schema.fields if of.name in filled) or bool(filled and first.name not in filled)


def reports(base: str, seed: int) -> Mutant:
    """A report on as many objectives as there is room for, of every kind, which its form carries; figures of all kinds.

    What is answered and how it is judged is drawn anew for each row, so that most claims do not fit the figures.
    """
    chance = random.Random(f"{base} {seed} reported")  # noqa: S311 - mistakes, not secrets
    made = mutants(base, seed)
    results = [{**row, **_answer(chance)} if chance.random() < _ANSWERED else row for row in made.rows["results"]]
    commitments = {printed_code("MT", at): _commitment(chance) for at in range(1, len(results) + 1)}
    return replace(made, rows={**made.rows, "results": results}, commitments=commitments)


def _answer(chance: random.Random) -> Row:
    actual = chance.choice((*_FIGURES, *_FIGURES, *ACTUAL_CODES, "95,5", None))
    parts: Row = {"numerator": None, "denominator": None}
    if chance.random() < _HALF:
        parts = {"numerator": chance.choice((0, 19, 95, 48)), "denominator": chance.choice((0, 20, 100, 50, None))}
    estimate = chance.choice((None, None, *_FIGURES, *YES_NO))
    status = chance.choice((*Status, Status.MET, Status.MET, "dat", "khong dat"))
    final = chance.choice((None, None, *_FIGURES, *YES_NO))
    judged = {"full_year_estimate": estimate, "self_assessment": str(status), "last_year_final": final}
    return {"actual": actual, **parts, **judged}


def _commitment(chance: random.Random) -> Row:
    measure = chance.choice(list(Measure))
    comparator = Comparator.EXACTLY if measure is Measure.YES_NO else chance.choice(list(Comparator))
    between = comparator is Comparator.BETWEEN
    target = None if measure is Measure.YES_NO else chance.choice((0, 5, 10, 95, 100, 8.5))
    units = {Measure.RATE: ("%",), Measure.YES_NO: (None,)}.get(measure, ("%", "điểm %", "hồ sơ", "triệu đồng"))
    unit = chance.choice(units)
    alike = f"{measure} ({unit})" if unit else str(measure)
    return {
        "objective_measure": str(measure),
        "objective_comparator": str(comparator),
        "objective_target": target,
        "objective_target_upper": 98 if between else None,
        "objective_unit": unit,
        "objective_milestone": None if target is None else chance.choice((None, None, 0, 3, 50, 95, 99)),
        "objective_baseline": chance.choice((None, 0, 50, 99)),
        "objective_range_beaten": chance.choice((None, *map(str, RangeBeaten))) if between else None,
        "objective_due_on": chance.choice((dt.date(2019, 4, 30), dt.date(2019, 5, 31), dt.date(2019, 12, 31))),
        "last_year_kind": chance.choice((None, alike, alike, "mức (giờ)", "có/không")),
    }


def _rows(schema: SheetSchema, valid: Sequence[Typed], count: int) -> Iterator[Row]:
    """The valid rows in turn, under identities of their own."""
    first = schema.fields[0].name
    for position in range(1, count + 1):
        row = dict(valid[(position - 1) % len(valid)])
        if first in {"code", "task_code"}:
            row[first] = printed_code("MT" if first == "code" else "NV", position)
        if first == "staff_code":
            row[first] = f"CB{position:03}"
        if first == "decision_no":
            row = _declaration(row, position)
        if schema.name == "tasks":
            row["objective"] = printed_code("MT", position)
        yield row


def _declaration(row: Row, position: int) -> Row:
    """Each declaration a week after the one that it replaces."""
    later = dt.timedelta(weeks=position)
    moved = {name: value + later for name, value in row.items() if isinstance(value, dt.date)}
    first: Row = {"kind": "lần đầu", "replaces": None}
    chained = first if position == 1 else {"kind": "công bố lại", "replaces": f"{position - 1}/QĐ"}
    return {**row, **moved, **chained, "decision_no": f"{position}/QĐ"}


def _values(schema: SheetSchema, field: Field, rows: Sequence[Row], chance: random.Random) -> Iterator[Cell]:
    another = chance.choice(rows).get(field.name)
    yield another
    match field.kind:
        case Kind.NUMBER:
            yield from (*_NUMBERS, *_NUMBERS, *_NUMBER_TEXTS, *field.coded)
        case Kind.DATE:
            yield from (None, *_DAYS, *_DAYS, *_DAY_TEXTS, *field.coded)
        case Kind.CHOICE:
            yield from _chosen(field)
        case Kind.TEXT:
            yield from _CODES if schema.plan.codes and field is schema.fields[0] else _WORDS
            if field.name in {"replaces", "declared_in"}:
                yield from (f"{number}/QĐ" for number in (1, 7, 33, 99))
            if field.name in {"replaces", "declared_in", "decision_no"}:
                yield from _WILD
    yield from (strip_accents(word) for word in field.coded)


def _chosen(field: Field) -> Iterator[Cell]:
    options = options_of(field, LISTS)
    words = list(options.values())[:8]
    yield from (None, *words, *words, "không rõ", "MT02", "MT77", "%", "phần trăm")
    yield from (made(word) for word in words[:3] for made in (str.upper, strip_accents, lambda text: f"{text} "))
