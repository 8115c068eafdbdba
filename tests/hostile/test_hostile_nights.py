"""Item 4 of issue 12: a hostile file costs little, is answered, and touches no other file of its night."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_files import hostile_files
from hostile_forms import hostile_forms
from hostile_nights import Night, night
from hostile_packages import Maker

AS_OF = "2019-01-30T00:05"
MOST_SECONDS, MOST_MEGABYTES = 5, 600
MAKERS: dict[str, Maker] = {**dict(hostile_forms()), **dict(hostile_files())}
FEW = (
    "encrypted_core",
    "merged_whole_sheet",
    "no_calc_pr",
    "type_of_styles_is_worksheet",
    "fonts_40000",
    "ole_table_listed_over_and_over_8_mb",
    "far_cell_in_an_unknown_encoding",
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
    tried = {name: _tried(name, so, form, without) for name in MAKERS}
    with capsys.disabled():
        sys.stdout.write("\n" + "".join(f"{line}\n" for line, _ in tried.values()))
    assert [f"{name}: {fault}" for name, (_, faults) in tried.items() for fault in faults] == []


def _tried(
    name: str, so: Make, form: bytes, without: tuple[Night, dict[str, tuple[object, ...]]]
) -> tuple[str, list[str]]:
    """A line of figures, and what is not as it should be."""
    root = so(name, MAKERS[name](form))
    quiet, expected = without
    one, told = night(root, AS_OF), _told(root)
    seconds, waited = one.processor - quiet.processor, one.seconds - quiet.seconds
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
    took = f"{seconds:6.1f} s (by the clock {waited:5.1f}) {one.megabytes:5.0f} MB"
    return f"{name:45} {took}  {verdict} {'!!' if faults else ''}", faults


def _told(root: Path) -> dict[str, tuple[object, ...]]:
    """Path to verdict and the codes and cells of its findings."""
    query = "SELECT a.path, s.verdict, s.submission_id FROM submission s JOIN arrival a USING (arrival_id)"
    findings = "SELECT code, cell FROM finding WHERE submission_id = ? ORDER BY position"
    with sqlite3.connect(root / "archive" / "ledger.sqlite") as ledger:
        return {
            path: (verdict, *ledger.execute(findings, (submission,)).fetchall()[:3])
            for path, verdict, submission in ledger.execute(query).fetchall()
        }
