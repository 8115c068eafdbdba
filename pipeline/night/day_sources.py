"""The sources of a day, read from the ledger and from what the run published."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.consolidating import read_content, read_receipt_lines
from pipeline.consolidation import Committee, changes_since
from pipeline.consolidation.to_do import DaySources
from pipeline.intake.file_kinds import MEBIBYTE
from pipeline.ledger import Ledger, Oversize, Waiting
from pipeline.ledger.tables import read_findings
from pipeline.night.clocks import has_typed_time, suspect_clocks
from pipeline.night.editions import edition_frames, edition_of
from pipeline.night.frame import Run
from pipeline.night.oversize import oversize_answers
from pipeline.night.owed_answers import owed_answers
from pipeline.night.plain_page import outage_words
from pipeline.night.stamps import decided_by_stamp
from pipeline.wording import say


def sources_of(run: Run, siblings: Mapping[str, str]) -> DaySources:
    """What the run's day is made from. Frames that the run published from are not made a second time."""
    day = run.as_of.date()
    lines, notes = read_receipt_lines(run.ledger, run.loaded.settings)
    judged = lines[lines["judged_as_of"].dt.date == day]
    committees = dict(_committees(run))
    return DaySources(
        day=day,
        lines=lines,
        notes=notes,
        findings={int(number): read_findings(run.ledger, int(number)) for number in judged["submission_id"]},
        answers=dict(_answers(run)),
        waiting={path: str(Waiting.of(reason)) for path, reason in run.ledger.waiting().items()},
        oversize=dict(_oversize(run)),
        not_judged=tuple((one.path, one.folder) for one in run.ledger.pending()),
        by_stamp=tuple(decided_by_stamp(judged, run.ledger)),
        siblings=siblings,
        outages=[outage_words(outage) for outage in run.outages],
        faults=[dataclasses.asdict(fault) for fault in run.ledger.open_faults()],
        decisions=tuple(_decisions(run.ledger, _told_before(run))),
        committees=committees,
        moves=_moves(committees, run),
        suspect_clocks=suspect_clocks(run.ledger),
        has_typed_time=has_typed_time(run),
    )


def _answers(run: Run) -> Iterator[tuple[int, list[str]]]:
    """Where the answers lie; what was accepted without a word has none."""
    for number, places in owed_answers(run.ledger, run.loaded.settings).places.items():
        yield number, [f"outbox/{answer}" for answer in places]


def _oversize(run: Run) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What is kept of each file that is too large, in words, and where its sender is answered."""
    waiting = run.ledger.waiting()
    answers: dict[str, list[str]] = {}
    for path, answer in oversize_answers(run, waiting):
        answers.setdefault(path, []).append(f"`outbox/{answer.relative}`")
    for path, of_path in answers.items():
        oversize = Oversize.of(waiting[path])
        yield (
            path,
            {
                "size": say("files.size.megabytes", size=-(-oversize.size // MEBIBYTE)),
                "stamp": f"{oversize.stamp:%H:%M %d/%m/%Y}",
                "start": oversize.start,
                "answers": ", ".join(of_path),
            },
        )


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
