"""The run: the whole road of every file, one step a stage. The only place where the edges meet the core."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from typing import Final

from pipeline.findings import Verdict
from pipeline.guards import alone, hold_to_the_clock
from pipeline.intake.custody import sweep as sweep_copies
from pipeline.intake.workers import Workers, fork_from
from pipeline.ledger import Fault, FaultState, Ledger, Scan, Waiting
from pipeline.night.arriving import Arrived, arrive
from pipeline.night.deciding import judge_pending, judgeable_now
from pipeline.night.frame import Progress, Run
from pipeline.night.last_run import Outage
from pipeline.night.pre_checking import pre_check
from pipeline.night.pre_checking import sweep as sweep_pre_checks
from pipeline.night.publishing import give_receipts, publish
from pipeline.night.replying import answer_oversize, give_feedback
from pipeline.night.reporting import report_day
from pipeline.night.walls import Stage, Walls
from pipeline.night.workplace import workers_at
from pipeline.outbox import Folder
from pipeline.workspace import Workspace, create_ledger, ledger_faults, load_settings, now_in_vietnam
from pipeline.writing import sweep as sweep_files


@dataclass(frozen=True)
class RunReport:
    """What a run did. Counts are of distinct files; ``seconds`` by stage; paths are relative to the workspace.

    ``faults`` are what our own program could not make, now or since an earlier run.
    """

    run_id: str
    as_of: dt.datetime
    arrived: int
    verdicts: Counter[str]
    unchanged: int
    workbooks: tuple[str, ...]
    feedback: tuple[str, ...]
    receipts: tuple[str, ...]
    report: str
    pre_checked: tuple[str, ...]
    seen_again: tuple[str, ...]
    open_elsewhere: tuple[str, ...]
    unsettled: tuple[str, ...]
    not_taken: tuple[str, ...]
    too_large: tuple[str, ...]
    no_look: tuple[str, ...]
    not_judged: tuple[str, ...]
    faults: tuple[Fault, ...]
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RunOptions:
    """How a run is to go.

    ``workers``: how many processes, else as the settings say. ``cluster``: the address of a Dask cluster that does
    their work in their place. ``is_sure_of_clock``: the caller answers for the time of
    the run, however far it is from all that is known. ``outages``: the failed runs before it, for the page of the day.
    ``gives``: whether people get anything; what a run only recorded, the next one that gives makes up for.
    """

    workers: int | None = None
    progress: Progress = lambda *_: None
    is_sure_of_clock: bool = True
    outages: Sequence[Outage] = ()
    cluster: str | None = None
    gives: bool = True


USUAL: Final = RunOptions()
WORKERS_IMPORT: Final = ("pipeline.night.marking", "pipeline.judging.reading")
"""What reads and marks; a fork server passes over a module that is not there."""


def run_night(workspace: Workspace, as_of: dt.datetime, options: RunOptions = USUAL) -> RunReport:
    """Go the whole road once: arrive, judge, record, publish, report, answer, give receipts, pre-check.

    What cannot wait comes first. After the verdicts each artefact has its own boundary: what cannot be made is in
    ``faults``, and all else is made.

    Raises:
        OperatorError: the workspace, its settings, its ledger, its outbox, ``as_of`` or the cluster cannot be used;
            nothing is lost.
    """
    fork_from(*WORKERS_IMPORT)
    with ledger_faults(workspace):
        loaded = load_settings(workspace)
        here = Workers(options.workers or loaded.settings.limits.workers)
        with workers_at(options.cluster, here) as workers, alone(workspace), create_ledger(workspace) as ledger:
            hold_to_the_clock(ledger, loaded.settings, as_of, is_sure=options.is_sure_of_clock)
            clock, program = now_in_vietnam().isoformat(), version("qms-pipeline")
            scan = Scan(uuid.uuid4().hex, as_of, loaded.sha256, clock, program)
            walls = _walls(ledger, scan)
            _sweep(workspace)
            return _whole_road(
                Run(
                    workspace,
                    loaded,
                    ledger,
                    scan,
                    workers,
                    options.progress,
                    walls=walls,
                    outages=tuple(options.outages),
                ),
                gives=options.gives,
            )


def _walls(ledger: Ledger, scan: Scan) -> Walls:
    """What failed before is tried again by the first run of a day, and by the first of another program."""
    last = ledger.scan_at(dt.datetime.max)
    is_first = last is None or last.as_of.date() != scan.as_of.date() or last.program != scan.program
    return Walls(ledger.open_faults(), tries_all=is_first)


def _sweep(workspace: Workspace) -> None:
    """Remove what a run that was killed left half written.

    What cannot be removed now (a disk read-only, a file that a virus scanner holds) harms nobody and is left.
    """
    for sweep, folder in (
        (sweep_copies, workspace.archive),
        (sweep_pre_checks, workspace.archive),
        (sweep_files, workspace.archive),
        (sweep_files, workspace.outbox),
    ):
        with suppress(OSError):
            sweep(folder)


@dataclass(frozen=True)
class _Given:
    """What a run gave to people: the paths of workbooks, answers, books of receipts, pre-checks and the day's page."""

    workbooks: tuple[str, ...] = ()
    feedback: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    pre_checked: tuple[str, ...] = ()
    page: str = ""


