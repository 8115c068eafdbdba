"""Mutants of the steps of consolidation: a row lost, doubled or shifted on the way turns its lines red (shown 2)."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from mutated_steps import Mutant, red_lines


class Case(NamedTuple):
    """A mutant, and the lines of sheet 10 that must turn red."""

    mutant: Mutant
    red: frozenset[str]


def _cases() -> list[Case]:
    told = tomllib.loads(Path(__file__).with_name("step_mutants.toml").read_text(encoding="utf-8"))["mutant"]
    return [
        Case(Mutant(**{name: each[name] for name in each if name != "red"}), frozenset(each["red"])) for each in told
    ]


CASES = _cases()
FIRST = list({case.mutant.step: case for case in CASES}.values())
"""The last of each step: the short form."""


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(case.mutant.how for case in CASES)
    assert len(CASES) == len({case.mutant for case in CASES}) >= 100
    assert min(kinds.values()) >= 30
    assert len({case.mutant.step for case in CASES}) >= 35


def test_nothing_is_red_while_no_step_is_touched() -> None:
    assert red_lines(None) == set()


@pytest.mark.parametrize("case", FIRST, ids=lambda case: str(case.mutant))
def test_exactly_its_lines_turn_red(case: Case) -> None:
    assert red_lines(case.mutant) == case.red


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.mutant))
def test_exactly_its_lines_turn_red_of_every_mutant(case: Case) -> None:
    assert red_lines(case.mutant) == case.red
