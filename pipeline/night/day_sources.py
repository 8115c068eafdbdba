"""The sources of a day, read from the ledger and from what the run published."""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.consolidation import Committee
from pipeline.consolidation.changes import Since
from pipeline.consolidation.to_do import DaySources, Needs, needs_of
from pipeline.editions.edition import Edition, edition_of
from pipeline.editions.frames import edition_frames, read_receipt_lines
from pipeline.judging.reading import megabytes
from pipeline.ledger import Ledger, Waiting
from pipeline.ledger.contents import read_findings
from pipeline.night.answers import due_answers, oversize_answers
from pipeline.night.frame import Run
from pipeline.night.plain_day import has_typed_time, outage_words, suspect_clocks
from pipeline.wording import say

_NEEDS = "viec_theo_bang"
"""Where the outbox's memory keeps what each period's workbook asks for."""


def sources_of(run: Run, siblings: Mapping[str, str]) -> DaySources:
    """What the run's day is made from. Frames that the run published from are not made a second time."""
    day, ledger = run.as_of.date(), run.ledger
    lines, notes = read_receipt_lines(run.snapshot, run.settings)
    judged = lines[lines["judged_as_of"].dt.date == day]
    needs, committees = _workbooks(run)
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
        workbooks=needs,
        moves={period: _of_the_day(committee.changes) for period, committee in committees.items()},
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


def _workbooks(run: Run) -> tuple[dict[str, Needs], dict[str, Committee]]:
    """What the workbooks that speak of the run's day ask for, and the frames of those that are news of it.

    Those of closed years say nothing new, and one that stood before the day has moved in nothing.
    """
    needs: dict[str, Needs] = {}
    news: dict[str, Committee] = {}
    page_before = _page_before(run)
    for period in run.settings.periods:
        edition = edition_of(period, run.ledger, run.settings, run.scan)
        if edition is None or (period.year != run.as_of.year and edition.as_of.date() != run.as_of.date()):
            continue
        if edition.as_of > page_before:
            news[str(period)] = run.committees.get(period) or edition_frames(edition, run.snapshot)
        needs[str(period)] = _needs(edition, news.get(str(period)), run)
    return needs, news


def _of_the_day(changes: pd.DataFrame) -> pd.DataFrame:
    """What a workbook says has moved since the page before: it covers the whole day, however many runs that had."""
    return changes[changes["since"] == Since.RUN].reset_index(drop=True)


def _needs(edition: Edition, committee: Committee | None, run: Run) -> Needs:
    """What the workbook asks for; kept in the outbox's memory as long as the workbook stands."""
    name = f"{_NEEDS}/{edition.period}"
    kept = run.outbox.noted(name, edition.made_from)
    if kept is not None:
        failed_checks, outstanding = json.loads(kept)
        return Needs(failed_checks, tuple((form, division) for form, division in outstanding))
    needs = needs_of(committee or run.committees.get(edition.period) or edition_frames(edition, run.snapshot))
    run.outbox.note(name, json.dumps(dataclasses.astuple(needs)), edition.made_from)
    return needs


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
