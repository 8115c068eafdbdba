"""Standing findings: what no form shows alone, computed anew each run from what is in force (design 6).

They warn both sides and never turn an accepted form into a returned one.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.achievement import commitment_words, is_lowered
from pipeline.findings import Finding
from pipeline.findings.codes import Code
from pipeline.obligations import in_force, is_accepted
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Measure, Status

Standing = tuple[int, Finding]
"""The submission that the finding concerns, and the finding."""


def standing_findings(
    submissions: pd.DataFrame, rows: Mapping[str, pd.DataFrame], plans: pd.DataFrame
) -> tuple[Standing, ...]:
    """Every standing finding over what is in force.

    ``submissions`` are the ledger's; ``rows`` its accepted objectives and results; ``plans`` says which BM-01 a
    period is held against (``obligations.plans_in_force``).
    """
    counting = in_force(submissions)
    reports = counting[counting["form"] == "BM-02"].reset_index()
    return (
        *_without_result(reports, rows, plans),
        *_on_an_older_plan(reports, submissions, plans),
        *_changed_plans(submissions, rows["objectives"], _ended(reports, rows["results"])),
        *_fallen(reports, rows, plans),
    )


def _without_result(reports: pd.DataFrame, rows: Mapping[str, pd.DataFrame], plans: pd.DataFrame) -> Iterator[Standing]:
    planned = plans.merge(rows["objectives"][["submission_id", "code"]], on="submission_id")
    owed = reports[["submission_id", "division", "period"]].merge(
        planned.drop(columns="submission_id"), on=["division", "period"]
    )
    given = pd.MultiIndex.from_frame(rows["results"][["submission_id", "code"]])
    missing = owed[~pd.MultiIndex.from_frame(owed[["submission_id", "code"]]).isin(given)]
    for submission_id, code in missing[["submission_id", "code"]].itertuples(index=False):
        yield submission_id, Finding(Code.R610, facts={"objective": code})


def _on_an_older_plan(reports: pd.DataFrame, submissions: pd.DataFrame, plans: pd.DataFrame) -> Iterator[Standing]:
    in_use = plans.rename(columns={"submission_id": "plan_id"})
    held = reports.merge(in_use, on=["division", "period"]).assign(
        plan_sha=lambda held: held["plan_id"].map(submissions["sha256"])
    )
    said = held["based_on"].fillna("")
    older = held[(said != "") & (said != held["plan_sha"])]
    for submission_id in older["submission_id"]:
        yield submission_id, Finding(Code.R611)


def _ended(reports: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    """The objectives that a year's report in force calls no longer applicable: division, year, code."""
    ended = results.loc[results["self_assessment"] == Status.NO_LONGER, ["submission_id", "code"]]
    of_year = reports[reports["period"].str.endswith("-CN")].merge(ended, on="submission_id")
    return of_year.assign(year=of_year["period"].str[:4])[["division", "year", "code"]]


def _changed_plans(submissions: pd.DataFrame, objectives: pd.DataFrame, ended: pd.DataFrame) -> Iterator[Standing]:
    """Against the version accepted before it, and against last year's through ``continues``; the same is told once."""
    plans = submissions[(submissions["form"] == "BM-01") & is_accepted(submissions)].reset_index()
    before = plans.groupby(["division", "period"])["submission_id"].shift(1)
    versions = plans.assign(before_id=before).groupby(["division", "period"]).tail(1)
    revised = versions.dropna(subset=["before_id"])
    last_year = versions.assign(period=(versions["period"].str[:4].astype("int64") + 1).astype("str") + "-KH")
    continued = versions.drop(columns="before_id").merge(
        last_year[["division", "period", "submission_id"]].rename(columns={"submission_id": "before_id"}),
        on=["division", "period"],
    )
    told = list(_compared(revised, objectives, "code"))
    told += _dropped(revised, objectives)
    told += (found for found in _compared(continued, objectives, "continues") if found not in told)
    yield from told
    yield from _not_continued(continued, _continuing(versions, objectives), objectives, ended)


