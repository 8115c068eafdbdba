"""Forms with junk in their cells and their sheets turned over, many in a night: no fault of ours, an answer each, calm.

``make long`` goes 20,000 of them, a night for every few hundred, on as many processes as there are cores. Some 0.3 s of
processor time each: QMS_FUZZ_FORMS says how many, QMS_FUZZ_FIRST from which seed on, QMS_FUZZ_PROCESSES on how many.
"""

import datetime as dt
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import pytest
from nights_fuzz import batches, codes, spoilt_files
from nights_office import Office, furnished, rows_of_findings

from pipeline.findings import Verdict

_NIGHT = dt.datetime(2019, 6, 5, 9)
_LATER = dt.timedelta(minutes=15)
_A_NIGHT = 240
_LONG = int(os.environ.get("QMS_FUZZ_FORMS", "20000"))
_FIRST = int(os.environ.get("QMS_FUZZ_FIRST", "0"))
_PROCESSES = int(os.environ.get("QMS_FUZZ_PROCESSES", os.cpu_count() or 1))


def wrong_in(seeds: range, folder: Path) -> list[str]:
    """What was not as it must be in the nights of some seeds; nothing when all is well."""
    office = furnished(folder, codes())
    office.workers = 2
    office.put(spoilt_files(seeds))
    try:
        office.night(_NIGHT)
        before = office.published()
        calm = office.night(_NIGHT + _LATER)
    except Exception as fault:  # noqa: BLE001 - whatever ends a night is what is looked for
        return [f"{seeds}: the night ended: {fault!r}"]
    wrong = [*office.faults, *_wrong_answers(office)]
    if calm.arrived or office.published() != before:
        wrong.append(f"{seeds}: the second night was not calm")
    return wrong


def _wrong_answers(office: Office) -> Iterator[str]:
    answers = office.answers()
    for name, told in office.told().items():
        if told.verdict is Verdict.ACCEPTED:
            continue
        if any(code.startswith("Z") for code, _ in told.findings):
            yield f"{name}: a fault of ours: {told.findings}"
        try:
            rows = rows_of_findings(answers[Path(name).stem])
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile, AssertionError) as error:
            yield f"{name}: no answer that opens: {error!r}"
            continue
        if rows != len(told.findings):
            yield f"{name}: {rows} rows for {len(told.findings)} findings"


def test_100_spoilt_forms_are_judged_and_answered_without_a_fault_of_ours(tmp_path: Path) -> None:
    assert wrong_in(range(100), tmp_path / "so") == []


@pytest.mark.long
def test_20000_spoilt_forms_are_judged_and_answered_without_a_fault_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each night ends with its line; a fault is printed when it is found, not hours later."""
    wrong: list[str] = []
    with ThreadPoolExecutor(_PROCESSES) as pool:
        nights = [
            pool.submit(in_its_own_process, seeds, tmp_path / f"so{seeds.start}")
            for seeds in batches(range(_FIRST, _FIRST + _LONG), _A_NIGHT)
        ]
        for night in as_completed(nights):
            line, found = night.result()
            wrong += found
            with capsys.disabled():
                sys.stdout.write(f"{line} {found or ''}\n")
                sys.stdout.flush()
    assert wrong == []


def in_its_own_process(seeds: range, folder: Path) -> tuple[str, list[str]]:
    """The nights of some seeds in a process made for them.

    A worker of multiprocessing.Pool is a daemon, which may have no processes of its own, and a night has some; a pool
    with max_tasks_per_child stands still for ever on Python 3.11 once each worker has done its tasks.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        return alone.submit(timed, seeds, folder).result()


def timed(seeds: range, folder: Path) -> tuple[str, list[str]]:
    """The nights of some seeds: a line with the processor time of a form, and what was wrong; its folder is gone."""
    began = _processor()
    wrong = wrong_in(seeds, folder)
    shutil.rmtree(folder)
    return f"{seeds.start}-{seeds.stop - 1}: {(_processor() - began) / len(seeds):.2f} s a form", wrong


def _processor() -> float:
    """Processor seconds of this process and those that it began and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
