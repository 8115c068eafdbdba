"""The sources of a day, read from the ledger and from what the run published."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.changes import Since
from pipeline.consolidation.still_due import (
    outstanding_forms,
    periods_to_check,
    policies_to_tell,
    reports_to_take_over,
    successions_to_decide,
)
from pipeline.consolidation.to_do import DaySources, failed_checks
from pipeline.editions.edition import Edition, edition_of
from pipeline.editions.frames import edition_frames, read_receipt_lines
from pipeline.judging.reading import megabytes
from pipeline.ledger import Ledger, Waiting
from pipeline.ledger.contents import read_findings
from pipeline.night.answers import due_answers, oversize_answers
from pipeline.night.frame import Run
from pipeline.night.plain_day import has_typed_time, outage_words, suspect_clocks
from pipeline.obligations import duties, handed_over, obligation_states, register_in_force, unsettled
from pipeline.sheets.declaration import CHECKS, Checks
from pipeline.wording import say

_FAILED = "doi_chieu_khong_dat"
"""Where the outbox's memory keeps how many checks fail in each period's workbook."""


def sources_of(run: Run, siblings: Mapping[str, str]) -> DaySources:
    """What the run's day is made from. Frames that the run published from are not made a second time."""
    day, ledger = run.as_of.date(), run.ledger
    lines, notes = read_receipt_lines(run.snapshot, run.settings)
    judged = lines[lines["judged_as_of"].dt.date == day]
    editions, states = _editions(run), _states(run)
    of_the_day = [edition for edition in editions if _speaks_of_the_day(edition, run)]
    news, outstanding = _news(of_the_day, run), outstanding_forms(states)
    begun = [str(edition.period) for edition in editions]
    return DaySources(
        day=day,
        lines=lines,
        notes=notes,
        findings={int(number): read_findings(ledger, int(number)) for number in judged["submission_id"]},
        answers={
            due.one.submission_id: [f"outbox/{place}" for place in due.places]
            for due in due_answers(ledger, run.settings)
        },
        waiting={path: str(Waiting.of(reason)) for path, reason in ledger.waiting().items()},
        oversize=_oversize(run),
        not_judged=tuple((one.path, one.folder) for one in ledger.pending()),
        by_stamp=tuple(_decided_by_stamp(judged, ledger)),
        siblings=siblings,
        outages=[outage_words(outage) for outage in run.outages],
        faults=[dataclasses.asdict(fault) for fault in ledger.open_faults()],
        decisions=tuple(_decisions(ledger, _page_before(run))),
        failed_checks={str(one.period): _failed(one, news.get(str(one.period)), run) for one in of_the_day},
        outstanding={period: outstanding[period] for period in begun if period in outstanding},
        policies=tuple(policies_to_tell(run.settings, states, day)),
        **_left_by_the_closed(run, states),
        unchecked=tuple(periods_to_check(states, _checked_on(run), run.settings, day)),
        moves={period: _of_the_day(committee.changes) for period, committee in news.items()},
        suspect_clocks=suspect_clocks(ledger),
        has_typed_time=has_typed_time(run),
    )


def _oversize(run: Run) -> dict[str, Mapping[str, str]]:
    """What is kept of each file that is too large, in words, and where its sender is answered."""
    answers: dict[str, Mapping[str, str]] = {}
    for path, kept, relative in oversize_answers(run.ledger.waiting(), run.settings):
        before = f"{answers[path]['answers']}, " if path in answers else ""
        answers[path] = {
            "size": megabytes(kept.size),
            "stamp": f"{kept.stamp:%H:%M %d/%m/%Y}",
            "start": kept.start,
            "answers": f"{before}`outbox/{relative}`",
        }
    return answers


def _editions(run: Run) -> list[Edition]:
    """The edition of each period that has a workbook, in the order of the periods."""
    every = (edition_of(period, run.ledger, run.settings, run.scan) for period in run.settings.periods)
    return [edition for edition in every if edition is not None]


def _news(editions: Iterable[Edition], run: Run) -> dict[str, Committee]:
    """The frames of the workbooks that are news of the day: one that stood before it has moved in nothing."""
    page_before = _page_before(run)
    return {str(edition.period): _frames(edition, run) for edition in editions if edition.as_of > page_before}


def _frames(edition: Edition, run: Run) -> Committee:
    return run.committees.get(edition.period) or edition_frames(edition, run.snapshot)


def _of_the_day(changes: pd.DataFrame) -> pd.DataFrame:
    """What a workbook says has moved since the page before: it covers the whole day, however many runs that had."""
    return changes[changes["since"] == Since.RUN].reset_index(drop=True)


