"""Forms with junk in their cells and their sheets turned over, many in a night: no fault of ours, an answer each, calm.

``make long`` goes 20,000 of them, a night for every few hundred, on as many processes as there are cores.
"""

import datetime as dt
import multiprocessing
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nights_fuzz import batches, codes, spoilt_files
from nights_office import Office, furnished, rows_of_findings

from pipeline.findings import Verdict

_NIGHT = dt.datetime(2019, 6, 5, 9)
_LATER = dt.timedelta(minutes=15)
_A_NIGHT = 240
_LONG = int(os.environ.get("QMS_FUZZ_FORMS", "20000"))


def wrong_in(seeds: range, folder: Path) -> list[str]:
    """What was not as it must be in the nights of some seeds; nothing when all is well."""
    office = furnished(folder, codes())
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


def test_200_spoilt_forms_are_judged_and_answered_without_a_fault_of_ours(tmp_path: Path) -> None:
    assert wrong_in(range(200), tmp_path / "so") == []


@pytest.mark.long
def test_20000_spoilt_forms_are_judged_and_answered_without_a_fault_of_ours(tmp_path: Path) -> None:
    nights = [(seeds, tmp_path / f"so{seeds.start}") for seeds in batches(range(_LONG), _A_NIGHT)]
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), maxtasksperchild=4) as pool:
        assert [wrong for found in pool.starmap(wrong_in, nights) for wrong in found] == []
