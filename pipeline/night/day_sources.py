"""The sources of a day, read from the ledger and from what the run published."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.consolidating import read_content, read_receipt_lines
from pipeline.consolidation import Committee, changes_since
from pipeline.consolidation.day import DaySources
from pipeline.findings import Verdict
from pipeline.ledger import Ledger
from pipeline.ledger.tables import read_findings
from pipeline.night.answering import answer_paths
from pipeline.night.clocks import has_typed_time, suspect_clocks
from pipeline.night.editions import edition_frames, edition_of
from pipeline.night.frame import Run


def sources_of(run: Run, siblings: Mapping[str, str]) -> DaySources:
    """What the run's day is made from. Frames that the run published from are not made a second time."""
    day = run.as_of.date()
    lines, notes = read_receipt_lines(run.ledger, run.loaded.settings)
    judged = _with_times(lines)[lines["judged_as_of"].dt.date == day]
    committees = dict(_committees(run))
    return DaySources(
        day=day,
        lines=lines,
        notes=notes,
        findings={int(number): read_findings(run.ledger, int(number)) for number in judged["submission_id"]},
        answers=dict(_answers(judged, run)),
        waiting=run.ledger.waiting(),
        siblings=siblings,
        faults=[dataclasses.asdict(fault) for fault in run.ledger.open_faults()],
        decisions=tuple(_decisions(run.ledger, _told_before(run))),
        committees=committees,
        moves=_moves(committees, run),
        suspect_clocks=suspect_clocks(run.ledger),
        has_typed_time=has_typed_time(run),
    )


def _with_times(lines: pd.DataFrame) -> pd.DataFrame:
    """Which arrival of its bytes each submission is, from 1, as ``time``; a name that was only recognised is none."""
    submitted = lines[lines["judged_as_of"].notna()].sort_values("submission_id")
    return lines.assign(time=submitted.groupby("sha256").cumcount() + 1)


def _answers(judged: pd.DataFrame, run: Run) -> Iterator[tuple[int, list[str]]]:
    """Where the answers lie; what was accepted without a word has none."""
    answered = judged[judged["verdict"] != Verdict.ACCEPTED]
    asked = answered[["submission_id", "path", "sha256", "division", "time"]]
    for number, path, sha256, division, time in asked.itertuples(index=False):
        named = None if pd.isna(division) else division
        paths = answer_paths((path, sha256, int(time)), named, run.loaded.settings)
        yield int(number), [f"outbox/{answer}" for answer in paths]


def _committees(run: Run) -> Iterator[tuple[str, Committee]]:
    """The frames of the workbooks that speak of the run's day; those of closed years say nothing new."""
    for period in run.loaded.settings.periods:
        edition = edition_of(period, run.ledger, run.loaded.settings, run.scan)
        if edition is not None and edition.as_of.date() == run.as_of.date():
            yield str(period), run.committees.get(period) or edition_frames(edition, run.ledger)


def _told_before(run: Run) -> dt.datetime:
    """Up to when the page before this one told: the last look of an earlier day.

    What the secretary recorded after it, on a day without a run, is told on this page.
    """
    midnight = dt.datetime.combine(run.as_of.date(), dt.time())
    before = run.ledger.scan_at(midnight - dt.timedelta(microseconds=1))
    return before.as_of if before else dt.datetime.min


def _moves(committees: Mapping[str, Committee], run: Run) -> dict[str, pd.DataFrame]:
    """Against the page before: this one covers the whole day, however many runs it had."""
    if not committees:
        return {}
    told_at = _told_before(run)
    then, then_on = read_content(run.ledger, told_at), told_at.date() if told_at > dt.datetime.min else run.as_of.date()
    return {period: changes_since(committee, then, then_on) for period, committee in committees.items()}


_DECISION = (
    "decision_id",
    "kind",
    "form",
    "division",
    "period",
    "until",
    "reason",
    "document",
    "document_on",
    "revokes",
    "wrong_from",
    "wrong_until",
)


def _decisions(ledger: Ledger, told_before: dt.datetime) -> Iterator[dict[str, str]]:
    """What the secretary recorded since the page before, revocations too, as texts."""
    query = f"SELECT {', '.join(_DECISION)} FROM decision WHERE as_of > ? ORDER BY decision_id"  # noqa: S608 - names of ours
    for row in ledger.connection.execute(query, (told_before.isoformat(),)).fetchall():
        yield {name: "" if value is None else str(value) for name, value in zip(_DECISION, row, strict=True)}
