"""Files of a day that were in time or late by their own stamps alone: the secretary is told of each, with both times.

A stamp may lie: a copy keeps an old time of writing, a changed right makes a new time of change (design 5).
"""

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.ledger import Ledger
from pipeline.wording import say


def decided_by_stamp(judged: pd.DataFrame, ledger: Ledger) -> Iterator[Mapping[str, str]]:
    """The facts of each form whose due date lies inside the interval of its arrival, in words.

    ``judged``: lines as ``receipts.receipt_lines`` gives them.
    """
    inside = (judged["not_after"] >= judged["due_on"]) & ~(judged["not_before"] >= judged["due_on"])
    stamps = _stamps(ledger)
    for line in judged[inside].to_dict("records"):
        written_at, changed_at = stamps[int(line["submission_id"])]
        outcome = "in_time" if line["arrived_at"] < line["due_on"] else "late"
        yield {
            "path": line["path"],
            "sender": line["division"],
            "form": f"{line['form']} {line['period']}",
            "outcome": say(f"run_report.stamp.{outcome}"),
            "due_on": f"{line['due_on']:%d/%m/%Y}",
            "since": say("run_report.stamp.first") if pd.isna(line["not_before"]) else _moment(line["not_before"]),
            "until": _moment(line["not_after"]),
            "written_at": _moment(written_at),
            "changed_at": _moment(changed_at),
            "options": f"--form {line['form']} --division {line['division']} --period {line['period']}",
        }


def _stamps(ledger: Ledger) -> dict[int, tuple[dt.datetime | None, ...]]:
    """Submission to the times of writing and of change that its file bore; None where an older program kept none."""
    query = "SELECT s.submission_id, a.written_at, a.changed_at FROM submission s JOIN arrival a USING (arrival_id)"
    return {
        number: tuple(None if text is None else dt.datetime.fromisoformat(text) for text in texts)
        for number, *texts in ledger.connection.execute(query)
    }


def _moment(at: dt.datetime | None) -> str:
    return say("run_report.stamp.unknown") if at is None else f"{at:%H:%M:%S %d/%m/%Y}"
