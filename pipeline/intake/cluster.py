"""The tasks of a run on a Dask cluster. The only module that imports ``distributed``, imported when it is asked for."""

import logging
import pickle
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from typing import Final, TypeVar

import dask
import distributed

from pipeline.faults import OperatorError
from pipeline.findings import Code
from pipeline.intake.driving import DrivingExecutor
from pipeline.intake.file_kinds import Limits, ReadFailure
from pipeline.intake.lanes import executor_of, may_be_a_neighbours_fault, outcome_of
from pipeline.intake.shipping import done_there, makers, packed
from pipeline.intake.worker_bounds import PATIENCE
from pipeline.intake.workers import Ready, Workers
from pipeline.wording import say

T = TypeVar("T")

log = logging.getLogger(__name__)
of_loss = logging.getLogger(f"{__name__}.loss")
"""Hears once when the cluster is lost; the command line says it on the terminal (``cli.logs``)."""

_SECONDS_TO_JOIN: Final = 10
_SECONDS_BETWEEN_LOOKS: Final = 10
_SECONDS_TO_LEAVE: Final = 5
_SECONDS_TO_START: Final = 60
_ON_THE_WAY: Final = 2
"""Tasks sent for each that can be at work, so that none of the cluster's threads waits for bytes."""
_SPEAKERS: Final = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application", "asyncio")


@contextmanager
def joined(address: str, here: Workers) -> Iterator[Workers]:
    """The workers of a cluster, as many as it has threads; what the cluster cannot do, ``here`` does.

    Raises:
        OperatorError: E829, nobody answers there, nobody works there, or somebody there might give other bytes.
    """
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
        client = _connected(address)
        try:
            threads = _threads(client, address)
            _refuse_other_makers(client, address)
            yield Workers(threads, partial(ClusterExecutor, Connection(client), here))
        finally:
            client.close(timeout=_SECONDS_TO_LEAVE)


def _connected(address: str) -> distributed.Client:
    _speak_into_the_log()
    try:
        return distributed.Client(address, timeout=_SECONDS_TO_JOIN, set_as_default=False)
    except (OSError, TimeoutError) as silence:
        raise _fault(address, "no_answer", seconds=_SECONDS_TO_JOIN) from silence
    except ValueError as error:
        raise _fault(address, "bad_address") from error


def _speak_into_the_log() -> None:
    """Let what ``distributed`` has to say be loud where all else is, in English and not on the terminal."""
    places = logging.getLogger("pipeline").handlers or [logging.NullHandler()]
    for name in _SPEAKERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = places
        logger.setLevel(logging.WARNING)
        logger.propagate = False


def _threads(client: distributed.Client, address: str) -> int:
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_JOIN)
    except TimeoutError as nobody:
        raise _fault(address, "no_workers") from nobody
    return sum(client.nthreads().values())


def _refuse_other_makers(client: distributed.Client, address: str) -> None:
    here = makers()
    answers: Mapping[str, object] = client.run(makers, on_error="return")
    for worker, there in sorted(answers.items()):
        if not isinstance(there, tuple):
            log.warning("%s: %r", worker, there)
            raise _fault(address, "not_there", worker=worker)
        if there != here:
            differing = [", ".join(sorted({*one} - {*other})) for one, other in ((there, here), (here, there))]
            raise _fault(address, "other_makers", worker=worker, there=differing[0], here=differing[1])


def _fault(address: str, reason: str, **facts: object) -> OperatorError:
    return OperatorError(Code.E829, address=address, reason=say(f"cluster.{reason}", **facts))


class ClusterFaultError(Exception):
    """The cluster did not do a task; nothing is said of the task."""


class Connection:
    """The way to a cluster's workers, which all executors of a run share. Once lost it is not sought again."""

    def __init__(self, client: distributed.Client) -> None:
        """``client``: connected."""
        self._client = client
        self._is_lost = False

    def done(self, parcel: bytes, seconds: float) -> bytes:
        """What a worker gives for a parcel. One that dies over it is replaced by another (``allowed-failures``).

        Raises:
            ClusterFaultError: it gives nothing, or not within that time.
        """
        if self._is_lost:
            raise ClusterFaultError
        try:
            return self._awaited(self._client.submit(done_there, parcel, pure=False, retries=1), seconds)
        except CancelledError as lost:  # so a future ends when the scheduler is gone
            self._lose()
            raise ClusterFaultError from lost
        except Exception as fault:  # what a task may raise comes as its result; all else is the cluster's
            log.warning("done on this machine, for the cluster has failed at it: %r", fault)
            if self._client.status != "running":
                self._lose()
            raise ClusterFaultError from fault

    def _awaited(self, future: "distributed.Future[bytes]", seconds: float) -> bytes:
        for _ in range(round(seconds / _SECONDS_BETWEEN_LOOKS) + 1):
            try:
                return future.result(_SECONDS_BETWEEN_LOOKS)
            except TimeoutError:
                if not self._client.nthreads():
                    self._lose()
                    break
        future.cancel()
        raise TimeoutError

    def _lose(self) -> None:
        if not self._is_lost:
            self._is_lost = True
            of_loss.warning("the cluster is lost; what remains is done on this machine")


class ClusterExecutor(DrivingExecutor):
    """Does tasks on a cluster, and here what the cluster did not do or may have failed at for want of room or time.

    An argument that is a path is a file, whose bytes go along; only those of the tasks on their way are in memory.
    """

    def __init__(self, connection: Connection, here: Workers, count: int, limits: Limits, ready: Ready) -> None:
        """``count``: how many tasks the cluster can have at work; ``here`` does what it does not do.

        ``limits`` and ``ready`` as ``lanes.executor_of`` has them, there and here.
        """
        super().__init__(count * _ON_THE_WAY)
        self._connection = connection
        self._limits, self._ready = limits, ready
        self._here = executor_of(here, limits, ready)

    def drive(self, task: Callable[..., T], arguments: tuple[object, ...]) -> T | ReadFailure:
        """Have a task done by a worker of the cluster, else here."""
        # Behind what is at work; one worker may die over it, and another have to start.
        seconds = self._limits.seconds * PATIENCE * (1 + _ON_THE_WAY) + _SECONDS_TO_START
        try:
            parcel = packed(task, arguments, self._limits, self._ready)
            outcome: T | ReadFailure = pickle.loads(self._connection.done(parcel, seconds))  # noqa: S301 - our workers'
        except (OSError, ClusterFaultError):
            return outcome_of(self._here.submit(task, *arguments))
        # A machine short of memory, or slower than this one, must not become the file's verdict.
        is_in_doubt = may_be_a_neighbours_fault(outcome)
        return outcome_of(self._here.submit(task, *arguments)) if is_in_doubt else outcome

    def release(self) -> None:
        """End the workers here; the cluster itself goes on."""
        self._here.shutdown()
