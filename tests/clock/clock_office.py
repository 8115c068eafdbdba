"""An office of 2019 whose nights can be run under any clock: what came each night, and what is told in the end."""

import contextlib
import datetime as dt
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.cli import main
from pipeline.demo.replaying import build
from pipeline.demo.submissions import Forger
from pipeline.intake.inbox import Look
from pipeline.workspace import VIETNAM, Workspace, open_ledger

Files = Mapping[str, Callable[[Forger], bytes]]

NIGHTS: tuple[tuple[str, Files], ...] = (
    ("2019-01-22T00:05", {}),
    ("2019-01-26T00:05", {"VP/MT.xlsx": lambda made: made.plan("VP"), "KHTC/MT.xlsx": lambda made: made.plan("KHTC")}),
    (
        "2019-01-30T23:50",
        {"TTR/MT.xlsx": lambda made: made.plan("TTR"), "GDNN/MT.xlsx": lambda made: made.careless_plan("GDNN")},
    ),
    ("2019-02-12T00:05", {"GDNN/MT lan 2.xlsx": lambda made: made.plan("GDNN")}),
    (
        "2019-03-20T00:05",
        {"VP/CS.xlsx": lambda made: made.policy("VP"), "LDS/CS.xlsx": lambda made: made.policy("LDS")},
    ),
    ("2019-04-28T00:05", {"TTR/CS.xlsx": lambda made: made.policy("TTR")}),
    (
        "2019-06-06T00:05",
        {"VP/BC.xlsx": lambda made: made.report("VP"), "TCT/CB.xlsx": lambda made: made.declaration("TCT")},
    ),
    ("2019-06-08T00:05", {"KHTC/BC.xlsx": lambda made: made.empty_report("KHTC")}),
    ("2019-06-10T00:05", {"TTR/BC.xlsx": lambda made: made.report("TTR")}),
    ("2019-06-11T00:05", {"GDNN/BC.xlsx": lambda made: made.report("GDNN")}),
    ("2019-06-24T00:05", {"KHTC/BC lan 2.xlsx": lambda made: made.report("KHTC")}),
    ("2019-07-11T00:05", {}),
)  # fmt: skip
"""When each run was in truth, and what had come before it, stamped seven hours earlier."""
DECIDED: Mapping[int, tuple[str, ...]] = {
    6: ("extend", "--form", "BM-02", "--division", "GDNN", "--period", "2019-6T", "--until", "2019-06-15"),
    8: ("exempt", "--form", "BM-02", "--division", "LDTL", "--period", "2019-6T"),
}
"""What the secretary records in the morning after a night, dated by the same clock."""
NOW = "2019-07-12T08:00"
PERIODS = ("2019-KH", "2019-6T", "2019-CN")


def qms(workspace: Workspace, *words: str) -> tuple[int, Any]:
    """A command's exit code and its JSON."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main([*words, "--workspace", str(workspace.root), "--json"])
    return code, json.loads(out.getvalue())


def as_written(look_at: Callable[[Path], Look | None]) -> Callable[[Path], Look | None]:
    """Looks at a file as where a copy keeps its times: tests cannot set the change time of POSIX."""

    def look(path: Path) -> Look | None:
        seen = look_at(path)
        return seen and Look(seen.size, seen.written_ns, seen.written_ns)

    return look


@dataclass(frozen=True)
class Year:
    """The year under a right clock: the workspace before each night and after the last, and the files of each night."""

    folder: Path
    files: tuple[Mapping[str, bytes], ...]

    def before(self, night: int, place: Path) -> Workspace:
        """A copy of the workspace as it was before a night."""
        return Workspace(Path(shutil.copytree(self.folder / str(night), place)))

    @property
    def end(self) -> Workspace:
        """After the last night."""
        return Workspace(self.folder / str(len(NIGHTS)))

    def run(self, workspace: Workspace, night: int, clock: str | None = None) -> tuple[int, Any]:
        """A night's files, the run over them and what is decided in the morning, all dated by ``clock``."""
        drop(workspace, self.files[night], NIGHTS[night][0])
        at = clock or NIGHTS[night][0]
        sure = ["--yes-the-clock"] if clock else []
        done = qms(workspace, "run", "--as-of", at, *sure)
        if night in DECIDED and done[0] == 0:
            morning = (dt.datetime.fromisoformat(at) + dt.timedelta(hours=9)).isoformat()
            code, _ = qms(workspace, *DECIDED[night], "--reason", "lũ lụt", "--as-of", morning, *sure)
            assert code == 0
        return done


def drop(workspace: Workspace, files: Mapping[str, bytes], night: str) -> None:
    """Put files into the inbox, stamped seven hours before the night."""
    stamp = (dt.datetime.fromisoformat(night) - dt.timedelta(hours=7)).replace(tzinfo=VIETNAM).timestamp()
    for name, content in files.items():
        path = workspace.inbox / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (stamp, stamp))


def right_year(folder: Path) -> Year:
    """The year under a right clock."""
    workspace = build(folder / "0")
    forged: list[dict[str, bytes]] = []
    for number, (_, made) in enumerate(NIGHTS):
        forger = Forger(workspace)
        forged.append({name: make(forger) for name, make in made.items()})
        workspace = Workspace(Path(shutil.copytree(workspace.root, folder / str(number + 1))))
        code, told = Year(folder, tuple(forged)).run(workspace, number)
        assert code == 0, told
    return Year(folder, tuple(forged))


Told = dict[Any, dict[str, Any]]
_OF_INTERVALS = ("not_before", "not_after", "decided_by")


def obligations(workspace: Workspace) -> Told:
    """Every obligation by form, division, period."""
    asked = [qms(workspace, "status", "--period", period, "--as-of", NOW)[1] for period in PERIODS]
    return {(one["form"], one["division"], one["period"]): one for owed in asked for one in owed}


