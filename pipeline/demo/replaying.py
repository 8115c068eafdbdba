"""The demo's year: what arrives each night, and the run over it."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.demo.content import directory_rows, settings_text
from pipeline.demo.filling import Filling, fill
from pipeline.demo.submissions import Forger
from pipeline.desk.issuing import issue_period
from pipeline.desk.starting import furnish, write_blank_templates
from pipeline.forms import DIRECTORY
from pipeline.night.frame import Progress
from pipeline.nightly import RunOptions, RunReport, run_night
from pipeline.settings import AgencyName, Period
from pipeline.workbooks.template import Issue, template_bytes
from pipeline.workspace import VIETNAM, Workspace, load_settings, open_workspace

MAIN_DIVISIONS = ("BTXH", "GDNN", "KHTC", "LDTL", "NCC", "PCTNXH", "TEBDG", "TTR", "VLATLD", "VP")


@dataclass(frozen=True)
class Drop:
    """One file dropped into the inbox."""

    name: str
    content: Callable[[Forger], bytes]


@dataclass(frozen=True)
class Night:
    """One run and what had come in before it."""

    as_of: dt.datetime
    drops: tuple[Drop, ...]


def replay(folder: Path, *, progress: Progress = lambda *_: None) -> list[RunReport]:
    """Build the demo workspace in an empty folder and run its nights; the last is 2019-06-10T00:05.

    Raises:
        OperatorError: E810, the folder holds something already; E805, it cannot be written.
    """
    workspace = build(folder)
    return [report for report in _nights_run(workspace, progress)]  # noqa: C416 - the nights must run


def build(folder: Path) -> Workspace:
    """The demo workspace before its first night: settings, directory, blank templates, an empty inbox."""
    furnish(folder, settings_text(), demo_directory())
    workspace = open_workspace(folder)
    write_blank_templates(workspace, load_settings(workspace).settings)
    return workspace


def demo_directory() -> bytes:
    """danh_muc.xlsx with the demo's divisions and staff, filled through its own template."""
    agency = AgencyName(name="", superior="", place="")
    issue = Issue(lists={}, agency=agency, made_on=dt.date(2019, 1, 1))
    return fill(template_bytes(DIRECTORY, issue), DIRECTORY, Filling(rows=directory_rows()), {})


def _nights_run(workspace: Workspace, progress: Progress) -> Iterator[RunReport]:
    for night in NIGHTS:
        drop_all(workspace, night)
        yield run_night(workspace, night.as_of, RunOptions(progress=progress))
    settings = load_settings(workspace).settings
    issue_period(workspace, settings, Period.parse("2019-6T"), None, now=NIGHTS[-1].as_of)


def drop_all(workspace: Workspace, night: Night) -> None:
    """Put a night's files into the inbox, stamped some hours before the run."""
    forger = Forger(workspace)
    stamp = (night.as_of - dt.timedelta(hours=7)).replace(tzinfo=VIETNAM).timestamp()
    for drop in night.drops:
        path = workspace.inbox / drop.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(drop.content(forger))
        os.utime(path, (stamp, stamp))


def _plan(code: str, name: str = "BM-01 {code} 2019.xlsx") -> Drop:
    return Drop(f"{code}/{name.format(code=code)}", lambda forger: forger.plan(code))


def _report(code: str, name: str = "BM-02_2019-6T_{code}.xlsx") -> Drop:
    return Drop(f"{code}/{name.format(code=code)}", lambda forger: forger.report(code))


def _policy(code: str) -> Drop:
    return Drop(f"{code}/BM-03_2019-KH_{code}.xlsx", lambda forger: forger.policy(code))


NIGHTS: tuple[Night, ...] = (
    Night(dt.datetime(2019, 1, 22, 0, 5), ()),
    Night(
        dt.datetime(2019, 1, 26, 0, 5),
        (_plan("VP"), _plan("KHTC"), _plan("LDTL", "MTCL 2019 phong LDTL.xlsx")),
    ),
    Night(
        dt.datetime(2019, 1, 30, 23, 50),
        (
            *(_plan(code) for code in ("TTR", "NCC", "VLATLD", "BTXH", "TEBDG", "PCTNXH")),
            Drop("GDNN/MTCL GDNN.xlsx", lambda forger: forger.careless_plan("GDNN")),
        ),
    ),
    Night(dt.datetime(2019, 2, 12, 0, 5), (_plan("GDNN", "MTCL GDNN (sua lan 2).xlsx"),)),
    Night(
        dt.datetime(2019, 3, 30, 0, 5),
        tuple(_policy(code) for code in ("LDS", *MAIN_DIVISIONS) if code not in {"PCTNXH", "BTXH"}),
    ),
    Night(dt.datetime(2019, 4, 3, 0, 5), (_policy("PCTNXH"),)),
    Night(
        dt.datetime(2019, 6, 6, 0, 5),
        (
            *(_report(code) for code in ("VP", "KHTC", "TTR")),
            _report("LDTL", "BC ISO 6 thang (final) sua lan 2.xlsx"),
            Drop("NCC/BM-02_2019-6T_NCC.xlsx", lambda forger: forger.report_with_wrong_share("NCC")),
            Drop("VLATLD/BM-02_2019-6T_VLATLD.xlsx", lambda forger: forger.report_with_swapped_parts("VLATLD")),
            Drop("TCT/BM-04 theo doi cong bo.xlsx", lambda forger: forger.declaration("TCT")),
        ),
    ),
    Night(
        dt.datetime(2019, 6, 8, 0, 5),
        (
            _report("NCC", "BM-02_2019-6T_NCC (1).xlsx"),
            _report("GDNN"),
            _report("TEBDG"),
            Drop("BTXH/BM-02_2019-6T_BTXH.xlsx", lambda forger: forger.empty_report("BTXH")),
        ),
    ),
    Night(
        dt.datetime(2019, 6, 9, 23, 50),
        (Drop("PCTNXH/BM-02_2019-6T_PCTNXH.xlsx", lambda forger: forger.report_on_first_version("PCTNXH")),),
    ),
    Night(
        dt.datetime(2019, 6, 10, 0, 5),
        (
            Drop("KHTC/Theo doi kinh phi quy II.xlsx", lambda forger: forger.private_workbook()),
            Drop("BTXH/~$BM-02_2019-6T_BTXH.xlsx", lambda forger: forger.lock_file()),
        ),
    ),
)
"""The nights of 2019 that are replayed; the demo's numbers in the README come from the last."""
