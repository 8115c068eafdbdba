"""The pool: a file that kills its reader costs only itself."""

import multiprocessing
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from intake_packages import FIXTURES, AbortingPath, write_workbook

from pipeline.intake import lanes, reader
from pipeline.intake.file_kinds import FileKind, FileProblem, Limits, RawWorkbook, ReadFailure
from pipeline.intake.reader import ReaderPool
from pipeline.intake.workers import Workers


def write_good(path: Path, number: int) -> Path:
    return write_workbook(path, f'<row r="1"><c r="A1"><v>{number}</v></c></row>')


def test_a_file_that_aborts_its_process_costs_only_itself(tmp_path: Path) -> None:
    good = [write_good(tmp_path / f"{number}.xlsx", number) for number in range(10)]
    hostile = AbortingPath(tmp_path / "hostile.xlsx")
    with ReaderPool(Workers(2)) as pool:
        outcomes = pool.read_all([*good[:5], hostile, *good[5:]])
    assert list(outcomes) == [*good[:5], hostile, *good[5:]]
    read = [outcomes[path] for path in good]
    assert [found.sheets[0].cells[1, 1].value for found in read if isinstance(found, RawWorkbook)] == [*range(10)]
    assert isinstance(failure := outcomes[hostile], ReadFailure)
    assert failure.problem is FileProblem.CRASHED


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 600_000))
    slow, good = write_workbook(tmp_path / "slow.xlsx", rows), write_good(tmp_path / "good.xlsx", 1)
    with ReaderPool(Workers(1), Limits(seconds=0.5)) as pool:
        outcomes = pool.read_all([slow, good])
    assert outcomes[slow] == ReadFailure(FileProblem.TIMED_OUT)
    assert isinstance(outcomes[good], RawWorkbook)


def test_files_come_in_the_order_given_and_few_are_read_ahead(tmp_path: Path) -> None:
    paths = [write_good(tmp_path / f"{number}.xlsx", number) for number in range(12)]
    begun: list[Path] = []

    def asked() -> Iterator[Path]:
        for path in paths:
            begun.append(path)
            yield path

    with ReaderPool(Workers(1)) as pool:
        found = pool.read_each(asked())
        first, _ = next(found)
        assert (first, len(begun) < len(paths)) == (paths[0], True)
        assert [path for path, _ in found] == paths[1:]


def test_a_pool_is_good_for_more_than_one_reading() -> None:
    with ReaderPool(Workers(1)) as pool:
        first = pool.read_all([FIXTURES / "form.xls"])
        assert pool.read_all([FIXTURES / "form.xls"]) == first


def test_a_process_killed_between_two_files_is_replaced() -> None:
    path = FIXTURES / "form.xls"
    others = set(multiprocessing.active_children())
    with ReaderPool(Workers(1)) as pool:
        first = pool.read_all([path])
        (idle,) = set(multiprocessing.active_children()) - others
        idle.kill()
        idle.join()
        time.sleep(0.5)  # pebble looks after its processes ten times a second
        assert pool.read_all([path]) == first


def test_no_process_is_started_for_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(lanes, "ProcessPool")
    with ReaderPool(Workers(2)) as pool:
        assert pool.read_all([]) == {}


def test_a_file_that_is_not_there_is_a_result(tmp_path: Path) -> None:
    path = tmp_path / "gone.xlsx"
    with ReaderPool(Workers(1)) as pool:
        assert pool.read_all([path]) == {path: ReadFailure(FileProblem.VANISHED, {}, FileKind.UNKNOWN)}


def test_a_process_that_cannot_start_is_our_fault_and_not_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "prepare_worker", int)
    limits = Limits(memory_bytes="no number")  # type: ignore[arg-type]
    path = FIXTURES / "form.xls"
    with ReaderPool(Workers(1), limits) as pool:
        outcome = pool.read_all([path])[path]
    assert isinstance(outcome, ReadFailure)
    assert outcome.problem is FileProblem.INTERNAL_FAULT


def test_a_fault_of_ours_is_told_from_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "read_workbook", int)  # int() will not take a path and limits
    path = FIXTURES / "form.xls"
    with ReaderPool(Workers(1)) as pool:
        outcome = pool.read_all([path])[path]
    assert isinstance(outcome, ReadFailure)
    assert outcome.problem is FileProblem.INTERNAL_FAULT
    assert "TypeError" in str(outcome.facts["trace"])
