"""A wall round every artefact: a fault in one is logged, kept for the ledger, and stops no other (design 2.8).

A ledger that another program holds is no such fault: nothing could be made or written down, and the run has failed.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TypeVar

from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.ledger import Fault
from pipeline.workspace import is_held

log = logging.getLogger(__name__)
T = TypeVar("T")
Place = tuple[str, str]
"""A stage and an artefact; blank for what its artefacts share."""

FAULT_OF_ARTEFACT = Code.Z902
_MAY_PASS = (OSError, MemoryError, OperatorError)
"""What a disk, a memory or another program did may be over at the next run; what our code does, it does again."""


class Stage(StrEnum):
    """The stages after judging, in the order of a run: what cannot wait comes first."""

    PUBLISH = "publish"
    REPORT = "report"
    FEEDBACK = "feedback"
    RECEIPTS = "receipts"
    PRE_CHECK = "pre_check"


class Walls:
    """What one run could not make.

    A fault that our own code makes is not tried again before the next day or the next version of the program; another
    is tried again at the next run.
    """

    def __init__(self, open_faults: Iterable[Fault] = (), *, tries_all: bool = True) -> None:
        """``open_faults`` are those of earlier runs; ``tries_all``: this run tries each of them again."""
        self.remember(open_faults)
        self._tries_all = tries_all
        self._errors: dict[Place, Exception] = {}
        self._over: set[Place] = set()
        self._left: set[Place] = set()
        self._whole_stages: set[str] = set()
        self._left_stages: set[str] = set()

    def remember(self, open_faults: Iterable[Fault]) -> None:
        """What is open in the ledger now."""
        self._earlier = {(fault.stage, fault.artefact): fault for fault in open_faults}

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[None]:
        """Go through a whole stage: what its artefacts share may fail as well, and ends no other stage."""
        try:
            yield
        except Exception as error:
            if is_held(error):
                raise
            self._keep(stage, "", error)
        else:
            self._whole_stages.add(stage)

    def attempt(
        self, stage: Stage, artefact: str, work: Callable[[], T], plainer: Callable[[], T] | None = None
    ) -> T | None:
        """What the work gives, else what the plainer work gives, else None; a fault of the work is kept."""
        try:
            result = work()
        except Exception as error:
            if is_held(error):
                raise
            self._keep(stage, artefact, error)
        else:
            self._over.add((stage, artefact))
            return result
        try:
            return None if plainer is None else plainer()
        except Exception:
            log.exception("%s: nor anything plainer for %s", stage, artefact)
            return None

    def is_left(self, stage: Stage, artefact: str) -> bool:
        """Whether an artefact failed before and is left as it is by this run."""
        fault = self._earlier.get((stage, artefact))
        if fault is None or self._is_tried(fault):
            return False
        self._left.add((stage, artefact))
        return True

    def leave(self, stage: Stage) -> None:
        """Leave what failed in a stage before as it is, but for what this run makes: not all of it is looked at."""
        self._left_stages.add(stage)

    def has_failed(self, stage: Stage, artefact: str) -> bool:
        """Whether an artefact failed before, so that what stands there is not the last word."""
        return (stage, artefact) in self._earlier

    def tries_again(self, stage: Stage) -> bool:
        """Whether something of a stage failed before and is tried again by this run."""
        return any(fault.stage == stage and self._is_tried(fault) for fault in self._earlier.values())

    def error_of(self, stage: Stage, artefact: str) -> Exception | None:
        """What kept an artefact from being made in this run; None when it was made."""
        return self._errors.get((stage, artefact)) or self._errors.get((stage, ""))

    def last_error(self, stage: Stage) -> Exception:
        """The last error of a stage; a plain one where there was none."""
        errors = [error for (of_stage, _), error in self._errors.items() if of_stage == stage]
        return errors[-1] if errors else RuntimeError(stage)

    def may_pass(self, stage: Stage, artefact: str) -> bool:
        """Whether an artefact failed in this run for a cause that may be over at the next."""
        error = self._errors.get((stage, artefact))
        return error is not None and _may_pass(_fault((stage, artefact), error))

    def began(self) -> list[Fault]:
        """The faults of this run that no earlier run had, by stage and artefact."""
        faults = [_fault(place, error) for place, error in sorted(self._errors.items(), key=lambda pair: pair[0])]
        return [fault for fault in faults if self._earlier.get((fault.stage, fault.artefact)) != fault]

    def ended(self) -> list[Fault]:
        """The faults of earlier runs that are over: made now, or not wanted any more."""
        looked_at = self._whole_stages - self._left_stages
        return [
            fault
            for place, fault in sorted(self._earlier.items())
            if place in self._over or (fault.stage in looked_at and place not in {*self._errors, *self._left})
        ]

    def _is_tried(self, fault: Fault) -> bool:
        return self._tries_all or _may_pass(fault)

    def _keep(self, stage: Stage, artefact: str, error: Exception) -> None:
        log.error("%s: could not make %s", stage, artefact or "what its artefacts share", exc_info=error)
        self._errors[stage, artefact] = error


def _fault(place: Place, error: Exception) -> Fault:
    """The error as the ledger keeps it: an operator's by its code and reason, ours by its kind."""
    if isinstance(error, OperatorError):
        return Fault(error.finding.code, *place, str(error.finding.facts.get("reason", "")))
    return Fault(FAULT_OF_ARTEFACT, *place, type(error).__name__)


def _may_pass(fault: Fault) -> bool:
    return fault.code != FAULT_OF_ARTEFACT or fault.reason in _PASSING


def _with_kinds(error: type[Exception]) -> Iterator[str]:
    yield error.__name__
    for kind in error.__subclasses__():
        yield from _with_kinds(kind)


_PASSING = frozenset(name for error in _MAY_PASS for name in _with_kinds(error))
