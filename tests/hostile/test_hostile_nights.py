"""Item 4 of issue 12: a hostile file costs little, is answered, and touches no other file of its night."""

import shutil
import sqlite3
import sys
from collections.abc import Callable
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
Make = Callable[[str, bytes | None], Path]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the memory of a tree of processes is read from /proc")


@pytest.fixture
def without(so: Make) -> tuple[Night, dict[str, tuple[object, ...]]]:
    """The night without a hostile file, twice: the first one warms the disk."""
    night(so("warm", None), AS_OF)
    root = so("without", None)
    return night(root, AS_OF), _told(root)


def test_there_are_at_least_120_kinds() -> None:
    assert len(MAKERS) >= 120


@pytest.mark.parametrize("name", FEW)
def test_a_few_of_them(name: str, so: Make, form: bytes, without: tuple[Night, dict[str, tuple[object, ...]]]) -> None:
    _, faults = _tried(name, so, form, without)
    assert faults == []


@pytest.mark.long
def test_each_of_them(
    so: Make,
    form: bytes,
    without: tuple[Night, dict[str, tuple[object, ...]]],
    capsys: pytest.CaptureFixture[str],
) -> None:
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


def _tried(
    name: str, so: Make, form: bytes, without: tuple[Night, dict[str, tuple[object, ...]]]
) -> tuple[Figures, list[str]]:
    """The figures, and what is not as it should be."""
    root = so(name, MAKERS[name](form))
    quiet, expected = without
    one, told = night(root, AS_OF), _told(root)
    seconds = one.processor - quiet.processor
    verdict = told.pop("xau.xlsx", ("none",))
    answers = list((root / "outbox" / "phan_hoi").rglob("xau__*.xlsx"))
    faults = [
        *([f"exit {one.code}: {one.err}"] if one.code else []),
        *([f"{seconds:.1f} s"] if seconds > MOST_SECONDS else []),
        *([f"{one.megabytes:.0f} MB"] if one.megabytes > MOST_MEGABYTES else []),
        *([f"the good form: {told}"] if told != expected else []),
        *([f"no answer: {verdict}"] if not answers and verdict[0] != "accepted" else []),
        *([f"fault: {one.report['faults']}"] if one.report.get("faults") else []),
        *([f"fault of ours: {verdict}"] if verdict[0] == "internal_fault" else []),
    ]
    shutil.rmtree(root)
    return Figures(name, seconds, one.megabytes, verdict), faults


def _told(root: Path) -> dict[str, tuple[object, ...]]:
    """Path to verdict and the codes and cells of its findings."""
    query = "SELECT a.path, s.verdict, s.submission_id FROM submission s JOIN arrival a USING (arrival_id)"
    findings = "SELECT code, cell FROM finding WHERE submission_id = ? ORDER BY position"
    with sqlite3.connect(root / "archive" / "ledger.sqlite") as ledger:
        return {
            path: (verdict, *ledger.execute(findings, (submission,)).fetchall()[:3])
            for path, verdict, submission in ledger.execute(query).fetchall()
        }