def states(told: Told) -> Told:
    """Obligations without the interval of their arrival, which a wrong look widens."""
    return {key: {name: _plain(one[name]) for name in one if name not in _OF_INTERVALS} for key, one in told.items()}


def _plain(value: object) -> object:
    """Without the numbers of decisions: one about clocks takes a number as well."""
    return re.sub(r"\(Ghi sổ số \d+\.\)", "", value) if isinstance(value, str) else value


def holds(wider: Told, narrower: Told) -> bool:
    """Whether every interval lies inside that of the other."""

    def ends(one: Mapping[str, Any]) -> tuple[str, str]:
        return one["not_before"] or "", one["not_after"] or "9"

    pairs = [(ends(wider[key]), ends(narrower[key])) for key in narrower]
    return all(outer[0] <= inner[0] and inner[1] <= outer[1] for outer, inner in pairs)


def reminded(workspace: Workspace) -> list[Any]:
    """Whom the letters go to and which debts they name."""
    return [qms(workspace, "remind", "--period", period, "--as-of", NOW)[1]["letters"] for period in PERIODS]


_OF_RUNS = {"Trong khoảng", "Kiểm tra lúc", "Ghi chú"}


def receipts(workspace: Workspace) -> dict[tuple[str, str], list[list[object]]]:
    """Every sheet of every book of receipts, without what a run's own time says."""
    return {
        (path.parent.name, sheet.title): list(_cells(sheet))
        for path in sorted(workspace.outbox.glob("phan_hoi/*/So_tiep_nhan.xlsx"))
        for sheet in load_workbook(path, data_only=True)
    }


def _cells(sheet: Worksheet) -> Iterator[list[object]]:
    left_out = {cell.column for cell in sheet[5] if sheet.title == "Sổ tiếp nhận" and cell.value in _OF_RUNS}
    for row in sheet.iter_rows():
        yield [_plain(cell.value) for cell in row if cell.column not in left_out]


def texts_of_receipts(workspace: Workspace) -> str:
    """Everything that the books of receipts say, dates in ISO form."""
    found = [
        str(cell.value)
        for path in sorted(workspace.outbox.glob("phan_hoi/*/So_tiep_nhan.xlsx"))
        for sheet in load_workbook(path, data_only=True)
        for row in sheet.iter_rows()
        for cell in row
    ]
    return "\n".join(found)


def rebuilt(workspace: Workspace, at: str) -> dict[str, bytes]:
    """The workbooks of a past night, by their paths in the outbox."""
    code, told = qms(workspace, "rebuild", "--as-of", at)
    assert code == 0, told
    return {name: (workspace.root / name).read_bytes() for name in told["files"]}


_NOT_OF_A_RUN = ("dung_lai", "thu_nhac", "lan_chay_cuoi.json")


def published(workspace: Workspace) -> dict[str, bytes]:
    """Every file of the outbox but what rebuilding and reminding put there, and the note of the last run."""
    return {
        path.relative_to(workspace.outbox).as_posix(): path.read_bytes()
        for path in sorted(workspace.outbox.rglob("*"))
        if path.is_file() and not any(name in str(path) for name in _NOT_OF_A_RUN)
    }


@dataclass(frozen=True)
class Case:
    """Which nights ran at which wrong time, and what is recorded of it.

    ``told``: before which night it is recorded that the clock was wrong from one night to another; ``revoked``: before
    which night the decision of that place is taken back; ``locks``: the night after is refused until it is recorded.
    """

    clocks: Mapping[int, str]
    told: tuple[tuple[int, int, int], ...] = ()
    revoked: tuple[tuple[int, int], ...] = ()
    locks: bool = False


@dataclass
class Played:
    """A case on its way: the runs by night, and the decisions by place."""

    case: Case
    year: Year
    workspace: Workspace
    runs: dict[int, str]
    decisions: list[int]

    def night(self, number: int) -> None:
        """One night under the clock of the case, after what is recorded before it."""
        clock = self.case.clocks.get(number)
        if self.case.locks and number == self.case.told[0][0]:
            code, refused = self.year.run(self.workspace, number, clock)
            assert (code, refused["error"]["code"]) == (3, "E804")
        self.decide(number)
        code, done = self.year.run(self.workspace, number, clock)
        assert code == 0, done
        self.runs[number] = done["run_id"]

    def decide(self, night: int) -> None:
        """What is recorded before a night."""
        evening = dt.datetime.fromisoformat(NIGHTS[night][0]) - dt.timedelta(hours=2)
        for before, first, last in self.case.told:
            if before == night:
                span = ("--wrong-from", self.runs[first], "--wrong-until", self.runs[last])
                self._record(evening, "clock", *span)
        for before, place in self.case.revoked:
            if before == night:
                self._record(evening + dt.timedelta(minutes=1), "withdraw", "--decision", str(self.decisions[place]))

    def _record(self, at: dt.datetime, *words: str) -> None:
        code, told = qms(self.workspace, *words, "--reason", "pin CMOS", "--as-of", at.isoformat())
        assert code == 0, told
        self.decisions.append(told["decision"])


def begun(case: Case, year: Year, place: Path) -> Played:
    """The year under the clocks of a case, until the evening before its last night."""
    first = min(case.clocks)
    workspace = year.before(first, place)
    played = Played(case, year, workspace, dict(enumerate(runs_of(workspace))), [])
    for number in range(first, len(NIGHTS) - 1):
        played.night(number)
    return played


def runs_of(workspace: Workspace) -> list[str]:
    """The ids of the runs so far."""
    if not workspace.ledger_file.exists():
        return []
    with open_ledger(workspace) as ledger:
        return [look.run_id for look in ledger.looks()]
