"""An executor whose tasks are each seen to their end by a thread of this process."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


class DrivingExecutor(Executor):
    """As many tasks are begun at once as there are drivers; the others wait without their bytes."""

    def __init__(self, drivers: int) -> None:
        """``drivers``: how many threads; each is started when there is a task for it."""
        self._drivers = ThreadPoolExecutor(drivers, type(self).__name__)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin a task when a driver is free; the future gives its result or its failure, and raises nothing.

        ``fn`` is a function of a module and crosses to the worker with its arguments; what it gives may be a failure
        (``T`` includes it): the task's own, or one of CRASHED, TIMED_OUT, OUT_OF_MEMORY and, with the fact ``trace``,
        INTERNAL_FAULT.
        """
        return cast("Future[T]", self._drivers.submit(self.drive, partial(fn, **kwargs) if kwargs else fn, args))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """Release the workers when what was begun is done; ``cancel_futures``: nothing more is begun."""
        self._drivers.shutdown(wait=False, cancel_futures=cancel_futures)
        if wait:
            self._end()
        else:
            threading.Thread(target=self._end).start()

    def _end(self) -> None:
        self._drivers.shutdown()
        self.release()

    def drive(self, task: Callable[..., object], arguments: tuple[object, ...]) -> object:
        """See one task to its end, in a thread of its own; gives its result or its failure."""
        raise NotImplementedError

    def release(self) -> None:
        """Let go of the workers; nothing is at work any more."""
        raise NotImplementedError
