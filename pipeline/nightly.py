"""The run: the whole road of every file, one step a stage. The only place where the edges meet the core."""

import datetime as dt
import sqlite3
import uuid
from collections import Counter
from dataclasses import dataclass, field

from pipeline.alone import alone
from pipeline.faults import OperatorError
from pipeline.findings import Verdict
from pipeline.ledger import Ledger, Scan
from pipeline.night.arriving import arrive
from pipeline.night.frame import Progress, Run
from pipeline.night.publishing import publish
from pipeline.outbox import Outbox
from pipeline.workspace import Workspace, create_ledger, load_settings


@dataclass(frozen=True)
class RunReport:
    """What a run did. Counts are of distinct files; ``seconds`` by stage; paths are relative to the workspace."""

    run_id: str
    as_of: dt.datetime
    arrived: int
    verdicts: Counter[str]
    unchanged: int
    workbooks: tuple[str, ...]
    feedback: tuple[str, ...]
    open_elsewhere: tuple[str, ...]
    not_taken: tuple[str, ...]
    seconds: dict[str, float] = field(default_factory=dict)


def run_night(
    workspace: Workspace,
    as_of: dt.datetime,
    *,
    workers: int | None = None,
    progress: Progress = lambda *_: None,
) -> RunReport:
    """Go the whole road once: arrive, judge, record, answer, consolidate, publish.

    Raises:
        OperatorError: the workspace, its settings, its ledger or its outbox cannot be used; nothing is lost.
    """
    try:
        return _run(workspace, as_of, workers, progress)
    except sqlite3.OperationalError as error:
        raise OperatorError("E805", path=workspace.relative(workspace.ledger_file), reason=error) from error


def _run(workspace: Workspace, as_of: dt.datetime, workers: int | None, progress: Progress) -> RunReport:
    loaded = load_settings(workspace)
    with alone(workspace), create_ledger(workspace) as ledger:
        _refuse_the_past(ledger, as_of)
        scan = Scan(uuid.uuid4().hex, as_of, loaded.sha256)
        run = Run(workspace, loaded, ledger, scan, workers or loaded.settings.limits.workers, progress)
        arrived = arrive(run)
        verdicts = _decide(run)
        outbox = Outbox(workspace.outbox, workspace.archive)
        feedback = _answer(run, outbox)
        workbooks = publish(run, outbox)
    return RunReport(
        run_id=scan.run_id,
        as_of=as_of,
        arrived=verdicts.total(),
        verdicts=verdicts,
        unchanged=arrived.unchanged,
        workbooks=tuple(workbooks),
        feedback=tuple(feedback),
        open_elsewhere=arrived.scan.open_elsewhere,
        not_taken=arrived.not_taken,
        seconds=run.clock.seconds,
    )


def _refuse_the_past(ledger: Ledger, as_of: dt.datetime) -> None:
    last = ledger.last_scan()
    if last is not None and as_of < last:
        raise OperatorError("E804", as_of=f"{as_of:%d/%m/%Y %H:%M}", last=f"{last:%d/%m/%Y %H:%M}")


def _decide(run: Run) -> Counter[str]:
    """How many files got which verdict. A run with nothing new imports neither pandas nor the forms."""
    pending = run.ledger.pending()
    if not pending:
        return Counter()
    from pipeline.night.deciding import judge_pending

    return Counter(str(one.verdict) for one in judge_pending(run, pending))


def _answer(run: Run, outbox: Outbox) -> list[str]:
    """Answer the senders, unless everything in the ledger has been answered."""
    content = run.ledger.content_hash()
    if outbox.is_marked("phan_hoi", content):
        return []
    from pipeline.night.answering import answer

    written = answer(run, outbox)
    outbox.mark("phan_hoi", content)
    return written


def counts(report: RunReport) -> dict[str, int]:
    """How many files got each verdict, every verdict named."""
    return {str(verdict): report.verdicts.get(str(verdict), 0) for verdict in Verdict}
