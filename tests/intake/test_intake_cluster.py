"""What a cluster is asked to do, what is left to this machine, and why a cluster is refused."""

import os
import pickle
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from distributed import KilledWorker, LocalCluster

from pipeline.cli import main
from pipeline.demo.content import settings_text
from pipeline.demo.replaying import demo_directory
from pipeline.desk.starting import furnish
from pipeline.faults import OperatorError
from pipeline.intake import cluster, shipping
from pipeline.intake.cluster import ClusterExecutor, ClusterFaultError, Connection, joined
from pipeline.intake.file_kinds import DEFAULT_LIMITS, FileKind, FileProblem, ReadFailure
from pipeline.intake.lanes import executor_of, outcome_of
from pipeline.intake.shipping import OtherMakersError, done_there, packed
from pipeline.intake.workers import Workers
from pipeline.judging.reading import read_and_parse, ready
from pipeline.night import workplace
from pipeline.wording import say
from pipeline.workspace import Workspace, load_settings

T = TypeVar("T")
OURS = shipping.makers()


@pytest.fixture(autouse=True)
def makers_are_asked_anew() -> Iterator[None]:
    """A test may pretend that others are installed."""
    yield
    shipping.makers.cache_clear()


class Here(Executor):
    """Does every task at once, in this process."""

    def submit(self, task: Callable[..., T], /, *arguments: Any, **_: Any) -> Future[T]:  # noqa: ANN401 - as Executor
        future: Future[T] = Future()
        future.set_result(task(*arguments))
        return future


class There(Connection):
    """A cluster whose every answer is the same; what it was sent is kept."""

    def __init__(self, outcome: object) -> None:
        self.outcome = outcome
        self.parcels: list[bytes] = []

    def done(self, parcel: bytes, _: float) -> bytes:
        self.parcels.append(parcel)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return pickle.dumps(self.outcome)


def _outcome(there: There, path: Path) -> object:
    """What becomes of counting a file's bytes."""
    here = Workers(1, lambda *_: Here())
    with ClusterExecutor(there, here, 1, DEFAULT_LIMITS, os.getpid) as executor:
        return executor.submit(os.path.getsize, path).result()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of five bytes."""
    path = tmp_path / "x.bin"
    path.write_bytes(b"12345")
    return path


def test_the_bytes_of_a_file_go_along_and_what_comes_back_is_the_outcome(path: Path) -> None:
    there = There(7)
    assert _outcome(there, path) == 7
    (parcel,) = there.parcels
    assert b"12345" in parcel
    assert str(path.parent).encode() not in parcel


@pytest.mark.parametrize(
    "outcome",
    [
        ClusterFaultError(),
        ReadFailure(FileProblem.CRASHED),
        ReadFailure(FileProblem.OUT_OF_MEMORY),
        ReadFailure(FileProblem.TIMED_OUT),
    ],
)
def test_what_the_cluster_did_not_do_or_may_have_had_no_room_for_is_done_here(path: Path, outcome: object) -> None:
    assert _outcome(There(outcome), path) == 5


def test_a_failure_that_is_the_files_own_stands(path: Path) -> None:
    own = ReadFailure(FileProblem.PASSWORD, {}, FileKind.XLSX)
    assert _outcome(There(own), path) == own


def test_a_file_beyond_the_limits_is_not_sent(path: Path) -> None:
    with pytest.raises(OSError, match="too large"):
        packed(os.path.getsize, [path], replace(DEFAULT_LIMITS, max_bytes=4), os.getpid)


def test_a_machine_with_other_libraries_does_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parcel = packed(os.path.getsize, [path], DEFAULT_LIMITS, os.getpid)
    monkeypatch.setattr(shipping, "makers", lambda: ("qms-pipeline 0.1",))
    with pytest.raises(OtherMakersError):
        done_there(parcel)


class Client:
    """Stands in for the client of a cluster whose futures all end in one way."""

    status = "running"

    def __init__(self, ending: Exception, workers: int) -> None:
        self.workers, self.begun = workers, 0
        self._ending = ending

    def submit(self, *_: object, **__: object) -> "Client":
        self.begun += 1
        return self

    def result(self, _: float) -> bytes:
        raise self._ending

    def cancel(self) -> None:
        pass

    def nthreads(self) -> dict[str, int]:
        return {str(number): 1 for number in range(self.workers)}


@pytest.mark.parametrize(
    ("ending", "workers", "is_lost"),
    [
        (CancelledError(), 1, 1),  # the scheduler is gone
        (TimeoutError(), 0, 1),  # nobody works there any more
        (TimeoutError(), 1, 0),  # silence
        (KilledWorker("task", None, 3), 1, 0),  # three died over it
        (OtherMakersError(), 1, 0),
    ],
)
def test_a_cluster_that_is_lost_is_asked_no_more_and_a_task_that_fails_there_says_nothing_of_the_next(
    ending: Exception, workers: int, is_lost: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.of_loss, "propagate", True)
    client = Client(ending, workers)
    connection = Connection(client)
    for _ in range(2):
        with pytest.raises(ClusterFaultError):
            connection.done(b"parcel", 20)
    assert client.begun == 2 - is_lost
    assert [record.name for record in caplog.records].count(cluster.of_loss.name) == is_lost


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A cluster of one worker under a nanny."""
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as local:
        yield local.scheduler_address


