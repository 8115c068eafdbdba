"""Sections: who knows the quality policy, and whether the declaration of the system is good (duties 1 to 5)."""

from collections.abc import Iterator

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.coverage import COUNTED, Knowledge
from pipeline.letters.covering.model import Section
from pipeline.letters.covering.phrases import counted, listed, lower_first, percent
from pipeline.letters.words import day_words
from pipeline.vietnamese import format_number
from pipeline.wording import say


def policy(committee: Committee) -> Section:
    """How many of those on the list understood the policy, and where the others are."""
    return Section(say("report.section.policy"), (" ".join(_policy(committee)),))


def _policy(committee: Committee) -> Iterator[str]:
    figures, people = committee.figures, committee.people
    if not figures["people"]:
        yield say("report.policy.none")
        return
    told = {name: format_number(figures[name]) for name in ("understood", "people")}
    yield say("report.policy.counts", **told, share=percent(figures["coverage_share"]))
    unaware = [str(state) for state in COUNTED if state is not Knowledge.UNDERSTOOD]
    left = people[people["knowledge"].isin(unaware)]["division"].value_counts(sort=False)
    if len(left):
        names = {division.code: division.name for division in committee.settings.divisions}
        each = [
            say("report.policy.one", division=names.get(str(code), str(code)), count=counted(count))
            for code, count in left.items()
        ]
        yield say("report.policy.left", which=listed(each))
    later = int((people["knowledge"] == Knowledge.JOINED_LATER).sum())
    if later:
        yield say("report.policy.later", count=counted(later))


def declaration(committee: Committee) -> Section:
    """The decision in force, the proofs that are missing, the changes of scope that wait."""
    return Section(say("report.section.declaration"), (" ".join(_declaration(committee)),))


def _declaration(committee: Committee) -> Iterator[str]:
    declared, proofs, changes = (committee.declarations, committee.proofs, committee.scope_changes)
    if declared.empty:
        yield say("report.declaration.none")
    in_force = declared[declared["is_in_force"]]
    if len(in_force):
        yield say("report.declaration.in_force", decisions=listed(_decisions(in_force)))
    missing, waiting = proofs[~proofs["is_done"]], changes[~changes["is_declared"]]
    if len(proofs) and missing.empty:
        yield say("report.declaration.good_proofs")
    if len(declared) and waiting.empty:
        yield say("report.declaration.good_changes")
    if len(missing):
        yield say("report.declaration.proofs", which=listed(_proofs(missing)))
    if len(waiting):
        yield say("report.declaration.changes", which=listed(_changes(waiting)))


def _decisions(in_force: pd.DataFrame) -> list[str]:
    told = in_force[["decision_no", "decision_on"]].itertuples(index=False, name=None)
    return [say("report.declaration.one", number=number, day=_day(day)) for number, day in told]


def _proofs(missing: pd.DataFrame) -> list[str]:
    told = missing[["proof", "days"]].itertuples(index=False, name=None)
    names = {proof: lower_first(say(f"report.proof.{proof}")) for proof in missing["proof"].unique()}
    return [say("report.declaration.one_proof", proof=names[proof], days=counted(days)) for proof, days in told]


def _changes(waiting: pd.DataFrame) -> list[str]:
    told = waiting[["scope_change", "effective_on", "days"]].itertuples(index=False, name=None)
    return [
        say("report.declaration.one_change", kind=lower_first(str(kind)), day=_day(day), days=counted(days))
        for kind, day, days in told
    ]


def _day(day: object) -> str:
    return "" if pd.isna(day) else day_words(pd.Timestamp(day).date())  # type: ignore[call-overload,arg-type]
