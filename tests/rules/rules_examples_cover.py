"""Examples of the rules that every cover shares, for every form, and of those that one form's cover adds."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules_bases import Value
from rules_examples import Example
from rules_sheets import Edits

_FORMS = ("BM-01", "BM-02", "BM-03", "BM-04")

_FIRST_ROWS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "BM-01": (("objectives", "code", 3), ("tasks", "task_code", 4)),
    "BM-02": (("results", "code", 3), ("progress", "task_code", 3)),
    "BM-03": (("policy", "staff_code", 3),),
    "BM-04": (
        ("declarations", "decision_no", 2),
        ("postings", "of_decision", 2),
        ("checks", "checked_on", 2),
        ("scope_changes", "scope_change", 2),
    ),
}
"""The sheets of each form with their first field and how many rows the base has."""

_OTHER_DIVISION = {"BM-01": "KHTC", "BM-02": "KHTC", "BM-03": "KHTC", "BM-04": "VP"}
_OTHER_PERIOD = {"BM-01": "6T", "BM-02": "CN", "BM-03": "6T", "BM-04": "CN"}

_NOT_OWING: Mapping[str, Edits] = {
    "BM-01": {"cover.division": "TCT", "identity.division": "TCT"},
    "BM-02": {"cover.division": "TCT", "identity.division": "TCT"},
    "BM-03": {
        "cover.division": "TCT",
        "identity.division": "TCT",
        "policy.staff_code.1": "CB005",
        "policy.full_name.1": "Võ Minh Đăng",
        "policy.*.2": None,
        "policy.*.3": None,
    },
    "BM-04": {"cover.division": "VP", "identity.division": "VP"},
}

_IN_2017: Mapping[str, Value] = {"cover.year": "2017", "identity.year": "2017"}
_NOT_SCHEDULED = (
    Example(
        "BM-01",
        "cover",
        "HasDueDate:period:T213",
        {
            **_IN_2017,
            **{f"objectives.due_on.{row}": dt.date(2017, 12, 31) for row in (1, 2, 3)},
            **{f"tasks.start_on.{row}": dt.date(2017, 1, 2) for row in (1, 2, 3, 4)},
            **{f"tasks.finish_on.{row}": dt.date(2017, 11, 30) for row in (1, 2, 3, 4)},
        },
        (("T213", "cover.period"),),
    ),
    Example(
        "BM-02-CN",
        "cover",
        "HasDueDate:period:T213",
        {
            **_IN_2017,
            "results.data_as_of.1": dt.date(2017, 10, 31),
            "results.data_as_of.2": dt.date(2017, 10, 31),
            "actions.origin.1": "2017-6T",
            "actions.finished_on.1": dt.date(2017, 7, 20),
            "progress.finished_on.1": dt.date(2017, 5, 14),
        },
        (("T213", "cover.period"),),
        arrived_at=dt.datetime(2017, 11, 5, 9),
    ),
    Example("BM-03", "cover", "HasDueDate:period:T213", _IN_2017, (("T213", "cover.period"),)),
    Example(
        "BM-04",
        "cover",
        "HasDueDate:period:T213",
        {
            **_IN_2017,
            "cover.period": "CN",
            "identity.period": "CN",
            "checks.checked_on.2": dt.date(2017, 8, 1),
        },
        (("T213", "cover.period"),),
    ),
)

_REVISED = Example(
    "BM-01",
    "cover",
    "FilledWhen:revision_reason:C410",
    {"cover.revision_document": "145/QĐ-SLĐTBXH ngày 15/4/2019"},
    (("C410", "cover.revision_reason"),),
    arrived_at=dt.datetime(2019, 4, 20, 9),
)

OWN_EXAMPLES = (
    _REVISED,
    replace(
        _REVISED,
        rule="FilledWhen:revision_document:C410",
        edits={"cover.revision_reason": "Giao bổ sung chỉ tiêu"},
        expected=(("C410", "cover.revision_document"),),
    ),
    Example(
        "BM-02",
        "cover",
        "PlanAccepted:period:R616",
        {"cover.division": "KHTC", "identity.division": "KHTC"},
        (("R616", "cover.period"),),
    ),
    Example(
        "BM-03",
        "cover",
        "ListsEveryone:division:C406",
        {"policy.*.3": None},
        (("C406", "policy.staff_code.0"),),
        note="a row gone",
    ),
    Example(
        "BM-03",
        "cover",
        "ListsEveryone:division:C406",
        {f"policy.{field}.3": None for field in ("channel", "communicated_on", "communicator", "understood")}
        | {f"policy.{field}.3": None for field in ("how_checked", "policy_version")},
        (("C406", "policy.staff_code.0"),),
        note="a printed row left as it was",
    ),
    Example(
        "BM-04",
        "cover",
        "KeepsRegister:division:R638",
        {
            "declarations.decision_no.1": "99/QĐ-SLĐTBXH",
            "declarations.replaces.2": "99/QĐ-SLĐTBXH",
        },
        (("R638", "declarations.decision_no.0"),),
    ),
    Example(
        "BM-04",
        "cover",
        "KeepsRegister:year:R638",
        {"scope_changes.*.1": None},
        (("R638", "scope_changes.scope_change.0"),),
    ),
    Example(
        "BM-04", "cover", "KeepsRegister:period:R638", {"postings.*.1": None}, (("R638", "postings.of_decision.0"),)
    ),
    Example(
        "BM-04", "cover", "KeepsRegister:prepared_by:R638", {"checks.*.1": None}, (("R638", "checks.checked_on.0"),)
    ),
    Example(
        "BM-04",
        "cover",
        "CheckedInPeriod:period:R646",
        {"checks.checked_on.2": dt.date(2018, 12, 31)},
        (("R646", "checks.checked_on.0"),),
    ),
)


def cover_examples() -> Iterator[Example]:
    """The shared rules, form by form, then each form's own."""
    for base in _FORMS:
        yield from _of_form(base)
    yield from _NOT_SCHEDULED
    yield from OWN_EXAMPLES


def _of_form(base: str) -> Iterator[Example]:
    issued = {"division": _OTHER_DIVISION[base], "year": "2018", "period": _OTHER_PERIOD[base]}
    for field, other in issued.items():
        edits = {f"identity.{field}": other}
        yield Example(base, "cover", f"SameAsIdentity:{field}:T204", edits, (("T204", f"cover.{field}"),))
    yield Example(base, "cover", "OwesForm:division:T212", _NOT_OWING[base], (("T212", "cover.division"),))
    nothing: Edits = {f"{sheet}.*.{row}": None for sheet, _, rows in _FIRST_ROWS[base] for row in range(1, rows + 1)}
    main, first, _ = _FIRST_ROWS[base][0]
    empty = Example(base, "cover", "HasRows:division:C404", nothing, (("C404", f"{main}.{first}.0"),))
    yield empty
    # An empty form is told so whatever its cover says: by this code it is known as empty.
    for note, value, code in (("no division", None, "C401"), ("an unknown division", "không rõ", "T203")):
        spoilt: Edits = {**nothing, "cover.division": value}
        yield replace(empty, edits=spoilt, expected=((code, "cover.division"), *empty.expected), note=note)
