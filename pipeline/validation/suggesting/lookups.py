"""Values that a rule itself points to: in a list, on another sheet, among the staff, in what was accepted before.

Each look-up answers for the field that its rule is about: a value, "" when nothing would do, or None when it has
nothing to say and the field's own kind decides.
"""

import re
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from pipeline.forms import plan_of, printed_code
from pipeline.forms.choices import Measure, YesNo
from pipeline.validation.suggesting.asking import Asking, Statistics, typed_figure
from pipeline.vietnamese import same_text

Lookup = Callable[[Asking, Statistics], str | None]
_NUMBER = re.compile(r"\d+")


def _first(values: Iterable[object], liked: str = "") -> str:
    """The liked one where it is among the values, else the first; "" when there is none."""
    every = [str(value) for value in values]
    return liked if liked in every else next(iter(every), "")


def _of_year(asking: Asking, table: pd.DataFrame) -> pd.DataFrame:
    return table[table["year"] == asking.year]


def _issued(asking: Asking, said: Statistics) -> str | None:
    issued = str(asking.value(said["identity"]) or "")
    options = asking.field.options
    if not issued:
        return None
    return options.get(issued, "") if isinstance(options, Mapping) else issued


def _scheduled(asking: Asking, said: Statistics) -> str | None:
    duties = asking.known.duties
    periods = set(duties.loc[duties["form"] == said["form"], "period"])
    options = asking.field.options if isinstance(asking.field.options, Mapping) else {}
    return _first(words for kind, words in options.items() if f"{asking.year}-{kind}" in periods)


def _listed(asking: Asking, said: Statistics) -> str | None:
    options = asking.known.options[asking.known.options["list"] == said["list"]]
    of_year = _of_year(asking, options)
    return _first((options if of_year.empty else of_year)["value"].unique(), asking.field.example)


def _on_sheet(asking: Asking, said: Statistics) -> str | None:
    keys = asking.table(str(said["sheet"]))[said["key"]].dropna().iloc[::-1]
    # What every row must name, every key must be named by (referred_to_by): one that no row names comes first.
    printed = asking.field.options if isinstance(asking.field.options, Mapping) else {}
    unnamed = keys[~keys.isin(asking.other_rows[asking.name]) & keys.isin(list(printed))]
    return _first(keys if unnamed.empty else unnamed, asking.field.example)


def _unused(asking: Asking, _said: Statistics) -> str | None:
    """An identity that no row has yet: the next printed code, or the example with another number."""
    taken = set(asking.other_rows[asking.name].dropna())
    plan = plan_of(asking.schema)
    if plan.codes:
        printed = [printed_code(plan.codes, place) for place in range(1, plan.rows + 1)]
        wanted = [code for code in _pointed_at(asking) if code in printed]
        return _first(code for code in [*wanted, *printed] if code not in taken)
    if asking.typed in taken:
        return ""  # which of the two rows is the wrong one, only the sender knows
    free = asking.field.example if _NUMBER.search(asking.field.example) else f"{asking.field.example}1"
    if asking.field.example not in taken:
        return asking.field.example
    while free in taken:
        free = _NUMBER.sub(lambda found: str(int(found[0]) + 1).zfill(len(found[0])), free, count=1)
    return free


def _pointed_at(asking: Asking) -> list[str]:
    """What another sheet says in the column that must point at this field: a code that was lost is still asked for."""
    said = asking.own_rules.get("referred_to_by")
    return [] if said is None else [str(code) for code in asking.table(str(said["sheet"]))[said["by"]].dropna()]


def _in_plan(asking: Asking, said: Statistics) -> str | None:
    """A code of the BM-01 in force that the report does not have yet; without a BM-01 the form's example."""
    plan = {"objective_known": asking.known.objectives, "task_known": asking.known.tasks}[str(said["known"])]
    own = plan[(plan["division"] == asking.value("division")) & (plan["period"] == asking.value("period_code"))]
    if own.empty:
        return None
    taken = set(asking.sheet[asking.name].dropna())
    return _first(code for code in own[asking.name] if code not in taken)


