"""One cell that wants an example: its row with all that judging knew, and what may stand there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.forms import Form, Listed, field_named, plan_of, printed_code
from pipeline.forms.choices import DeclarationKind, Measure, TaskStatus, YesNo
from pipeline.forms.objectives import OBJECTIVE_CODES
from pipeline.parsing import Frames
from pipeline.validation.context import Known
from pipeline.vietnamese import format_date, format_number


@dataclass(frozen=True)
class Told:
    """What judging knew: the rows of each sheet with their context, by sheet, and what stands beside the form."""

    form: Form
    rows: Frames
    known: Known


@dataclass(frozen=True)
class Spot:
    """One row of one submission, whose cell wants an example."""

    told: Told
    submission_id: int
    row: Mapping[str, Any]

    def own(self, sheet: str) -> pd.DataFrame:
        """The rows of the same submission in a sheet of the form."""
        rows = self.told.rows[sheet]
        return rows[rows["submission_id"] == self.submission_id]

    def value(self, name: str) -> Any:  # noqa: ANN401 - a cell of a frame
        """What the row holds, None for a blank."""
        found = self.row.get(name)
        return None if found is None or (not isinstance(found, list) and pd.isna(found)) else found

    def day(self, name: str) -> str:
        """A day of the row in words, empty for none."""
        found = self.value(name)
        return format_date(found) if found is not None else ""

    def in_year(self, day_and_month: str) -> str:
        """A day of the form's year."""
        return f"{day_and_month}/{self.value('year')}" if str(self.value("year")).isdecimal() else ""


def first_listed(spot: Spot, sheet: str, field: str) -> str:
    """The first choice of a list that stands in the settings: the form's own example may be of another agency."""
    declared = field_named(spot.told.form.sheet(sheet), field)
    if not isinstance(declared.options, Listed) or declared.any_other:
        return ""
    options = spot.told.known.options
    of_year = options[(options["list"] == declared.options.name) & (options["year"] == spot.value("year"))]
    return "" if of_year.empty else str(of_year["value"].iloc[0])


def _figure(value: float) -> str:
    """A number to be typed: a dot between its thousands would be taken for a decimal point by some machines."""
    return format_number(value).replace(".", "")


def _issued(spot: Spot, field: str, owed: str) -> str:
    """What the form was issued for; of a blank one what somebody owes it for, as ``owed`` says it of a duty."""
    duties = spot.told.known.duties
    of_form = duties.loc[duties["form"] == spot.told.form.number, owed]
    return str(spot.value(f"identity_{field}") or next(iter(of_form), ""))


def _division(spot: Spot) -> str:
    return _issued(spot, "division", "division")


def _year(spot: Spot) -> str:
    return _issued(spot, "year", "period")[:4]


def _period(spot: Spot) -> str:
    return _issued(spot, "period", "period").rpartition("-")[2]


def _printed(spot: Spot, sheet: str, field: str) -> str:
    """The first of the codes that we print down the sheet which no row bears."""
    plan, used = plan_of(spot.told.form.sheet(sheet)), set(spot.own(sheet)[field])
    codes = (printed_code(plan.codes, position) for position in range(1, plan.rows + 1))
    return next((code for code in codes if code not in used), "")


def _objective_code(spot: Spot) -> str:
    """A code that a task serves and no objective bears; else the next one."""
    served, used = spot.own("tasks")["objective"], set(spot.own("objectives")["code"])
    lost = (str(code) for code in served.dropna() if code in OBJECTIVE_CODES and code not in used)
    return next(lost, _printed(spot, "objectives", "code"))


def _planned(spot: Spot, sheet: str, field: str, plans: pd.DataFrame) -> str:
    """The first code of the accepted plan that the report lacks."""
    own = (plans["division"] == spot.value("division")) & (plans["period"] == spot.value("period_code"))
    used = set(spot.own(sheet)[field])
    return next((str(code) for code in plans.loc[own, field] if code not in used), "")


