"""Standing findings: what no form shows alone, computed anew each run from what is in force (design 6).

They warn both sides and never turn an accepted form into a returned one.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.achievement import commitment_words, is_lowered
from pipeline.findings import Code, Finding
from pipeline.obligations import in_force, is_accepted, taken_over
from pipeline.settings import PeriodKind
from pipeline.settings.periods import kinds_of, shifted, years_of
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results
from pipeline.vietnamese import format_number
from pipeline.vocabulary.choices import Measure, Status
from pipeline.vocabulary.rows import pairs

Standing = tuple[int, Finding]
"""The submission that the finding concerns, and the finding."""
_OWNER = ["division", "period"]
_COMMITTED = (
    Objectives.measure,
    Objectives.comparator,
    Objectives.target,
    Objectives.target_upper,
    Objectives.unit,
)


def standing_findings(
    submissions: pd.DataFrame, rows: Mapping[str, pd.DataFrame], plans: pd.DataFrame, handed: pd.DataFrame
) -> tuple[Standing, ...]:
    """Every standing finding over what is in force.

    ``submissions`` are the ledger's; ``rows`` its accepted objectives and results; ``plans`` says which BM-01 a
    period is held against (``obligations.plans_in_force``), ``handed`` what was taken over from former divisions
    (``obligations.handed_over``).
    """
    counting = in_force(submissions)
    reports = counting[counting["form"] == "BM-02"].reset_index()
    return (
        *_without_result(reports, rows, plans, taken_over(rows["objectives"], handed)),
        *_on_an_older_plan(reports, submissions, plans),
        *_changed_plans(submissions, rows["objectives"], _ended(reports, rows["results"])),
        *_fallen(reports, rows, plans),
    )


def _lacking(rows: pd.DataFrame, table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The rows whose columns stand together nowhere in a table."""
    return rows[~pairs(rows, *columns).isin(pairs(table, *columns))]


