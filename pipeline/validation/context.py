"""What a rule needs beyond its own row, joined on before pandera is asked (design 4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.achievement import commitment_words, computed_status, may_be_rate
from pipeline.forms.choices import CODED, Coded, Measure, Status, TaskStatus, YesNo
from pipeline.validation.register import changed_fields, computed_count, gone_rows
from pipeline.validation.sentences import sentence_columns
from pipeline.vietnamese import format_number


@dataclass(frozen=True)
class Known:
    """What is known beside the submissions that are judged, as frames.

    ``options``: list, year, value. ``duties``: division, form, period. ``staff``: staff_code, name, division,
    valid_from, valid_to. ``policies``: version, approved_on. ``agency_objectives``: year, code, measure,
    unit.
    ``objectives`` and ``tasks``: the accepted BM-01 against which a report of ``period`` by ``division`` is judged.
    ``last_year``: division, year, code. ``declarations`` and ``scope_changes``: the last accepted register. Days are
    ``datetime64[us]``.
    """

    options: pd.DataFrame
    duties: pd.DataFrame
    staff: pd.DataFrame
    policies: pd.DataFrame
    agency_objectives: pd.DataFrame
    objectives: pd.DataFrame
    tasks: pd.DataFrame
    last_year: pd.DataFrame
    declarations: pd.DataFrame
    scope_changes: pd.DataFrame


OBJECTIVE_CONTEXT = (
    "measure",
    "comparator",
    "target",
    "target_upper",
    "unit",
    "milestone",
    "due_on",
    "statement",
)


def no_knowledge() -> Known:
    """A Known without any rows: for forms that lean on nothing else, such as the secretary's directory."""
    return Known(
        options=_blank("list", "year", "value"),
        duties=_blank("division", "form", "period"),
        staff=_blank("staff_code", "name", "division").assign(valid_from=_no_day(), valid_to=_no_day()),
        policies=_blank("version").assign(approved_on=_no_day()),
        agency_objectives=_blank("year", "code", "measure", "unit"),
        objectives=_blank("division", "period", "code", "measure", "comparator", "unit", "statement").assign(
            target=_no_number(), target_upper=_no_number(), milestone=_no_number(), due_on=_no_day()
        ),
        tasks=_blank("division", "period", "task_code", "task").assign(finish_on=_no_day()),
        last_year=_blank("division", "year", "code"),
        declarations=_blank("decision_no"),
        scope_changes=_blank("scope_change", "legal_basis").assign(effective_on=_no_day()),
    )


def with_context(
    sheet: str, frames: Mapping[str, pd.DataFrame], submissions: pd.DataFrame, known: Known
) -> pd.DataFrame:
    """The rows of one sheet with every column that its rules lean on.

    ``submissions`` is indexed by submission_id and carries division, year, period, period_kind, arrived_on,
    formats_known, is_revision and the identity columns.
    """
    rows = frames[sheet]
    carried = submissions.drop(columns=[c for c in submissions.columns if c in rows.columns])
    joined = rows.join(carried, on="submission_id")
    made = _BY_SHEET.get(sheet)
    return made(joined, frames, known) if made else joined


def _cover(rows: pd.DataFrame, frames: Mapping[str, pd.DataFrame], known: Known) -> pd.DataFrame:
    period_code = rows["year"].fillna("") + "-" + rows["period"].fillna("")
    has_plan = pd.MultiIndex.from_arrays([rows["division"], period_code]).isin(
        pd.MultiIndex.from_frame(known.objectives[["division", "period"]])
    )
    rows = rows.assign(period_code=period_code, has_plan=has_plan)
    if "policy" in frames:
        rows = rows.assign(**_missing_people(rows, frames["policy"], known))
    if "declarations" in frames:
        register = {"declarations": known.declarations, "scope_changes": known.scope_changes}
        for sheet, before in register.items():
            gone = gone_rows(rows["submission_id"], frames[sheet], before, sheet)
            rows = rows.assign(**_named(rows, gone["submission_id"], gone["words"], names=f"gone_{sheet}"))
    return rows


def _missing_people(rows: pd.DataFrame, listed: pd.DataFrame, known: Known) -> dict[str, pd.Series]:
    expected = known.staff.merge(rows[["submission_id", "division", "form_due_on"]], on="division")
    day = expected["form_due_on"]
    there = (expected["valid_from"] <= day) & (expected["valid_to"].isna() | (expected["valid_to"] >= day))
    expected = expected[there]
    told = pd.MultiIndex.from_frame(listed[["submission_id", "staff_code"]])
    missing = expected[~pd.MultiIndex.from_frame(expected[["submission_id", "staff_code"]]).isin(told)]
    return _named(rows, missing["submission_id"], missing["name"], names="missing")


def _named(rows: pd.DataFrame, owner: pd.Series, names_of: pd.Series, *, names: str) -> dict[str, pd.Series]:
    """The names that belong to each submission as one text, and how many they are."""
    grouped = names_of.groupby(owner)
    return {
        names: rows["submission_id"].map(grouped.agg(", ".join)).astype("str"),
        f"{names}_count": rows["submission_id"].map(grouped.size()).fillna(0).astype("float64"),
    }


def _objectives(rows: pd.DataFrame, _frames: Mapping[str, pd.DataFrame], _known: Known) -> pd.DataFrame:
    return rows.assign(**sentence_columns(rows))


def _tasks(rows: pd.DataFrame, frames: Mapping[str, pd.DataFrame], _known: Known) -> pd.DataFrame:
    objectives = frames["objectives"][["submission_id", "code", "due_on"]].drop_duplicates(["submission_id", "code"])
    named = objectives.rename(columns={"code": "objective", "due_on": "objective_due_on"})
    return rows.merge(named, on=["submission_id", "objective"], how="left").set_axis(rows.index)


