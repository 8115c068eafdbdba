"""The demo's year: what arrives each night, and the run over it."""

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.demo.content import content_of, directory_rows, settings_text
from pipeline.demo.filling import Filling, fill
from pipeline.demo.submissions import Forger
from pipeline.desk.issuing import issue_period
from pipeline.desk.starting import furnish, write_blank_templates
from pipeline.forms import DIRECTORY
from pipeline.night.frame import Progress
from pipeline.nightly import RunOptions, RunReport, run_night
from pipeline.settings import AgencyName, Period
from pipeline.templates.template import Issue, template_bytes
from pipeline.workspace import VIETNAM, Workspace, load_settings, open_workspace


@dataclass(frozen=True)
class Night:
    """One run and what had come in before it: each file's place in the inbox, and the forger's word for its content."""

    as_of: dt.datetime
    files: Mapping[str, str] = field(default_factory=dict)


NIGHTS = tuple(Night(**night) for night in content_of("nights")["nights"])
"""The nights of 2019 that are replayed; the demo's numbers in the README come from the last."""


def replay(folder: Path, *, progress: Progress = lambda *_: None) -> list[RunReport]:
    """Build the demo workspace in an empty folder and run its nights; the last is 2019-06-10T00:05.

    Raises:
        OperatorError: E810, the folder holds something already; E805, it cannot be written.
    """
    workspace = build(folder)
    reports = []
    for night in NIGHTS:
        drop_all(workspace, night)
        reports.append(run_night(workspace, night.as_of, RunOptions(progress=progress)))
    settings = load_settings(workspace).settings
    issue_period(workspace, settings, Period.parse("2019-6T"), None, now=NIGHTS[-1].as_of)
    return reports


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


def drop_all(workspace: Workspace, night: Night) -> None:
    """Put a night's files into the inbox, stamped some hours before the run."""
    forger = Forger(workspace)
    stamp = (night.as_of - dt.timedelta(hours=7)).replace(tzinfo=VIETNAM).timestamp()
    for place, kind in night.files.items():
        path = workspace.inbox / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(getattr(forger, kind)(path.parent.name))
        os.utime(path, (stamp, stamp))