def _of_objective(rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """The submission and the objective's code of each row."""
    yield from rows[["submission_id", Objectives.code]].itertuples(index=False, name=None)


def _without_result(
    reports: pd.DataFrame, rows: Mapping[str, pd.DataFrame], plans: pd.DataFrame, taken: pd.DataFrame
) -> Iterator[Standing]:
    planned = plans.merge(rows["objectives"][["submission_id", Objectives.code]], on="submission_id")
    planned = pd.concat([planned, taken[[*_OWNER, Objectives.code]]], ignore_index=True)
    expected = reports[["submission_id", *_OWNER]].merge(planned[[*_OWNER, Objectives.code]], on=_OWNER)
    for submission_id, code in _of_objective(_lacking(expected, rows["results"], ["submission_id", Results.code])):
        yield submission_id, Finding(Code.R610, facts={"objective": code})


def _on_an_older_plan(reports: pd.DataFrame, submissions: pd.DataFrame, plans: pd.DataFrame) -> Iterator[Standing]:
    held = reports.merge(plans.rename(columns={"submission_id": "plan_id"}), on=_OWNER)
    based_on = held["based_on"].fillna("")
    older = held[(based_on != "") & (based_on != held["plan_id"].map(submissions["sha256"]))]
    for submission_id in older["submission_id"]:
        yield submission_id, Finding(Code.R611)


def _ended(reports: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    """The objectives that a year's report in force calls no longer applicable: division, year, code."""
    ended = results.loc[results[Results.self_assessment] == Status.NO_LONGER, ["submission_id", Results.code]]
    of_year = reports[kinds_of(reports["period"]) == PeriodKind.WHOLE_YEAR].merge(ended, on="submission_id")
    return of_year.assign(year=years_of(of_year["period"]))[["division", "year", Results.code]]


def _changed_plans(submissions: pd.DataFrame, objectives: pd.DataFrame, ended: pd.DataFrame) -> Iterator[Standing]:
    """Against the version accepted before it, and against last year's through ``continues``; the same is told once."""
    plans = submissions[(submissions["form"] == "BM-01") & is_accepted(submissions)].reset_index()
    versions = plans.assign(before_id=plans.groupby(_OWNER)["submission_id"].shift(1)).groupby(_OWNER).tail(1)
    revised = versions.dropna(subset=["before_id"])
    last_year = versions.assign(period=shifted(versions["period"], 1), before_id=versions["submission_id"])
    continued = versions.drop(columns="before_id").merge(last_year[[*_OWNER, "before_id"]], on=_OWNER)
    of_versions = [*_compared(revised, objectives, Objectives.code), *_dropped(revised, objectives)]
    yield from of_versions
    of_years = _compared(continued, objectives, Objectives.continues)
    yield from (standing for standing in of_years if standing not in of_versions)
    yield from _not_continued(continued, _continuing(versions, objectives), objectives, ended)


def _compared(versions: pd.DataFrame, objectives: pd.DataFrame, by: str) -> Iterator[Standing]:
    after = versions[["submission_id", "before_id"]].merge(objectives, on="submission_id")
    after = after[after[by].notna()].assign(joined_by=lambda rows: rows[by])
    before = objectives.rename(columns={"submission_id": "before_id", Objectives.code: "joined_by"})
    both = after.merge(before, on=["before_id", "joined_by"], suffixes=("", "_before"))
    earlier = both[[f"{name}_before" for name in _COMMITTED]].set_axis(_COMMITTED, axis="columns")
    both = both.assign(after=commitment_words(both), before=commitment_words(earlier))
    changed = (both[Objectives.unit].fillna("") != earlier[Objectives.unit].fillna("")) | (
        both[Objectives.comparator] != earlier[Objectives.comparator]
    )
    lowered = is_lowered(both[Objectives.comparator], both[Objectives.target], earlier[Objectives.target])
    for code, rows in ((Code.R612, both[~changed & lowered]), (Code.R613, both[changed])):
        for row in rows[["submission_id", Objectives.code, "before", "after"]].itertuples(index=False, name=None):
            submission_id, objective, words_before, words_after = row
            facts = {"objective": objective, "before": words_before, "after": words_after}
            yield submission_id, Finding(code, facts=facts)


def _earlier_objectives(versions: pd.DataFrame, objectives: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The objectives of the version before, beside the ``columns`` of the later one."""
    before = objectives[["submission_id", Objectives.code]].rename(columns={"submission_id": "before_id"})
    return versions[["submission_id", "before_id", *columns]].merge(before, on="before_id")


def _dropped(revised: pd.DataFrame, objectives: pd.DataFrame) -> Iterator[Standing]:
    before = _earlier_objectives(revised, objectives, [])
    for submission_id, code in _of_objective(_lacking(before, objectives, ["submission_id", Objectives.code])):
        yield submission_id, Finding(Code.R614, facts={"objective": code})


def _continuing(versions: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """Which codes of last year go on, or went on until the version before: that loss is told of it."""
    own = versions[["submission_id"]].assign(source=versions["submission_id"])
    before = versions[["submission_id"]].assign(source=versions["before_id"]).dropna()
    named = objectives[["submission_id", Objectives.continues]].rename(columns={"submission_id": "source"})
    kept = pd.concat([own, before]).merge(named, on="source")
    return kept.rename(columns={Objectives.continues: Objectives.code})


def _not_continued(
    continued: pd.DataFrame, continuing: pd.DataFrame, objectives: pd.DataFrame, ended: pd.DataFrame
) -> Iterator[Standing]:
    """Last year's objectives that no objective of this year continues, but for those that were ended by a document."""
    before = _earlier_objectives(continued, objectives, _OWNER)
    before = before.assign(year=years_of(shifted(before["period"], -1)))
    dropped = _lacking(before, continuing, ["submission_id", Objectives.code])
    dropped = _lacking(dropped, ended, ["division", "year", Objectives.code])
    for submission_id, code, year in dropped[["submission_id", Objectives.code, "year"]].itertuples(index=False):
        yield submission_id, Finding(Code.R614, facts={"objective": f"{code}/{year}"})


def _fallen(reports: pd.DataFrame, rows: Mapping[str, pd.DataFrame], plans: pd.DataFrame) -> Iterator[Standing]:
    """A cumulative number below what the six-month report of the same year said."""
    results = reports[["submission_id", *_OWNER]].merge(rows["results"], on="submission_id")
    kinds = kinds_of(results["period"])
    results = results.assign(year=years_of(results["period"]))
    thread = ["division", "year", Results.code]
    earlier = results.loc[kinds == PeriodKind.SIX_MONTHS, [*thread, Results.actual]]
    later = results[kinds == PeriodKind.WHOLE_YEAR].merge(earlier, on=thread, suffixes=("", "_before"))
    measures = plans.merge(
        rows["objectives"][["submission_id", Objectives.code, Objectives.measure]], on="submission_id"
    )
    later = later.merge(measures.drop(columns="submission_id"), on=[*_OWNER, Objectives.code])
    before = f"{Results.actual}_before"
    fallen = later[(later[Objectives.measure] == Measure.CUMULATIVE) & (later[Results.actual] < later[before])]
    for row in fallen[["submission_id", Results.code, before, Results.actual]].itertuples(index=False, name=None):
        submission_id, objective, *figures = row
        facts = dict(zip(("before", "after"), map(format_number, figures), strict=True), objective=objective)
        yield submission_id, Finding(Code.R615, facts=facts)