def _failed(edition: Edition, committee: Committee | None, run: Run) -> int:
    """How many checks fail in the workbook; kept in the outbox's memory as long as the workbook stands."""
    name = f"{_FAILED}/{edition.period}"
    kept = run.outbox.noted(name, edition.made_from)
    if kept is not None:
        return int(kept)
    failed = failed_checks(committee or _frames(edition, run))
    run.outbox.note(name, str(failed), edition.made_from)
    return failed


def _speaks_of_the_day(edition: Edition, run: Run) -> bool:
    """A closed year's workbook says nothing new, unless something came for that year this day."""
    return edition.period.year == run.as_of.year or edition.as_of.date() == run.as_of.date()


def _states(run: Run) -> pd.DataFrame:
    """Every obligation with what has become of it by the run's day."""
    submissions, decisions = run.snapshot.received()
    return obligation_states(duties(run.settings), submissions, decisions, run.as_of.date())


def _left_by_the_closed(run: Run, states: pd.DataFrame) -> dict[str, tuple[Mapping[str, str], ...]]:
    """Who has to report on what closed divisions left, and what the directory does not say of it."""
    settings, day = run.settings, run.as_of.date()
    submissions, _ = run.snapshot.received()
    open_questions = successions_to_decide(unsettled(settings, submissions), settings, day)
    handed = handed_over(settings, submissions, run.snapshot.rows_of("objectives"))
    return {
        "taken_over": tuple(reports_to_take_over(handed, states, settings, day)),
        "successions": tuple(open_questions),
    }


def _checked_on(run: Run) -> pd.Series:
    """The days of the checks that the register in force lists."""
    submissions, _ = run.snapshot.received()
    rows = run.snapshot.rows_of(CHECKS)
    return rows.loc[rows["submission_id"].isin([register_in_force(submissions)]), Checks.checked_on]


def _page_before(run: Run) -> dt.datetime:
    """Up to when the last page of an earlier day reaches: the last look of that day.

    What the secretary recorded after it, on a day without a run, belongs on this page.
    """
    midnight = dt.datetime.combine(run.as_of.date(), dt.time())
    before = run.ledger.scan_at(midnight - dt.timedelta(microseconds=1))
    return before.as_of if before else dt.datetime.min


_DECISION = (
    "decision_id", "kind", "form", "division", "period", "until", "reason", "document", "document_on", "revokes",
    "wrong_from", "wrong_until",
)  # fmt: skip


def _decisions(ledger: Ledger, after: dt.datetime) -> Iterator[dict[str, str]]:
    """What the secretary recorded since the page before, revocations too, as texts."""
    query = f"SELECT {', '.join(_DECISION)} FROM decision WHERE as_of > ? ORDER BY decision_id"  # noqa: S608 - names of ours
    for row in ledger.connection.execute(query, (after.isoformat(),)).fetchall():
        yield {name: "" if value is None else str(value) for name, value in zip(_DECISION, row, strict=True)}


def _decided_by_stamp(judged: pd.DataFrame, ledger: Ledger) -> Iterator[Mapping[str, str]]:
    """The facts of each form whose due date lies inside the interval of its arrival, in words.

    It was in time or late by its own stamps alone, and a stamp may lie: a copy keeps an old time of writing, a changed
    right makes a new time of change (design 5). So the secretary sees both.
    """
    inside = (judged["not_after"] >= judged["due_on"]) & ~(judged["not_before"] >= judged["due_on"])
    query = "SELECT s.submission_id, a.written_at, a.changed_at FROM submission s JOIN arrival a USING (arrival_id)"
    stamps = {number: texts for number, *texts in ledger.connection.execute(query)}
    for line in judged[inside].to_dict("records"):
        written_at, changed_at = stamps[int(line["submission_id"])]
        outcome = "in_time" if line["arrived_at"] < line["due_on"] else "late"
        yield {
            "path": line["path"],
            "sender": line["division"],
            "form": f"{line['form']} {line['period']}",
            "outcome": say(f"run_report.stamp.{outcome}"),
            "due_on": f"{line['due_on']:%d/%m/%Y}",
            "since": say("run_report.stamp.first") if pd.isna(line["not_before"]) else _second(line["not_before"]),
            "until": _second(line["not_after"]),
            "written_at": _stamp(written_at),
            "changed_at": _stamp(changed_at),
            "options": f"--form {line['form']} --division {line['division']} --period {line['period']}",
        }


def _stamp(text: str | None) -> str:
    """A file's own stamp; an older program kept none."""
    return say("run_report.stamp.unknown") if text is None else _second(dt.datetime.fromisoformat(text))


def _second(moment: dt.datetime) -> str:
    return f"{moment:%H:%M:%S %d/%m/%Y}"