def _whole_road(run: Run, *, gives: bool) -> RunReport:
    """Every stage in its order. Up to the verdicts a run does its job or has failed; afterwards walls stand."""
    due = run.walls.attempt(Stage.FEEDBACK, Folder.ANSWERS, partial(judgeable_now, run)) or ()
    arrived = arrive(run, due)
    verdicts = judge_pending(run)
    given = _give(run, arrived) if gives else _Given()
    return RunReport(
        run_id=run.scan.run_id,
        as_of=run.as_of,
        arrived=verdicts.total(),
        verdicts=verdicts,
        unchanged=arrived.unchanged,
        workbooks=given.workbooks,
        feedback=given.feedback,
        receipts=given.receipts,
        report=given.page,
        pre_checked=given.pre_checked,
        seen_again=tuple(one.path for one in arrived.sightings),
        open_elsewhere=arrived.left_because(Waiting.OPEN),
        unsettled=arrived.left_because(Waiting.UNSETTLED),
        not_taken=arrived.left_because(Waiting.FOLDER, Waiting.NOT_TAKEN),
        too_large=arrived.left_because(Waiting.TOO_LARGE),
        no_look=arrived.left_because(Waiting.NO_LOOK),
        not_judged=tuple(one.path for one in run.ledger.pending()),
        faults=run.ledger.open_faults(),
        seconds=run.seconds,
    )


def _give(run: Run, arrived: Arrived) -> _Given:
    """Make the workbooks, answers, books of receipts, pre-checks and the page of the day."""
    workbooks = publish(run)
    report_day(run)
    oversize = partial(answer_oversize, run, Stage.FEEDBACK, arrived.waiting)
    feedback = [*give_feedback(run), *(run.walls.attempt(Stage.FEEDBACK, Folder.ANSWERS, oversize) or ())]
    receipts = give_receipts(run)
    pre_checked = pre_check(run)
    if _record_faults(run):
        workbooks = publish(run)
    page = _page_of_the_day(run)
    _record_faults(run)
    return _Given(tuple(workbooks), tuple(feedback), tuple(receipts), tuple(pre_checked), page)


def _record_faults(run: Run) -> bool:
    """Write down what could not be made, and what can be again; says whether anything of that is new."""
    changes = [(FaultState.ENDED, fault) for fault in run.walls.ended()]
    changes += [(FaultState.BEGAN, fault) for fault in run.walls.began()]
    if changes:
        with run.ledger.writing():
            for state, fault in changes:
                run.ledger.record_fault(state, fault, run.as_of)
        run.walls.remember(run.ledger.open_faults())
    return bool(changes)


def _page_of_the_day(run: Run) -> str:
    """The page of the day, which tells all of it; a run that cannot even tell what it could not do has failed.

    Raises:
        OperatorError: the page cannot be written.
        Exception: what else kept the page from being made.
    """
    page = report_day(run)
    if page is None:
        raise run.walls.last_error(Stage.REPORT)
    return page


def counts(report: RunReport) -> dict[str, int]:
    """How many files got each verdict, every verdict named."""
    return {str(verdict): report.verdicts.get(str(verdict), 0) for verdict in Verdict}