def _measure(spot: Spot) -> str:
    """What the target and its unit look like: a share, a level, or neither."""
    if spot.value("unit") == "%":
        return str(Measure.RATE)
    has_target = spot.value("target") is not None or spot.value("unit") is not None
    return str(Measure.LEVEL if has_target else Measure.YES_NO)


def _target(spot: Spot) -> str:
    """The percentage that the sentence names, which the column must repeat (M512)."""
    figures = spot.value("sentence_figures") or []
    is_rate = spot.value("measure") == Measure.RATE or spot.value("unit") == "%"
    return _figure(figures[0]) if figures and is_rate and 0 <= figures[0] <= 100 else ""


def _target_upper(spot: Spot) -> str:
    """Greater than the target, and the second percentage of the sentence where there is one."""
    figures, target = spot.value("sentence_figures") or [], spot.value("target")
    if target is None:
        return ""
    greater = [figure for figure in figures if figure > target]
    halfway = (target + 100) / 2 if spot.value("measure") == Measure.RATE else target + 1
    return _figure(greater[0] if greater else halfway) if halfway > target else ""


def _objective(spot: Spot) -> str:
    """An objective that has no task yet, else the first; the rows that name none share them out in their order."""
    codes, tasks = list(spot.own("objectives")["code"].dropna()), spot.own("tasks")
    unserved = [code for code in codes if code not in set(tasks["objective"])]
    asking = list(tasks.loc[~tasks["objective"].isin(codes), "excel_row"])
    place = asking.index(spot.row["excel_row"]) if spot.row["excel_row"] in asking else 0
    return next(iter([*unserved[place:], *codes]), "")


def _start_on(spot: Spot) -> str:
    """The first working day of the year, unless the task is finished earlier."""
    finish, year = spot.value("finish_on"), spot.value("year")
    if finish is not None and str(finish.year) != year:
        return format_date(finish)
    return spot.in_year("02/01")


def _finish_on(spot: Spot) -> str:
    """The last good day: that of the objective, unless the task begins later."""
    start, due = spot.value("start_on"), spot.value("objective_due_on")
    if start is not None and due is not None and due < start:
        return format_date(start)
    return spot.day("objective_due_on") or spot.in_year("31/12") or spot.day("start_on")


def _actual(spot: Spot) -> str:
    """What the parts of a rate give; yes for what is answered by yes or no."""
    if spot.value("objective_measure") == Measure.YES_NO:
        return str(YesNo.YES)
    if spot.value("numerator") is not None and spot.value("denominator") is not None:
        return str(spot.value("computed_share") or "")
    return _committed(spot)


def _part(spot: Spot, other: str, factor: Callable[[float, float], float]) -> str:
    """The part of a rate that fits the other part and the result; a whole number, as cases are counted."""
    actual, given = spot.value("actual"), spot.value(other)
    return _figure(round(factor(actual, given))) if actual and given else ""


def _numerator(spot: Spot) -> str:
    return _part(spot, "denominator", lambda actual, denominator: actual * denominator / 100)


def _denominator(spot: Spot) -> str:
    return _part(spot, "numerator", lambda actual, numerator: 100 * numerator / actual)


def _status(spot: Spot) -> str:
    return str(TaskStatus.DONE) if spot.value("finished_on") is not None else ""


def _estimate(spot: Spot) -> str:
    return str(YesNo.YES) if spot.value("objective_measure") == Measure.YES_NO else _committed(spot)


def _committed(spot: Spot) -> str:
    """The target that was committed to."""
    target = spot.value("objective_target")
    return "" if target is None else _figure(target)


def _communicated_on(spot: Spot) -> str:
    """The day on which the named version of the policy was approved, or the latest one."""
    approvals = spot.told.known.policies["approved_on"]
    latest = approvals[approvals <= spot.row["arrived_on"]].max()
    return spot.day("approved_on") or ("" if pd.isna(latest) else format_date(latest))