def test_a_task_that_kills_its_process_costs_only_itself(address: str, path: Path) -> None:
    with joined(address, Workers(1)) as workers, executor_of(workers, DEFAULT_LIMITS) as executor:
        assert workers.count == 1
        tasks = [executor.submit(os.path.getsize, path), executor.submit(os._exit, 3), executor.submit(os.getpid)]
        size, death, there = map(outcome_of, tasks)
    assert (size, death) == (5, ReadFailure(FileProblem.CRASHED, {"exit_code": 3}))
    assert there != os.getpid()


def test_what_is_parsed_there_is_what_is_parsed_here_to_the_byte(address: str, tmp_path: Path) -> None:
    furnish(tmp_path, settings_text(), demo_directory())
    settings = zlib.compress(pickle.dumps(load_settings(Workspace(tmp_path)).settings))
    blank = sorted((Path(__file__).parents[2] / "templates_xlsx").glob("*.xlsx"))[:2]
    with joined(address, Workers(1)) as workers, executor_of(workers, DEFAULT_LIMITS, ready) as executor:
        tasks = [executor.submit(read_and_parse, path, DEFAULT_LIMITS, settings) for path in blank]
        assert [task.result() for task in tasks] == [read_and_parse(path, DEFAULT_LIMITS, settings) for path in blank]


def test_a_worker_with_other_libraries_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipping, "_DECIDING", ("click", *shipping._DECIDING[1:]))
    shipping.makers.cache_clear()
    with pytest.raises(OperatorError) as refusal, joined(address, Workers(1)):
        pass
    assert refusal.value.finding.code == "E829"
    assert f"cài {OURS[0]}, máy này cài click" in refusal.value.line


@pytest.mark.parametrize(
    ("named", "reason"), [("tcp://127.0.0.1:1", "cluster.no_answer"), ("ngày mai", "cluster.bad_address")]
)
def test_a_wrong_address_is_one_line(named: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS_TO_JOIN", 1)
    with pytest.raises(OperatorError) as refusal, joined(named, Workers(1)):
        pass
    assert say(reason, seconds=1) in refusal.value.line


def test_without_the_package_nothing_is_imported_and_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workplace, "find_spec", lambda _: None)
    with pytest.raises(OperatorError) as refusal, workplace.workers_at("tcp://127.0.0.1:1", Workers(1)):
        pass
    assert say("cluster.not_installed") in refusal.value.line


def test_a_run_here_does_not_import_distributed() -> None:
    script = "import sys, pipeline.nightly, pipeline.night.marking; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_command_line_refuses_with_the_code_of_an_operators_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    furnish(tmp_path, settings_text(), demo_directory())
    (tmp_path / "inbox").mkdir(exist_ok=True)
    monkeypatch.setattr(cluster, "_SECONDS_TO_JOIN", 1)
    place = ["--workspace", str(tmp_path), "--as-of", "2019-06-10T00:20"]
    assert main(["run", *place, "--cluster", "tcp://127.0.0.1:1"]) == 3
    assert capsys.readouterr().err.startswith("E829: ")
