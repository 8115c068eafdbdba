"""One run's frame, handed from stage to stage."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.ledger import Ledger, Scan
from pipeline.night.last_run import Outage
from pipeline.night.walls import Walls
from pipeline.settings import Period
from pipeline.workspace import LoadedSettings, Workspace

if TYPE_CHECKING:
    from pipeline.consolidation import Committee

Progress = Callable[[str, int, int], None]
"""Told of a stage, how many are done, how many there are."""


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - began, 4)


@dataclass(frozen=True)
class Run:
    """One run's frame: where, when, under which settings, into which ledger, and what could not be made."""

    workspace: Workspace
    loaded: LoadedSettings
    ledger: Ledger
    scan: Scan
    workers: int
    progress: Progress
    clock: Clock = field(default_factory=Clock)
    walls: Walls = field(default_factory=Walls)
    committees: dict[Period, "Committee"] = field(default_factory=dict)
    """The frames that this run published from, for what else is told of them."""
    outages: tuple[Outage, ...] = ()
    """When nobody was answered before this run, for the day page."""

    @property
    def as_of(self) -> dt.datetime:
        """The run's clock."""
        return self.scan.as_of