def _results(rows: pd.DataFrame, _frames: Mapping[str, pd.DataFrame], known: Known) -> pd.DataFrame:
    plan = known.objectives[["division", "period", "code", *OBJECTIVE_CONTEXT]].rename(
        columns={name: f"objective_{name}" for name in OBJECTIVE_CONTEXT} | {"period": "period_code"}
    )
    joined = rows.merge(plan, on=["division", "period_code", "code"], how="left").set_axis(rows.index)
    planned = _is_planned(rows, plan)
    uncoded = ~joined["actual_coded"].isin(CODED)
    joined = joined.assign(
        objective_known=joined["objective_measure"].notna() | ~planned,
        computed_status=computed_status(joined),
        computed_share=_share_words(joined),
        commitment_words=_commitment(joined),
        may_be_rate=_yes(may_be_rate(joined)),
        rate_with_figures=_yes((joined["objective_measure"] == Measure.RATE) & uncoded),
        is_final=(joined["period_kind"] == "CN") | (joined["objective_due_on"] <= joined["data_as_of"]),
        estimate_expected=_yes(
            (joined["period_kind"] == "CN") & (joined["objective_due_on"] > joined["data_as_of"]) & uncoded
        ),
    )
    unmet = (joined["computed_status"] == Status.NOT_MET) | (joined["self_assessment"] == Status.NOT_MET)
    return joined.assign(unmet=_yes(unmet))


def _commitment(rows: pd.DataFrame) -> pd.Series:
    return commitment_words(
        rows[[f"objective_{c}" for c in OBJECTIVE_CONTEXT]].rename(columns=lambda c: c.removeprefix("objective_"))
    )


def _is_planned(rows: pd.DataFrame, plan: pd.DataFrame) -> pd.Series:
    """Whether the row's division has a BM-01 for the row's period."""
    owner = ["division", "period_code"]
    return pd.Series(
        pd.MultiIndex.from_frame(rows[owner]).isin(pd.MultiIndex.from_frame(plan[owner])), index=rows.index
    )


def _share_words(rows: pd.DataFrame) -> pd.Series:
    share = 100 * rows["numerator"] / rows["denominator"].where(rows["denominator"] > 0)
    decimals = rows["actual__decimals"].clip(upper=2).fillna(1).astype(int)
    pairs = zip(share, decimals, strict=True)
    words = [format_number(round(value, places)) if pd.notna(value) else str(Coded.NO_CASE) for value, places in pairs]
    return pd.Series(words, index=rows.index, dtype="str")


def _progress(rows: pd.DataFrame, frames: Mapping[str, pd.DataFrame], known: Known) -> pd.DataFrame:
    plan = known.tasks[["division", "period", "task_code", "finish_on"]].rename(columns={"period": "period_code"})
    joined = rows.merge(plan, on=["division", "period_code", "task_code"], how="left").set_axis(rows.index)
    planned = _is_planned(rows, plan)
    latest = rows["submission_id"].map(frames["results"].groupby("submission_id")["data_as_of"].max())
    finish_on = joined["finish_on"].fillna(joined["planned_finish_on"])
    overdue = rows["status"].isin([TaskStatus.UNDER_WAY, TaskStatus.NOT_STARTED]) & (finish_on < latest)
    return joined.assign(
        task_known=joined["finish_on"].notna() | ~planned,
        latest_data_as_of=latest,
        obstacle_expected=_yes(overdue | (rows["status"] == TaskStatus.CANCELLED)),
    )


def _policy(rows: pd.DataFrame, _frames: Mapping[str, pd.DataFrame], known: Known) -> pd.DataFrame:
    approvals = known.policies.sort_values("approved_on")
    approved_on = rows["policy_version"].map(approvals.set_index("version")["approved_on"])
    position = approvals["approved_on"].searchsorted(rows["communicated_on"], side="right")
    versions = ["", *approvals["version"]]
    in_force = [versions[place] for place in position]
    return rows.assign(
        is_absent=_yes(rows["absence"].notna()),
        approved_on=pd.to_datetime(approved_on).astype("datetime64[us]"),
        version_that_day=pd.Series(in_force, index=rows.index, dtype="str").where(rows["communicated_on"].notna()),
    )


def _declarations(rows: pd.DataFrame, frames: Mapping[str, pd.DataFrame], known: Known) -> pd.DataFrame:
    return rows.assign(
        computed_count=computed_count(rows, frames["scope_changes"]),
        changed=changed_fields(rows, known.declarations, "declarations"),
    )


def _scope_changes(rows: pd.DataFrame, _frames: Mapping[str, pd.DataFrame], known: Known) -> pd.DataFrame:
    return rows.assign(changed=changed_fields(rows, known.scope_changes, "scope_changes"))


def _yes(mask: pd.Series) -> pd.Series:
    return pd.Series(str(YesNo.NO), index=mask.index, dtype="str").mask(mask.fillna(value=False), str(YesNo.YES))


def _blank(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype="str") for name in columns})


def _no_day() -> pd.Series:
    return pd.Series([], dtype="datetime64[us]")


def _no_number() -> pd.Series:
    return pd.Series([], dtype="float64")


_BY_SHEET: Mapping[str, Callable[[pd.DataFrame, Mapping[str, pd.DataFrame], Known], pd.DataFrame]] = {
    "cover": _cover,
    "objectives": _objectives,
    "tasks": _tasks,
    "results": _results,
    "progress": _progress,
    "policy": _policy,
    "declarations": _declarations,
    "scope_changes": _scope_changes,
}
