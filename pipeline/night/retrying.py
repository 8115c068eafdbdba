"""JUDGE ANEW: what a fault of ours kept from being judged, tried at the next run, then once a day and program version.

A trial that fails again leaves no trace in the ledger; a run without anything to try imports neither pandas nor the
forms.
"""

from collections.abc import Sequence

from pipeline.findings import Verdict
from pipeline.intake.custody import is_whole, original
from pipeline.ledger import Arrival
from pipeline.night.frame import Run
from pipeline.outbox import Outbox


def judgeable_now(run: Run, outbox: Outbox) -> tuple[Arrival, ...]:
    """The arrivals whose cause of failure has passed: they are to be judged anew, in the order of the night.

    Raises:
        OperatorError: E805, the memory of what was tried cannot be written.
    """
    value = f"{run.scan.program} {run.as_of:%Y-%m-%d}"
    due = [
        one
        for one in run.ledger.faulty()
        if not outbox.is_marked(_memory(one), value) and is_whole(run.workspace.archive, one.sha256)
    ]
    if not due:
        return ()
    with run.clock.stage("retry"):
        verdicts = _tried(run, due)
        for one in due:
            outbox.mark(_memory(one), value)
    return tuple(one for one, verdict in zip(due, verdicts, strict=True) if verdict is not Verdict.INTERNAL_FAULT)


def _memory(arrival: Arrival) -> str:
    return f"xet_lai/{arrival.sha256}"


def _tried(run: Run, due: Sequence[Arrival]) -> list[Verdict]:
    """The verdict that each would get now."""
    from pipeline.judging import Candidate
    from pipeline.verdicts import ground_of, verdicts_on

    candidates = [
        Candidate(key, original(run.workspace.archive, one.sha256), one.arrived_at, run.ledger.folders_of(one.sha256))
        for key, one in enumerate(due)
    ]
    settings = run.loaded.settings
    return [one.verdict for one in verdicts_on(candidates, settings, ground_of(run.ledger, settings), run.workers)]
