"""The declaration of the system: what is in force, its four proofs, scope changes that wait (duties 1 to 4)."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from pipeline.consolidation.frames import Frames
from pipeline.consolidation.register_frames import CheckPeriods, Proofs, Timeline
from pipeline.consolidation.view import View, ranked
from pipeline.obligations import REGISTER, period_order
from pipeline.settings import Period
from pipeline.settings.tables import in_force as applicable
from pipeline.sheets.declaration import (
    CHECKS,
    DECLARATIONS,
    POSTINGS,
    SCOPE_CHANGES,
    Checks,
    Declarations,
    Postings,
    ScopeChanges,
)
from pipeline.vocabulary.choices import PostedBy
from pipeline.vocabulary.several import each_of


class Proof(StrEnum):
    """The four things that make a declaration good (QĐ 19/2014/QĐ-TTg, Điều 4 khoản 3)."""

    DECISION = "decision"
    NOTICE = "notice"
    POSTING = "posting"
    PORTAL = "portal"


PROVED_BY: Final = {
    Proof.DECISION: (Declarations.decision_on, Declarations.decision_no),
    Proof.NOTICE: (Declarations.notice_on, Declarations.notice_no),
    Proof.POSTING: (Declarations.posted_on, Declarations.posted_at),
    Proof.PORTAL: (Declarations.published_on, Declarations.published_url),
}
"""Each proof's fields of the register: its day and its reference."""
DATED: Final = (
    Declarations.internal_audit_on,
    Declarations.management_review_on,
    Declarations.effectiveness_confirmed_on,
    Declarations.decision_on,
    Declarations.notice_on,
    Declarations.posted_on,
    Declarations.published_on,
)
"""The dated steps of a declaration, in their natural order."""
_POSTED: Final = {PostedBy.NOTICE_BOARD: Proof.POSTING, PostedBy.PORTAL: Proof.PORTAL}
_PROOFS: Final = tuple(map(str, Proof))


class Watch(StrEnum):
    """Whether what is declared was checked in a period."""

    CHECKED = "checked"
    UNCHECKED = "unchecked"
    NOT_DUE = "not_due"


def register(view: View, table: str) -> pd.DataFrame:
    """The rows of a sheet of the register that counts."""
    rows = view.content.rows[table]
    return rows[rows["submission_id"].isin(view.ids_of(REGISTER))].reset_index(drop=True)


def declarations(view: View) -> pd.DataFrame:
    """The register's declarations, latest first (``register_frames.Declarations``)."""
    rows = register(view, DECLARATIONS)
    in_force = ~rows[Declarations.decision_no].isin(each_of(rows[Declarations.replaces]))
    applied = {each.designation for each in applicable(view.settings.standards, view.day)}
    former = {each.designation for each in view.settings.standards} - applied
    ordered = rows.assign(is_in_force=in_force, is_outdated=in_force & rows[Declarations.standard].isin(former))
    return ordered.sort_values(Declarations.decision_on, ascending=False, kind="stable").reset_index(drop=True)


def postings(view: View) -> pd.DataFrame:
    """The further places of posting, as the register lists them."""
    rows = register(view, POSTINGS)
    return rows.assign(is_done=rows[Postings.done_on].notna())


def proofs(declared: pd.DataFrame, further: pd.DataFrame, read_on: dt.date) -> pd.DataFrame:
    """The four proofs of each declaration in force, then its further places of posting.

    ``days``: until the proof or, while it is missing, ``read_on``, from the decision's day on.
    """
    in_force = declared[declared["is_in_force"]]
    origin = in_force[[Declarations.decision_no, "submission_id", "excel_row"]]
    of_each = [
        origin.assign(
            proof=str(proof),
            reference=in_force[reference],
            done_on=in_force[done_on],
            since=in_force[Declarations.decision_on],
            table=DECLARATIONS,
            at="",
        )
        for proof, (done_on, reference) in PROVED_BY.items()
    ]
    every = pd.concat([*of_each, _further_proofs(in_force, further)], ignore_index=True)
    every = every.assign(order=ranked(every["proof"], _PROOFS))
    every = every.sort_values([Declarations.decision_no, "order"], kind="stable").reset_index(drop=True)
    is_done = every[Proofs.done_on].notna()
    days = (every[Proofs.done_on].fillna(pd.Timestamp(read_on)) - every["since"]).dt.days
    every = every.assign(is_done=is_done, days=days.where(is_done, days.clip(lower=0)))
    return every[Proofs.columns()]


def _further_proofs(in_force: pd.DataFrame, further: pd.DataFrame) -> pd.DataFrame:
    """The further places of the declarations in force as proofs."""
    since = dict(zip(in_force[Declarations.decision_no], in_force[Declarations.decision_on], strict=True))
    own = further[further[Postings.of_decision].isin(in_force[Declarations.decision_no])]
    return pd.DataFrame(
        {
            Declarations.decision_no: own[Postings.of_decision],
            **{name: own[name] for name in ("submission_id", "excel_row")},
            "proof": own[Postings.posted_by].map({str(by): str(proof) for by, proof in _POSTED.items()}),
            "reference": own[Postings.place],
            Proofs.done_on: own[Postings.done_on],
            "since": own[Postings.of_decision].map(since).astype("datetime64[us]"),
            "table": pd.Series(POSTINGS, index=own.index, dtype="str"),
            "at": own[Postings.place],
        }
    )


