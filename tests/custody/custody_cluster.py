"""A cluster as an operator starts it, whose workers and scheduler can be killed, and a run that works on it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from distributed import Client

from pipeline.workspace import Workspace

_SECONDS = 60
_DASK = (sys.executable, "-m", "dask")


class RunningCluster:
    """A scheduler and its workers of one thread each; every other worker has no nanny, which would start it anew."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self._begun: list[subprocess.Popen[bytes]] = []
        quiet = ("--no-dashboard", "--scheduler-file", str(self._file))
        self._scheduler = self._begin("scheduler", "--host", "127.0.0.1", "--port", "0", *quiet)
        nannies = ("--no-nanny", "--nanny")
        self._workers = [
            self._begin("worker", "--nthreads", "1", nannies[number % 2], *quiet) for number in range(workers)
        ]
        _wait(lambda: self._file.exists() and self._file.read_text().endswith("}"))
        self.address: str = json.loads(self._file.read_text())["address"]
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=_SECONDS)

    def _begin(self, *words: str) -> subprocess.Popen[bytes]:
        with (self._folder / "cluster.log").open("ab") as log:
            begun = subprocess.Popen([*_DASK, *words], stdout=log, stderr=log)
        self._begun.append(begun)
        return begun

    def kill_a_worker_at_work(self) -> None:
        """The first, which has no nanny, once it has begun a task."""
        worker = psutil.Process(self._workers[0].pid)
        _wait(lambda: len(worker.children(recursive=True)) > 2)  # its fork server with the tracker, and a lane
        worker.kill()

    def kill_the_scheduler(self) -> None:
        """At once."""
        self._scheduler.kill()

    def end(self) -> None:
        """All that it started."""
        for begun in reversed(self._begun):
            for child in _living(begun.pid):
                child.kill()
            begun.kill()
            begun.wait()


def _living(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[RunningCluster]:
    """A cluster that is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = RunningCluster(folder, workers)
    try:
        yield cluster
    finally:
        cluster.end()


def begun_run(workspace: Workspace, as_of: str, *options: str) -> subprocess.Popen[str]:
    """A run in a process of its own, where no test's memory answers."""
    command = [sys.executable, "-m", "pipeline", "run", "--yes-the-clock", "--as-of", as_of, *options]
    return subprocess.Popen(
        [*command, "--workspace", str(workspace.root)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _SECONDS
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)
