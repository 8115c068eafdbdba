"""Examples of the rules on one cell, which are the same for every field of a kind: made from the forms' own fields."""

import datetime as dt
from collections.abc import Iterator, Mapping

from rules_bases import BASES, Typed, Value
from rules_examples import Example
from rules_sheets import Edits, form_of

from pipeline.spreadsheet import RawCell
from pipeline.vocabulary.fields import Field, Kind
from pipeline.vocabulary.limits import Length
from pipeline.vocabulary.sheets import SheetSchema

ROW: Mapping[str, int] = {
    "objectives": 3,
    "tasks": 4,
    "results": 3,
    "progress": 2,
    "policy": 4,
    "declarations": 2,
    "postings": 2,
    "checks": 2,
    "scope_changes": 2,
    "divisions": 3,
    "staff": 2,
}
"""The row that is spoilt, where it is not the first: one on which nothing else leans."""

_LATER_JOINER: Typed = {
    "policy.staff_code.4": "CB006",
    "policy.full_name.4": "Phan Thị Út",
    "policy.position.4": "Văn thư",
    "policy.category.4": "viên chức",
    "policy.channel.4": "Họp phòng",
    "policy.communicated_on.4": dt.date(2019, 3, 5),
    "policy.communicator.4": "Nguyễn Văn Hòa",
    "policy.understood.4": "có",
    "policy.how_checked.4": "ký nhận",
    "policy.policy_version.4": "CSCL-2019/01",
}

BESIDE: Mapping[tuple[str, str], Edits] = {
    # The tasks of an objective without a code of its own would point nowhere.
    ("objectives", "code"): {"tasks.objective.3": "MT01", "tasks.objective.4": "MT01"},
    # The sentence that is suggested must find its own figures in the columns.
    ("objectives", "statement"): {
        "objectives.measure.3": "tỷ lệ",
        "objectives.comparator.3": "ít nhất",
        "objectives.target.3": 95,
        "objectives.unit.3": "%",
        "objectives.method.3": "Tử số: hồ sơ trả đúng hạn; mẫu số: tổng hồ sơ đã trả",
    },
    # The change of scope that a declaration without a number answers would point nowhere, too.
    ("declarations", "decision_no"): {"scope_changes.declared_in.2": None},
    ("scope_changes", "procedures_added"): {"scope_changes.declared_in.2": None},
    ("scope_changes", "procedures_removed"): {"scope_changes.declared_in.2": None},
}
"""Further edits beside a spoilt cell, so that nothing leans on it."""

_SPOILT: Mapping[str, Value] = {
    "Answered": None,
    "InList": "không rõ",
    "isin": "không rõ",
    "notin": "vắng",
    "str_matches": "mã 1",
    "greater_than_or_equal_to": -1,
    "is_whole": 1.5,
}

_UNREADABLE: Mapping[Kind, dict[str, Value]] = {
    Kind.NUMBER: {"V301": "khoảng 5", "V307": "1,200"},
    Kind.DATE: {"V302": "cuối năm", "V319": "12/31/2019"},
}
_IN_ANY_CELL: dict[str, Value] = {
    "V311": RawCell("#REF!", "General", is_error=True),
    "V321": "‹chỗ chưa thay›",
    "T214": RawCell("", "General", formula_without_value=True),
}
_A_DAY: Value = dt.date(2019, 5, 12)
"""What Excel makes of "12/5" in a cell for words."""


def generic_examples() -> Iterator[Example]:
    """One example of each check on a plain column, of each implied rule on one cell alone, and of each misreading."""
    for base in ("BM-01", "BM-02", "BM-03", "BM-04", "DM-01"):
        for schema in form_of(BASES[base]).all_sheets:
            for field in schema.fields:
                yield from _of_column(base, schema, field)
            for rule in schema.rules:
                if rule.kind in _SPOILT:
                    yield _example(base, schema, rule.field, (rule.kind, rule.code, _SPOILT[rule.kind]))


def _of_column(base: str, schema: SheetSchema, field: Field) -> Iterator[Example]:
    if field.is_plainly_required:
        yield _example(base, schema, field.name, ("not_nullable", "C401", None))
    for limit in field.limits:
        spoilt = "x" * (limit.longest + 1) if isinstance(limit, Length) else _SPOILT[str(limit.check.name)]
        yield _example(base, schema, field.name, (str(limit.check.name), limit.code, spoilt))
    for code, value in _misread(schema, field).items():
        yield _example(base, schema, field.name, ("read", code, value))


def _misread(schema: SheetSchema, field: Field) -> dict[str, Value]:
    """What cannot be read in a cell, by code; what is alike for all cells of a kind, for the first of each sheet."""
    own = _UNREADABLE.get(field.kind, {})
    if field is not next(other for other in schema.fields if other.kind is field.kind):
        return own
    return {**_IN_ANY_CELL, **(own or {"V316": _A_DAY})}


def _example(base: str, schema: SheetSchema, field: str, broken: tuple[str, str, Value]) -> Example:
    kind, code, value = broken
    sheet, rule = schema.name, f"{kind}:{field}:{code}"
    row = ROW.get(sheet, 1)
    beside = _LATER_JOINER if sheet == "policy" else BESIDE.get((sheet, field), {})
    edits = {**beside, f"{sheet}.{field}.{row}": value}
    return Example(base, sheet, rule, edits, ((code, f"{sheet}.{field}.{row}"),))