def _compared(pairs: pd.DataFrame, objectives: pd.DataFrame, by: str) -> Iterator[Standing]:
    after = pairs[["submission_id", "before_id"]].merge(objectives, on="submission_id")
    after = after[after[by].notna()].assign(joined_by=lambda a: a[by])
    before = objectives.rename(columns={"submission_id": "before_id", "code": "joined_by"})
    both = after.merge(before, on=["before_id", "joined_by"], suffixes=("", "_before"))
    words = {
        "after": commitment_words(both),
        "before": commitment_words(
            both[[f"{c}_before" for c in _COMMITTED]].rename(columns=lambda c: c.removesuffix("_before"))
        ),
    }
    both = both.assign(**words)
    changed = (both["unit"].fillna("") != both["unit_before"].fillna("")) | (
        both["comparator"] != both["comparator_before"]
    )
    weaker = ~changed & is_lowered(both["comparator"], both["target"], both["target_before"])
    for code, found in ((Code.R612, both[weaker]), (Code.R613, both[changed])):
        for row in found[["submission_id", "code", "before", "after"]].to_dict("records"):
            facts = {"objective": row["code"], "before": row["before"], "after": row["after"]}
            yield row["submission_id"], Finding(code, facts=facts)


_COMMITTED = ("measure", "comparator", "target", "target_upper", "unit")


def _dropped(revised: pd.DataFrame, objectives: pd.DataFrame) -> Iterator[Standing]:
    before = revised[["submission_id", "before_id"]].merge(
        objectives[["submission_id", "code"]].rename(columns={"submission_id": "before_id"}), on="before_id"
    )
    kept = pd.MultiIndex.from_frame(objectives[["submission_id", "code"]])
    gone = before[~pd.MultiIndex.from_frame(before[["submission_id", "code"]]).isin(kept)]
    for submission_id, code in gone[["submission_id", "code"]].itertuples(index=False):
        yield submission_id, Finding(Code.R614, facts={"objective": code})


def _continuing(versions: pd.DataFrame, objectives: pd.DataFrame) -> pd.MultiIndex:
    """Which (submission_id, code of last year) go on, or went on until the version before: that loss is told of it."""
    own = versions[["submission_id"]].assign(source=versions["submission_id"])
    before = versions[["submission_id"]].assign(source=versions["before_id"]).dropna()
    named = objectives[["submission_id", "continues"]].rename(columns={"submission_id": "source"})
    kept = pd.concat([own, before]).merge(named, on="source")
    return pd.MultiIndex.from_frame(kept[["submission_id", "continues"]])


def _not_continued(
    continued: pd.DataFrame, continuing: pd.MultiIndex, objectives: pd.DataFrame, ended: pd.DataFrame
) -> Iterator[Standing]:
    """Last year's objectives that no objective of this year continues, but for those that were ended by a document."""
    before = continued[["submission_id", "before_id", "division", "period"]].merge(
        objectives[["submission_id", "code"]].rename(columns={"submission_id": "before_id"}), on="before_id"
    )
    before = before.assign(year=(before["period"].str[:4].astype("int64") - 1).astype("str"))
    goes_on = pd.MultiIndex.from_frame(before[["submission_id", "code"]]).isin(continuing)
    over = pd.MultiIndex.from_frame(before[["division", "year", "code"]]).isin(pd.MultiIndex.from_frame(ended))
    dropped = before.loc[~goes_on & ~over, ["submission_id", "code", "year"]]
    for submission_id, code, year in dropped.itertuples(index=False):
        yield submission_id, Finding(Code.R614, facts={"objective": f"{code}/{year}"})


def _fallen(reports: pd.DataFrame, rows: Mapping[str, pd.DataFrame], plans: pd.DataFrame) -> Iterator[Standing]:
    """A cumulative number below what the six-month report of the same year said."""
    results = reports[["submission_id", "division", "period"]].merge(rows["results"], on="submission_id")
    results = results.assign(year=results["period"].str[:4])
    earlier = results[results["period"].str.endswith("-6T")][["division", "year", "code", "actual"]]
    later = results[results["period"].str.endswith("-CN")].merge(
        earlier, on=["division", "year", "code"], suffixes=("", "_before")
    )
    measures = plans.merge(rows["objectives"][["submission_id", "code", "measure"]], on="submission_id")
    later = later.merge(measures.drop(columns="submission_id"), on=["division", "period", "code"])
    fallen = later[(later["measure"] == Measure.CUMULATIVE) & (later["actual"] < later["actual_before"])]
    for row in fallen[["submission_id", "code", "actual", "actual_before"]].to_dict("records"):
        facts = {
            "objective": row["code"],
            "before": format_number(row["actual_before"]),
            "after": format_number(row["actual"]),
        }
        yield row["submission_id"], Finding(Code.R615, facts=facts)
