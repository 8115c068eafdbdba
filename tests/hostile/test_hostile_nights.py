"""Item 4 of issue 12: a hostile file costs little, is answered, and touches no other file of its night."""

import itertools
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile_files import hostile_files
from hostile_forms import hostile_forms
from hostile_nights import Night, night
from hostile_packages import Maker
from hostile_photographs import hostile_photographs
from hostile_signs import hostile_signs

AS_OF = "2019-01-30T00:05"
MOST_SECONDS, MOST_MEGABYTES = 5, 600
MAKERS: dict[str, Maker] = {
    **dict(hostile_forms()),
    **dict(hostile_signs()),
    **dict(hostile_photographs()),
    **dict(hostile_files()),
}
FEW = (
    "encrypted_core",
    "merged_whole_sheet",
    "no_calc_pr",
    "type_of_styles_is_worksheet",
    "fonts_40000",
    "ole_table_listed_over_and_over_8_mb",
    "far_cell_in_an_unknown_encoding",
    "photographs_12_of_1_mb",
    "link_of_a_whole_sheet",
)
MOST_SECONDS_OF_FEW = 8
"""For all of the few in one night: they take 5.4 s, the dearest 2.2 of them, so that any that took five goes beyond."""
Make = Callable[[str, Mapping[str, bytes]], Path]
Verdicts = dict[str, tuple[object, ...]]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the memory of a tree of processes is read from /proc")


@dataclass(frozen=True)
class Outcome:
    """A night with hostile files, or with none: what it took, every verdict by path, and which files have an answer."""

    night: Night
    verdicts: Verdicts
    answered: frozenset[str]


@pytest.fixture(scope="module")
def with_few(so: Make, forms: tuple[bytes, ...]) -> Outcome:
    """One night with all of the few, each made of the form of one division or of the other."""
    originals = zip(FEW, itertools.cycle(forms), strict=False)
    return _outcome(so("few", {f"{name}.xlsx": MAKERS[name](form) for name, form in originals}))


@pytest.fixture(scope="module")
def without(so: Make, with_few: Outcome) -> Outcome:
    """The night without a hostile file, after another that warmed the disk."""
    assert with_few.night.code == 0
    return _outcome(so("without", {}))


def test_there_are_at_least_120_kinds() -> None:
    assert len(MAKERS) >= 120


@pytest.mark.parametrize("name", FEW)
def test_a_few_of_them(name: str, with_few: Outcome) -> None:
    assert _faults_of_file(f"{name}.xlsx", with_few) == []


def test_a_few_of_them_cost_their_night_little_and_touch_no_other_file(with_few: Outcome, without: Outcome) -> None:
    hostile = {f"{name}.xlsx" for name in FEW}
    assert _faults_of_night(hostile, with_few, without, MOST_SECONDS_OF_FEW) == []


@pytest.mark.long
def test_each_of_them(so: Make, form: bytes, without: Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole night each; the figures are printed, the dearest first."""
    tried = {name: _tried(name, so, form, without) for name in MAKERS}
    with capsys.disabled():
        sys.stdout.write("\n" + "".join(f"{one}\n" for one, _ in sorted(tried.values(), key=_cost, reverse=True)))
    assert [f"{name}: {fault}" for name, (_, faults) in tried.items() for fault in faults] == []


@dataclass(frozen=True)
class Figures:
    """What a file cost the night that it was in: seconds beyond those of the night without it, the highest memory."""

    name: str
    seconds: float
    megabytes: float
    verdict: tuple[object, ...]

    def __str__(self) -> str:
        return f"{self.name:45} {self.seconds:6.1f} s {self.megabytes:5.0f} MB  {self.verdict}"


def _cost(tried: tuple[Figures, list[str]]) -> float:
    return max(tried[0].seconds / MOST_SECONDS, tried[0].megabytes / MOST_MEGABYTES)


def _tried(name: str, so: Make, form: bytes, without: Outcome) -> tuple[Figures, list[str]]:
    """The figures, and what is not as it should be."""
    root = so(name, {"xau.xlsx": MAKERS[name](form)})
    outcome = _outcome(root)
    shutil.rmtree(root.parent)
    seconds = outcome.night.processor - without.night.processor
    figures = Figures(name, seconds, outcome.night.megabytes, _verdict("xau.xlsx", outcome))
    faults = _faults_of_night({"xau.xlsx"}, outcome, without, MOST_SECONDS)
    return figures, [*faults, *_faults_of_file("xau.xlsx", outcome)]


def _outcome(root: Path) -> Outcome:
    """The night held over a workspace."""
    held = night(root, AS_OF)
    answers = (root / "outbox" / "phan_hoi").rglob("*__????????.xlsx")
    return Outcome(held, _verdicts(root), frozenset(f"{path.stem.rpartition('__')[0]}.xlsx" for path in answers))


def _faults_of_night(hostile: set[str], outcome: Outcome, without: Outcome, most_seconds: float) -> list[str]:
    """What the hostile files did to their night and to the good form."""
    one, seconds = outcome.night, outcome.night.processor - without.night.processor
    others = {path: verdict for path, verdict in outcome.verdicts.items() if path not in hostile}
    return [
        *([f"exit {one.code}: {one.err}"] if one.code else []),
        *([f"{seconds:.1f} s"] if seconds > most_seconds else []),
        *([f"{one.megabytes:.0f} MB"] if one.megabytes > MOST_MEGABYTES else []),
        *([f"the good form: {others}"] if others != without.verdicts else []),
        *([f"fault: {one.report['faults']}"] if one.report.get("faults") else []),
    ]


def _faults_of_file(path: str, outcome: Outcome) -> list[str]:
    """What is not as it should be in the verdict of a hostile file."""
    verdict = _verdict(path, outcome)
    return [
        *([f"no answer: {verdict}"] if path not in outcome.answered and verdict[0] != "accepted" else []),
        *([f"fault of ours: {verdict}"] if verdict[0] == "internal_fault" else []),
    ]


def _verdict(path: str, outcome: Outcome) -> tuple[object, ...]:
    return outcome.verdicts.get(path, ("none",))


def _verdicts(root: Path) -> Verdicts:
    """Path to verdict and the codes and cells of its findings."""
    query = "SELECT a.path, s.verdict, s.submission_id FROM submission s JOIN arrival a USING (arrival_id)"
    findings = "SELECT code, cell FROM finding WHERE submission_id = ? ORDER BY position"
    with sqlite3.connect(root / "archive" / "ledger.sqlite") as ledger:
        return {
            path: (verdict, *ledger.execute(findings, (submission,)).fetchall()[:3])
            for path, verdict, submission in ledger.execute(query).fetchall()
        }
