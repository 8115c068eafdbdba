"""The demo's two years: what arrives each night, what the secretary does beside, and the run over it."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.demo.content import Merger, content_of, directory_rows, settings_text
from pipeline.demo.filling import Filling, fill
from pipeline.demo.submissions import Forger
from pipeline.desk.correspondence import write_report
from pipeline.desk.issuing import issue_period
from pipeline.desk.recording import Grounds, present
from pipeline.desk.starting import furnish, write_blank_templates
from pipeline.forms import DIRECTORY
from pipeline.night.frame import Progress
from pipeline.nightly import RunOptions, RunReport, run_night
from pipeline.settings import AgencyName, Period
from pipeline.templates.template import Issue, template_bytes
from pipeline.workspace import VIETNAM, Workspace, load_settings, open_workspace


@dataclass(frozen=True)
class Night:
    """One run and what had come in before it: each file's place in the inbox, and the forger's word for its content.

    ``period`` is that of the forms. ``settings`` names what the secretary added to qms.toml before, ``merger`` what
    befell the directory, ``presented`` how its workbook was laid before the Steering Committee afterwards, with a
    report.
    """

    as_of: dt.datetime
    period: str
    files: Mapping[str, str] = field(default_factory=dict)
    settings: str = ""
    merger: Merger | None = None
    presented: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Night":
        """A night as the data have it."""
        merger = content.get("merger")
        return cls(**{**content, "merger": merger and Merger(**merger)})


_STORY = content_of("nights")
NIGHTS = tuple(Night.of(night) for night in _STORY["nights"])
"""The first half of 2019, from an empty ledger on when it is replayed alone."""
TWO_YEARS = (*map(Night.of, _STORY["before"]), *NIGHTS, *map(Night.of, _STORY["after"]))
"""2018 and 2019 whole; the demo's numbers in the README come from the last night."""


def replay(
    folder: Path, nights: Sequence[Night] = TWO_YEARS, *, progress: Progress = lambda *_: None
) -> list[RunReport]:
    """Build the demo workspace in an empty folder and run its nights, then issue the forms of the last one's period.

    Raises:
        OperatorError: E810, the folder holds something already; E805, it cannot be written.
    """
    workspace = build(folder)
    reports = [_lived(workspace, night, progress) for night in nights]
    settings = load_settings(workspace).settings
    issue_period(workspace, settings, Period.parse(nights[-1].period), None, now=nights[-1].as_of)
    return reports


def _lived(workspace: Workspace, night: Night, progress: Progress) -> RunReport:
    """One night, with what people did before and after it."""
    if night.settings:
        text = workspace.settings_file.read_text(encoding="utf-8")
        workspace.settings_file.write_text(text + "\n" + settings_text(night.settings), encoding="utf-8")
    if night.merger is not None:
        workspace.directory_file.write_bytes(demo_directory(night.merger))
    drop_all(workspace, night)
    report = run_night(workspace, night.as_of, RunOptions(progress=progress))
    if night.presented is not None:
        period, grounds = Period.parse(night.period), Grounds(**night.presented)
        write_report(workspace, load_settings(workspace).settings, period, grounds.as_of)
        present(workspace, period, grounds)
    return report


def build(folder: Path) -> Workspace:
    """The demo workspace before its first night: settings, directory, blank templates, an empty inbox."""
    furnish(folder, settings_text(), demo_directory())
    workspace = open_workspace(folder)
    write_blank_templates(workspace, load_settings(workspace).settings)
    return workspace


def demo_directory(merger: Merger | None = None) -> bytes:
    """danh_muc.xlsx with the demo's divisions and staff, filled through its own template."""
    agency = AgencyName(name="", superior="", place="")
    issue = Issue(lists={}, agency=agency, made_on=dt.date(2019, 1, 1))
    return fill(template_bytes(DIRECTORY, issue), DIRECTORY, Filling(rows=directory_rows(merger)), {})


def drop_all(workspace: Workspace, night: Night) -> None:
    """Put a night's files into the inbox, stamped some hours before the run."""
    forger = Forger(workspace, Period.parse(night.period))
    stamp = (night.as_of - dt.timedelta(hours=7)).replace(tzinfo=VIETNAM).timestamp()
    for place, kind in night.files.items():
        path = workspace.inbox / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(getattr(forger, kind)(path.parent.name))
        os.utime(path, (stamp, stamp))
