"""Mutated packages: each is returned, or every cell is what other readers read there; none ends in an exception."""

import multiprocessing
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from intake_bases import bases
from intake_mutations import EDITS, mutant
from intake_oracle import EQUAL, EQUAL_BY_LETTER, RETURNED, outcome_of

_FEW, _MANY, _BATCH = 500, 100_000, 250
_GOOD = {RETURNED, EQUAL, EQUAL_BY_LETTER}
Outcome = tuple[int, str, str]
"""Seed, edit, and what came of it."""


def outcomes(seeds: Iterable[int]) -> list[Outcome]:
    """What comes of the mutants of some seeds, the bases taken in turn."""
    contents = list(bases().values())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        made = []
        for seed in seeds:
            edit, content = mutant(contents[seed % len(contents)], seed)
            path.write_bytes(content)
            try:
                outcome = outcome_of(path)
            except Exception as fault:  # noqa: BLE001 - an exception is an outcome, and none of the good ones
                outcome = repr(fault)
            made.append((seed, edit, outcome))
        return made


@pytest.mark.parametrize("writer", bases())
def test_a_workbook_without_an_edit_is_read_as_openpyxl_reads_it(writer: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(bases()[writer])
    assert outcome_of(path) == EQUAL


def test_a_mutated_package_is_returned_or_read_as_others_read_it() -> None:
    assert [one for one in outcomes(range(_FEW)) if one[2] not in _GOOD] == []


def test_some_mutants_are_returned_and_some_are_read() -> None:
    counted = Counter(outcome for _, _, outcome in outcomes(range(_FEW)))
    assert min(counted[RETURNED], counted[EQUAL]) > _FEW // 6


def test_every_edit_is_tried() -> None:
    contents = list(bases().values())
    tried = {name for seed in range(_FEW) for name in mutant(contents[seed % len(contents)], seed)[0].split(" + ")}
    assert tried == set(EDITS)


@pytest.mark.long
def test_a_hundred_thousand_mutated_packages_are_returned_or_read_as_others_read_them() -> None:
    batches = [range(first, first + _BATCH) for first in range(_FEW, _FEW + _MANY, _BATCH)]
    # A process that calamine aborts would take its pool along; then this test fails, as it should.
    with multiprocessing.get_context("spawn").Pool(2, maxtasksperchild=8) as pool:
        every = [one for made in pool.imap_unordered(outcomes, batches) for one in made]
    counted = Counter(outcome for _, _, outcome in every)
    by_edit = Counter((edit, outcome) for _, edit, outcome in every if " + " not in edit)
    print(counted.most_common(3), *sorted(by_edit.items()), sep="\n")  # noqa: T201 - the figures are asked for
    assert len(every) == _MANY
    assert [one for one in every if one[2] not in _GOOD] == []
