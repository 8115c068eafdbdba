"""Nights in which our own code fails on some files, originals are lost and files are put back: each at its division."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from edges_forms import Forms
from edges_nights import NIGHTS, dropped, night, no_workbook_is_drawn, page, to_do
from openpyxl import load_workbook

from pipeline import nightly
from pipeline.findings import Verdict
from pipeline.judging import reading
from pipeline.night import deciding
from pipeline.nightly import RunReport, run_night
from pipeline.workspace import Workspace

STAYS, IS_MENDED = "KHTC", "VP"
"""The divisions on whose forms our code fails: for days, and until the morning."""
IS_GONE, IS_CHANGED, SENDS_AGAIN, READS_RECEIPTS, COMES_BACK = "NCC", "TTR", "LDTL", "GDNN", "TEBDG"
"""Those whose originals are lost before they are judged; the third and fourth have none in the inbox either."""
IS_MISPLACED, ITS_PLACE, IS_PUT_BACK = "BTXH", "PCTNXH", "VLATLD"
"""Whose form lay in another's folder, whose folder that was, and who puts a file back to what it was."""
LOST: Mapping[str, bytes | None] = {
    IS_GONE: None,
    IS_CHANGED: b"other",
    SENDS_AGAIN: None,
    READS_RECEIPTS: None,
    COMES_BACK: b"other",
}
"""What stands in the place of the original."""
INTERVALS = "SELECT not_before, not_after, arrived_at FROM arrival WHERE path = ? OR sha256 = ? ORDER BY arrival_id"
MORNING = {number: NIGHTS[number].replace(hour=8) for number in (0, 1)}


@dataclass
class Anew:
    """What was sent, the reports of the nights and mornings in their order, and what was read between them."""

    workspace: Workspace
    content: Mapping[str, bytes]
    reports: list[RunReport] = field(default_factory=list)
    requests: list[list[tuple[str, dict[str, str]]]] = field(default_factory=list)
    receipts: list[list[tuple[object, ...]]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    tried: list[object] = field(default_factory=list)
    arrivals_of_fault: int = 0

    def night(self, number: int) -> None:
        """One of ``NIGHTS``."""
        self.reports.append(night(self.workspace, number))
        self._read(number)

    def morning(self, number: int) -> None:
        """The run at eight of one of ``NIGHTS``."""
        self.reports.append(run_night(self.workspace, MORNING[number]))
        assert self.reports[-1].faults == ()
        self._read(number)

    def _read(self, number: int) -> None:
        self.requests.append(to_do(self.workspace, number))
        self.pages.append(page(self.workspace, number))
        self.receipts.append(receipts(self.workspace, READS_RECEIPTS))

    def drop(self, path: str, content: bytes) -> None:
        """A file into the inbox."""
        dropped(self.workspace, path, content)

    def unlink(self, *paths: str) -> None:
        """Files out of it."""
        for path in paths:
            (self.workspace.inbox / path).unlink()

    def intervals(self, division: str) -> list[tuple[str, ...]]:
        """Of each arrival of a division's file."""
        with sqlite3.connect(self.workspace.ledger_file) as connection:
            return connection.execute(INTERVALS, (f"{division}/a.xlsx", sha256(self.content[division]))).fetchall()


def sha256(content: bytes) -> str:
    """As the archive names it."""
    return hashlib.sha256(content).hexdigest()


def receipts(workspace: Workspace, division: str) -> list[tuple[object, ...]]:
    """Name, effect and remark of each line of a division's book."""
    sheet = load_workbook(workspace.outbox / "phan_hoi" / division / "So_tiep_nhan.xlsx", data_only=True).worksheets[0]
    first, last = str(sheet.tables["so_tiep_nhan"].ref).split(":")
    header, *rows = [[cell.value for cell in row] for row in sheet[first:last]]
    return [tuple(row[header.index(name)] for name in ("Tên tệp đã nộp", "Hiện nay", "Ghi chú")) for row in rows]


@contextmanager
def failing(contents: Iterable[bytes]) -> Iterator[None]:
    """A mistake of ours keeps these forms from being parsed."""
    recognised, faulty = reading.recognised, {sha256(content) for content in contents}

    def broken(one: reading.Submission, *given: object) -> object:
        if any(one.path.name.startswith(sha) for sha in faulty):
            raise RuntimeError
        return recognised(one, *given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "recognised", broken)
        yield


@contextmanager
def losing(anew: Anew) -> Iterator[None]:
    """The originals of ``LOST`` go, or become other bytes, between arrival and verdict."""
    decide = nightly.judge_pending

    def judged(run: object) -> object:
        for division, content in LOST.items():
            _replace(anew, division, content)
        return decide(run)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nightly, "judge_pending", judged)
        yield


def _replace(anew: Anew, division: str, content: bytes | None) -> None:
    (original,) = (anew.workspace.archive / "originals").glob(f"{sha256(anew.content[division])}*")
    if content is None:
        original.unlink()
    else:
        original.write_bytes(content)


@contextmanager
def noting_trials(anew: Anew) -> Iterator[None]:
    """What is tried again is noted, and not tried."""

    def noted(*given: object) -> list[Verdict]:
        anew.tried.append(given)
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deciding, "_tried", noted)
        yield


def nights_of(workspace: Workspace, forms: Forms) -> Anew:
    """All of them; the last, in which nothing comes, draws the workbook of what all came to."""
    with no_workbook_is_drawn():
        anew = _eventful_nights(workspace, forms)
    anew.night(5)
    return anew


def _eventful_nights(workspace: Workspace, forms: Forms) -> Anew:
    """What is done before each stands before it."""
    divisions = (IS_MENDED, *LOST, IS_MISPLACED, IS_PUT_BACK)
    anew = Anew(workspace, {STAYS: forms.spoilt(STAYS), **{one: forms.plan(one) for one in divisions}})
    plan, revised = anew.content[IS_PUT_BACK], forms.revised(IS_PUT_BACK)
    for division, content in anew.content.items():
        anew.drop(f"{ITS_PLACE if division == IS_MISPLACED else division}/a.xlsx", content)
    with failing([anew.content[STAYS]]):
        with failing([anew.content[IS_MENDED]]), losing(anew):
            anew.night(0)
        anew.unlink(*(f"{division}/a.xlsx" for division in (SENDS_AGAIN, READS_RECEIPTS, COMES_BACK)))
        _replace(anew, COMES_BACK, anew.content[COMES_BACK])
        anew.morning(0)
        anew.unlink(f"{ITS_PLACE}/a.xlsx")
        anew.drop(f"{IS_MISPLACED}/a.xlsx", anew.content[IS_MISPLACED])
        anew.drop("a.xlsx", anew.content[IS_MISPLACED])
        anew.drop(f"{IS_PUT_BACK}/a.xlsx", revised)
        anew.night(1)
        with noting_trials(anew):
            anew.morning(1)
        anew.arrivals_of_fault = len(anew.intervals(STAYS))
        anew.drop(f"{SENDS_AGAIN}/lai.xlsx", anew.content[SENDS_AGAIN])
        anew.drop(f"{READS_RECEIPTS}/a.xlsx", anew.content[READS_RECEIPTS])
        anew.drop(f"{IS_PUT_BACK}/a.xlsx", plan)
        anew.night(2)
    anew.unlink(f"{STAYS}/a.xlsx")
    for number, content in ((3, revised), (4, plan)):
        anew.drop(f"{IS_PUT_BACK}/a.xlsx", content)
        anew.night(number)
    return anew
