"""DECIDE and REMEMBER: what is in custody is judged in the order of the forms and written into the ledger.

A run with nothing to judge imports neither pandas nor the forms.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.findings import Verdict
from pipeline.intake.custody import UnreadableError, hash_of, is_whole, name_by_kind, original
from pipeline.intake.workers import start_early
from pipeline.ledger import Arrival, Judgement
from pipeline.night.frame import Run

if TYPE_CHECKING:
    from pipeline.judging import Submission

log = logging.getLogger(__name__)


def judge_pending(run: Run) -> Counter[str]:
    """Judge what is in custody and not judged yet, and record it: all of it or, after a crash, none of it.

    Gives how many files got which verdict.
    """
    verdicts: Counter[str] = Counter()
    pending = run.ledger.pending()
    if not pending:
        return verdicts
    if run.workers.start is None:
        start_early()
    from pipeline.judging import ground_of, judged_in_order, read_submissions
    from pipeline.ledger.tables import row_tables

    unread = list(_unread(run, pending))
    submissions: list[Submission] = []
    with run.timed("read"):
        for one in read_submissions(unread, run.settings, run.workers):
            submissions.append(one)
            run.progress("read", len(submissions), len(unread))
        for one in submissions:  # before the verdicts are recorded: what is judged bears its lasting name
            name_by_kind(one.path, one.kind)
    with run.timed("judge"), run.ledger.writing():
        run.ledger.add_row_tables(row_tables())
        for lot in judged_in_order(submissions, run.settings, lambda: ground_of(run.ledger, run.settings)):
            for one in lot:
                run.ledger.record_judgement(_judgement(one, pending[one.key]), run.scan)
                verdicts[str(one.verdict)] += 1
    return verdicts


def judgeable_now(run: Run) -> tuple[Arrival, ...]:
    """What a fault of ours kept from being judged and would not any more: to be judged anew, in the order of the night.

    Tried once a day and program version; a trial that fails again leaves no trace in the ledger.

    Raises:
        OperatorError: E805, the memory of what was tried cannot be written.
    """
    value = f"{run.scan.program} {run.as_of:%Y-%m-%d}"
    due = [
        one
        for one in run.ledger.faulty()
        if not run.outbox.is_marked(_memory(one), value) and is_whole(run.workspace.archive, one.sha256)
    ]
    if not due:
        return ()
    with run.timed("retry"):
        verdicts = _tried(run, due)
        for one in due:
            run.outbox.mark(_memory(one), value)
    return tuple(one for one, verdict in zip(due, verdicts, strict=True) if verdict is not Verdict.INTERNAL_FAULT)


def _memory(arrival: Arrival) -> str:
    return f"xet_lai/{arrival.sha256}"


def _tried(run: Run, due: Sequence[Arrival]) -> list[Verdict]:
    """The verdict that each would get now; what cannot be read any more would still meet a fault."""
    from pipeline.judging import ground_of, judged_alone

    unread = list(_unread(run, due))
    judged = judged_alone(unread, run.settings, ground_of(run.ledger, run.settings), run.workers)
    verdicts = {one.key: one.verdict for one in judged}
    return [verdicts.get(key, Verdict.INTERNAL_FAULT) for key in range(len(due))]


def _unread(run: Run, arrivals: Sequence[Arrival]) -> "Iterator[Submission]":
    """What can be read from the archive, as it was taken. What cannot is loud in the log and waits for another run.

    A verdict stands once it is given, so it must never speak of our own disk, or of what a virus scanner holds or took.
    """
    from pipeline.judging import Submission

    for key, arrival in enumerate(arrivals):
        try:
            path = original(run.workspace.archive, arrival.sha256)
            sha256 = hash_of(path)
        except (FileNotFoundError, UnreadableError):
            log.exception("not judged, the original cannot be read: %s", arrival.path)
            continue
        if sha256 == arrival.sha256:
            yield Submission(key, path, arrival.arrived_at, run.ledger.folders_of(sha256))
        else:
            log.error("not judged, the original has changed: %s: %s", arrival.path, path.name)


def _judgement(one: "Submission", arrival: Arrival) -> Judgement:
    """A verdict as the ledger keeps it, with the rows that count from now on."""
    from pipeline.ledger.tables import storable_rows, table_name

    rows = {}
    if one.verdict.is_accepted and one.form and one.parsed:
        parsed = one.parsed.rows
        sheets = one.form.all_sheets
        rows = {table_name(one.form, sheet): storable_rows(sheet, parsed[sheet.name]) for sheet in sheets}
    return Judgement(
        arrival,
        one.verdict,
        one.findings,
        form=one.form.number if one.form else None,
        division=one.division,
        period=str(one.period) if one.period else None,
        based_on=one.identity.based_on,
        is_empty=one.is_empty,
        rows=rows,
    )