def _policy_version(spot: Spot) -> str:
    """The version in force on the day of communication, or on that of arrival."""
    policies = spot.told.known.policies.sort_values("approved_on")
    versions = policies.loc[policies["approved_on"] <= spot.row["arrived_on"], "version"]
    return str(spot.value("version_that_day") or next(iter(versions[::-1]), ""))


def _replaced(spot: Spot) -> str:
    """The latest earlier decision of the sheet that no other replaces."""
    decisions, own = spot.own("declarations"), spot.value("decision_on")
    free = decisions[~decisions["decision_no"].isin(decisions["replaces"]) & decisions["decision_no"].notna()]
    earlier = free if own is None else free[~(free["decision_on"] >= own)]
    others = earlier[earlier["excel_row"] != spot.row["excel_row"]].sort_values("decision_on", kind="stable")
    return str(next(iter(others["decision_no"][::-1]), ""))


def _kind(spot: Spot) -> str:
    return str(DeclarationKind.FIRST if spot.value("replaces") is None else DeclarationKind.AGAIN)


def _as(*others: str) -> Callable[[Spot], str]:
    """The day of the first of these fields that has one: the law sets the order of these days and no number between."""
    return lambda spot: next(filter(None, map(spot.day, others)), "")


def _owner(spot: Spot) -> str:
    staff = spot.told.known.staff
    return str(next(iter(staff.loc[staff["division"] == spot.value("division"), "name"]), ""))


MAKERS: Mapping[tuple[str, str], Callable[[Spot], str]] = {
    ("cover", "division"): _division,
    ("cover", "year"): _year,
    ("cover", "period"): _period,
    ("objectives", "code"): _objective_code,
    ("objectives", "measure"): _measure,
    ("objectives", "target"): _target,
    ("objectives", "target_upper"): _target_upper,
    ("objectives", "due_on"): lambda spot: spot.in_year("31/12"),
    ("objectives", "owner"): _owner,
    ("tasks", "task_code"): lambda spot: _printed(spot, "tasks", "task_code"),
    ("tasks", "objective"): _objective,
    ("tasks", "owner"): _owner,
    ("tasks", "start_on"): _start_on,
    ("tasks", "finish_on"): _finish_on,
    ("results", "code"): lambda spot: _planned(spot, "results", "code", spot.told.known.objectives),
    ("results", "numerator"): _numerator,
    ("results", "denominator"): _denominator,
    ("results", "actual"): _actual,
    ("results", "full_year_estimate"): _estimate,
    ("results", "data_as_of"): lambda spot: spot.day("arrived_on"),
    ("results", "self_assessment"): lambda spot: str(spot.value("computed_status") or ""),
    ("progress", "task_code"): lambda spot: _planned(spot, "progress", "task_code", spot.told.known.tasks),
    ("progress", "status"): _status,
    ("progress", "finished_on"): lambda spot: spot.day("latest_data_as_of"),
    ("declarations", "internal_audit_on"): _as("management_review_on", "effectiveness_confirmed_on", "decision_on"),
    ("declarations", "management_review_on"): _as("internal_audit_on", "effectiveness_confirmed_on", "decision_on"),
    ("declarations", "effectiveness_confirmed_on"): _as("management_review_on", "internal_audit_on", "decision_on"),
    ("declarations", "decision_on"): _as("effectiveness_confirmed_on", "management_review_on", "internal_audit_on"),
    ("declarations", "notice_on"): _as("decision_on"),
    ("declarations", "posted_on"): _as("decision_on"),
    ("declarations", "published_on"): _as("decision_on"),
    ("declarations", "kind"): _kind,
    ("declarations", "replaces"): _replaced,
    ("policy", "communicated_on"): _communicated_on,
    ("policy", "policy_version"): _policy_version,
}
"""(sheet, field) to how its example is made; an empty one leaves the field's own."""

REFERRING = frozenset(
    {
        ("tasks", "objective"),
        ("results", "code"),
        ("progress", "task_code"),
        ("declarations", "replaces"),
    }
)
"""What names a row of this very workbook or of its plan: the field's own example would name somebody else's."""