def checks(view: View) -> pd.DataFrame:
    """The checks that the register lists, the latest first."""
    rows = register(view, CHECKS)
    return rows.sort_values(Checks.checked_on, ascending=False, kind="stable").reset_index(drop=True)


def check_periods(checked: pd.DataFrame, view: View) -> pd.DataFrame:
    """The periods of the year up to this one that have a BM-04 to submit: whether anything was checked in each."""
    own = view.duties[(view.duties["form"] == REGISTER) & (period_order(view.duties["period"]) <= view.order)]
    due = {Period.parse(period): day.date() for period, day in zip(own["period"], own["due_on"], strict=True)}
    return CheckPeriods.of(
        _watched(period, day, checked[Checks.checked_on], view)
        for period, day in sorted(due.items())
        if period.year == view.period.year
    )


def _watched(period: Period, due_on: dt.date, days: pd.Series, view: View) -> tuple[str, str, int, pd.Timestamp]:
    first, last = map(pd.Timestamp, period.half)
    within = days[days.between(first, last)]
    missing = Watch.UNCHECKED if view.today >= due_on else Watch.NOT_DUE
    return str(period), str(Watch.CHECKED if len(within) else missing), len(within), within.max()


def scope_changes(view: View) -> pd.DataFrame:
    """``changes_by`` the day on which the workbook is read."""
    return changes_by(register(view, SCOPE_CHANGES), view.read_on)


def changes_by(rows: pd.DataFrame, read_on: dt.date) -> pd.DataFrame:
    """The changes of scope, those not yet re-declared first, with the ``days`` from then to ``read_on``; else 0.

    One that takes effect only after ``read_on`` has waited no day.
    """
    effective_on, waiting = rows[ScopeChanges.effective_on], rows[ScopeChanges.declared_in].isna()
    since = (pd.Timestamp(read_on) - effective_on).dt.days.clip(lower=0).where(waiting, 0)
    changes = rows.assign(is_declared=~waiting, days=since.astype("int64"))
    by = ["is_declared", ScopeChanges.effective_on]
    return changes.sort_values(by, ascending=[True, False], kind="stable").reset_index(drop=True)


def timeline(
    declared: pd.DataFrame, further: pd.DataFrame, checked: pd.DataFrame, changes: pd.DataFrame
) -> pd.DataFrame:
    """Everything dated in the register in the order of time."""
    steps = [_step(declared, step, Declarations.decision_no, DECLARATIONS) for step in DATED]
    steps.append(_step(further, Postings.done_on, Postings.of_decision, POSTINGS))
    steps.append(_step(checked, Checks.checked_on, Checks.check_result, CHECKS))
    steps.append(_step(changes, ScopeChanges.effective_on, ScopeChanges.legal_basis, SCOPE_CHANGES))
    every = pd.concat(steps, ignore_index=True)
    every = every[every["on"].notna()].astype(
        {name: Timeline.dtypes[name] for name in ("on", "step", "reference", "table")}
    )
    order = ranked(every["step"], (*DATED, Postings.done_on, Checks.checked_on, ScopeChanges.effective_on))
    return (
        every.assign(order=order).sort_values(["on", "order"], kind="stable").reset_index(drop=True)[Timeline.columns()]
    )


def _step(rows: pd.DataFrame, step: str, reference: str, table: str) -> pd.DataFrame:
    origin = rows[["submission_id", "excel_row"]]
    return origin.assign(on=rows[step], step=step, reference=rows[reference], table=table)


def outdated_standards(frames: Frames) -> list[str]:
    """The standards of the declarations in force that are applied no more."""
    declared = frames.declarations
    return list(declared.loc[declared["is_outdated"], Declarations.standard].drop_duplicates())


def unchecked_halves(frames: Frames) -> list[str]:
    """The halves of the year in which nothing was checked though their BM-04 is due, in words."""
    periods = frames.check_periods
    unchecked = periods.loc[periods["watch"] == Watch.UNCHECKED, "period"]
    return [Period.parse(period).half_in_words for period in unchecked]


def is_valid(frames: Frames) -> bool:
    """Whether nothing is left to do: one declaration in force by a standard that is applied, proved; all is declared.

    A period of the year that was not checked is left to do, too.
    """
    is_single = int(frames.declarations["is_in_force"].sum()) == 1
    is_done = bool(np.all(frames.proofs["is_done"]) and np.all(frames.scope_changes["is_declared"]))
    return is_single and is_done and not [*outdated_standards(frames), *unchecked_halves(frames)]


def of_register(view: View) -> Mapping[str, pd.DataFrame]:
    """The frames of the register, by their names among a workbook's frames."""
    declared, further, checked = declarations(view), postings(view), checks(view)
    changes = scope_changes(view)
    return {
        "declarations": declared,
        "proofs": proofs(declared, further, view.read_on),
        "postings": further,
        "checks": checked,
        "check_periods": check_periods(checked, view),
        "scope_changes": changes,
        "timeline": timeline(declared, further, checked, changes),
    }