def _of_last_year(asking: Asking, _said: Statistics) -> str | None:
    last = _of_year(asking, asking.known.last_year)
    codes = last.loc[last["division"] == asking.value("division"), "code"]
    taken = set(asking.sheet[asking.name].dropna())
    return None if codes.empty else _first(code for code in codes if code not in taken)


def _replaceable(asking: Asking, said: Statistics) -> str | None:
    """The newest earlier decision that no row replaces yet."""
    day, sheet = asking.value(said["dated"]), asking.sheet
    replaced = set(asking.other_rows[asking.name].dropna())
    # A decision whose day is not known yet may be the earlier one.
    earlier = sheet[~(sheet[said["dated"]] >= day)] if day is not None else sheet.head(0)
    keys = earlier.sort_values(said["dated"], ascending=False)[said["key"]].dropna()
    return _first(key for key in keys if key not in replaced)


def _staff(asking: Asking) -> pd.DataFrame:
    """The staff of the year, those of the form's division first."""
    everyone = asking.known.staff
    if asking.year.isdecimal():
        until = everyone["valid_to"].fillna(pd.Timestamp(2199, 12, 31))
        there = (everyone["valid_from"] <= pd.Timestamp(int(asking.year), 12, 31)) & (
            until >= pd.Timestamp(int(asking.year), 1, 1)
        )
        everyone = everyone[there]
    elsewhere: pd.Series = everyone["division"] != asking.value("division")
    return everyone.sort_values("division", key=lambda _: elsewhere, kind="stable")


def _person(asking: Asking, _said: Statistics) -> str | None:
    return _first(_staff(asking)["name"]) or None


def _code_of_the_person(asking: Asking, _said: Statistics) -> str | None:
    """The staff code of whoever the row names."""
    named = next((said["field"] for kind, said in asking.rules if said.get("code") == asking.name), None)
    name = str(asking.value(named) or "")
    staff = _staff(asking)
    own = staff[staff["division"] == asking.value("division")]
    taken = set(asking.other_rows[asking.name].dropna())
    of_name = [c for c, listed in zip(own["staff_code"], own["name"], strict=True) if same_text(listed, name)]
    return _first(code for code in of_name if code not in taken)


def _poolable(asking: Asking, said: Statistics) -> str | None:
    """A common objective of the same measure and unit."""
    every = _of_year(asking, asking.known.agency_objectives)
    alike = (every["measure"] == asking.value(said["measure"])) & (every["unit"] == asking.value(said["unit"]))
    return _first(every.loc[alike, "code"])


def _version(asking: Asking, _said: Statistics) -> str | None:
    that_day = asking.value("version_that_day")
    return str(that_day) if that_day else _first(asking.known.policies.sort_values("approved_on")["version"].iloc[::-1])


def _only(asking: Asking, said: Statistics) -> str | None:
    """The one value of the case, where the row is such a case."""
    return str(said["only"][0]) if asking.holds(said["when"]) else None


def _computed_status(asking: Asking, _said: Statistics) -> str | None:
    return str(asking.value("computed_status") or "") or None


def _computed_count(asking: Asking, _said: Statistics) -> str | None:
    count = asking.value("computed_count")
    return None if count is None else typed_figure(count)


def _answer(asking: Asking, said: Statistics) -> str | None:
    return str(YesNo.YES) if asking.value(said["measure"]) == Measure.YES_NO else None


LOOKUPS: Mapping[str, Lookup] = {
    "same_as_identity": _issued,
    "has_due_date": _scheduled,
    "on_list_or_blank": _code_of_the_person,
    "known_in_plan": _in_plan,
    "replaces_earlier": _replaceable,
    "version_in_force": _version,
    "like_agency_objective": _poolable,
    "refers_to": _on_sheet,
    "continues_known": _of_last_year,
    "on_staff_list": _person,
    "only_when": _only,
    "procedures_add_up": _computed_count,
    "not_claimed_met": _computed_status,
    "fits_measure": _answer,
    "in_list": _listed,
    "unique_in_sheet": _unused,
}
"""By kind of rule, the more telling ones first."""
