"""Section: who submitted in time, who late, who not at all."""

from collections.abc import Iterator

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.headline import Figures
from pipeline.consolidation.states import OPEN_STATES, of_period
from pipeline.letters.covering.model import Section
from pipeline.letters.covering.phrases import counted, listed, lower_first
from pipeline.obligations import State
from pipeline.wording import say


def submissions(committee: Committee) -> Section:
    """How many forms of the period came when, which ones are late or lacking, and what the year still owes."""
    return Section(say("report.section.submissions"), tuple(_sentences(committee)))


def _sentences(committee: Committee) -> Iterator[str]:
    figures, every = committee.figures, committee.obligations
    owed = of_period(every, committee.period)
    if owed.empty:
        yield say("report.submissions.none")
        return
    yield _counts(figures)
    late, lacking = owed[owed["state"] == State.LATE], owed[owed["state"].isin(OPEN_STATES)]
    exempt = owed[owed["state"] == State.EXEMPT]
    if len(late):
        yield say("report.submissions.late", which=listed(_each(late)))
    if len(lacking):
        yield say("report.submissions.outstanding", which=listed(_each(lacking)))
    if len(exempt):
        yield say("report.submissions.exempt", which=listed(_each(exempt)))
    earlier = every[(every["period"] != str(committee.period)) & every["state"].isin(OPEN_STATES)]
    if len(earlier):
        yield say("report.submissions.earlier", count=counted(len(earlier)), which=listed(_each(earlier)))


def _counts(figures: Figures) -> str:
    """How many came when; what did not occur is not told."""
    if not figures["owed"]:
        return say("report.submissions.nothing_owed")
    if figures["in_time"] == figures["owed"]:
        return say("report.submissions.all_in_time", owed=counted(figures["owed"]))
    told = [name for name in ("in_time", "late", "outstanding", "not_due") if figures[name]]
    parts = [say(f"report.submissions.{name}_part", count=counted(figures[name])) for name in told]
    return say("report.submissions.counts", owed=counted(figures["owed"]), parts=", ".join(parts))


def _each(owed: pd.DataFrame) -> list[str]:
    told = owed[["division_name", "form", "state", "days_late"]].itertuples(index=False, name=None)
    return [_one(name, form, state, int(days)) for name, form, state, days in told]


def _one(name: str, form: str, state: str, days: int) -> str:
    facts = {"division": name, "form": form, "days": counted(days), "state": lower_first(say(f"run.state.{state}"))}
    if state == State.LATE:
        return say("report.submissions.one_late", **facts)
    return say(f"report.submissions.{'one_overdue' if days and state in OPEN_STATES else 'one_open'}", **facts)
