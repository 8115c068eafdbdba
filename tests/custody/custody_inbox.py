"""The night that is killed and disturbed: an inbox of 40 files, or of a few, and what it must come to."""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from pipeline.workspace import Workspace

AS_OF = "2019-06-10T00:05"
FEW_AS_OF = "2019-02-12T00:05"
"""Before the half-year's forms are due: one workbook is published."""
STAMP = 4_102_444_800
"""In the year 2100: later than the change time that copying gives, which nobody can set; so the stamps of all copies agree."""
_BEFORE_THE_NIGHT = 1_546_300_800  # 1/1/2019
_PASSWORD = Path(__file__).parents[1] / "intake" / "fixtures" / "password.xlsx"
PLAN, OTHER_PLAN, THIRD_PLAN = "VP/BM-01 VP 2019.xlsx", "TTR/BM-01 TTR 2019.xlsx", "NCC/BM-01 NCC 2019.xlsx"
POLICY = "VP/BM-03_2019-KH_VP.xlsx"
PRIVATE = "KHTC/Theo doi kinh phi quy II.xlsx"
_FEW = (
    PLAN,
    OTHER_PLAN,
    THIRD_PLAN,
    "GDNN/MTCL GDNN.xlsx",
    "GDNN/MTCL GDNN (sua lan 2).xlsx",
    POLICY,
    PRIVATE,
)


def forty_files(demo: Workspace, root: Path) -> Workspace:
    """A workspace with nothing remembered: the demo's 34 files (two obligations in two versions), four that are
    damaged, and two that hold the bytes of others under other names; an old lock file beside them, which holds nothing back.
    """
    names = [path.relative_to(demo.inbox).as_posix() for path in sorted(demo.inbox.rglob("*")) if path.is_file()]
    workspace = _copied(demo, root, names)
    plan = (workspace.inbox / PLAN).read_bytes()
    for name, content in _odd_files(plan).items():
        (workspace.inbox / name).write_bytes(content)
    _far_cell(workspace.inbox / "o_rat_xa.xlsx")
    return _stamped(workspace)


def few_files(demo: Workspace, root: Path) -> Workspace:
    """A smaller one, for faults that need no more: eight files, two of them versions of one plan, one a copy."""
    workspace = _copied(demo, root, _FEW)
    shutil.copy2(workspace.inbox / PLAN, workspace.inbox / "Copy of BM-01.xlsx")
    return _stamped(workspace)


def _odd_files(plan: bytes) -> Mapping[str, bytes]:
    return {
        "rong.xlsx": b"",
        "cat_ngan.xlsx": plan[: len(plan) // 2],
        "mat_khau.xlsx": _PASSWORD.read_bytes(),
        "Copy of BM-01 VP 2019.xlsx": plan,
        "VP/rong (1).xlsx": b"",
    }


def _far_cell(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_string("A1", "x")
        sheet.write_string("XFD1048576", "x")


def _copied(demo: Workspace, root: Path, names: tuple[str, ...] | list[str]) -> Workspace:
    workspace = Workspace(root)
    for name in names:
        target = workspace.inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(demo.inbox / name, target)
    for file in (demo.settings_file, demo.directory_file):
        shutil.copy2(file, root)
    settings = re.sub(r"settle_seconds.*\n", "", workspace.settings_file.read_text(encoding="utf-8"))
    settings = settings.replace("[limits]\n", "[limits]\nsettle_seconds = 0\n")
    workspace.settings_file.write_text(settings, encoding="utf-8")
    return workspace


def _stamped(workspace: Workspace) -> Workspace:
    for path in workspace.inbox.rglob("*"):
        stamp = _BEFORE_THE_NIGHT if path.name.startswith("~$") else STAMP
        os.utime(path, (stamp, stamp))
    return workspace


def put(workspace: Workspace, name: str, content: bytes) -> None:
    """A file into the inbox, as it lay there at first."""
    path = workspace.inbox / name
    path.write_bytes(content)
    os.utime(path, (STAMP, STAMP))


def copy_of(workspace: Workspace, root: Path) -> Workspace:
    """The same workspace again, at another place."""
    shutil.copytree(workspace.root, root)
    return Workspace(root)
