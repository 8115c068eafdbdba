"""Nights of January 2019, what they leave in the outbox and in the ledger, and the second, calm one."""

import datetime as dt
import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline.editions import frames
from pipeline.nightly import RunReport, run_night
from pipeline.workspace import Workspace

NIGHTS = tuple(dt.datetime(2019, 1, day, 0, 5) for day in range(20, 29))
QUARTER = dt.timedelta(minutes=15)
"""After which the next run of a day comes."""


def dropped(workspace: Workspace, name: str, content: bytes) -> Path:
    """The file in the inbox."""
    path = workspace.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def night(workspace: Workspace, number: int) -> RunReport:
    """The run of one of ``NIGHTS``, which has no fault of ours."""
    report = run_night(workspace, NIGHTS[number])
    assert report.faults == ()
    return report


@contextmanager
def no_workbook_is_drawn() -> Iterator[None]:
    """Within it the frames of the committee's workbooks are made, for the page tells of them, and nothing is drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "workbook_of", lambda *_: b"")
        yield


def calm_night(workspace: Workspace, number: int) -> None:
    """A night in which nothing comes and nobody is answered."""
    assert is_calm(night(workspace, number))


def is_calm(report: RunReport) -> bool:
    """Whether nothing came in a night and nobody was answered."""
    return (report.arrived, report.feedback, report.pre_checked, report.seen_again) == (0, (), (), ())


def remarked(workbook: bytes, remark: str) -> bytes:
    """The same workbook with a remark in its package, where no form has anything: other bytes."""
    held = io.BytesIO()
    held.write(workbook)
    with zipfile.ZipFile(held, "a") as package:
        package.comment = remark.encode()
    return held.getvalue()


def answers_to(content: bytes, answers: Sequence[str]) -> list[str]:
    """Those answers of a report that are to these bytes."""
    return [answer for answer in answers if f"__{hashlib.sha256(content).hexdigest()[:8]}" in answer]


def verdicts(workspace: Workspace) -> list[tuple[str, str, list[str]]]:
    """Path, verdict and error codes of every submission, in the order of judging."""
    query = "SELECT a.path, s.verdict, s.submission_id FROM submission s JOIN arrival a USING (arrival_id) ORDER BY 3"
    errors = "SELECT code FROM finding WHERE submission_id = ? AND severity = 'error' ORDER BY position"
    with sqlite3.connect(workspace.ledger_file) as connection:
        return [
            (path, verdict, [code for (code,) in connection.execute(errors, (number,))])
            for path, verdict, number in connection.execute(query).fetchall()
        ]


def page(workspace: Workspace, number: int) -> str:
    """The secretary's page of one of ``NIGHTS``."""
    return (workspace.outbox / "nhat_ky" / f"{NIGHTS[number]:%Y-%m-%d}.md").read_text(encoding="utf-8")


def what_is_to_do(workspace: Workspace, day: dt.date) -> list[tuple[str, dict[str, str]]]:
    """What a day's data ask for: the matter with its facts."""
    path = workspace.outbox / "nhat_ky" / f"{day:%Y-%m-%d}.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [(one["matter"], one["facts"]) for one in data["to_do"]]


def to_do(workspace: Workspace, number: int) -> list[tuple[str, dict[str, str]]]:
    """What the data of one of ``NIGHTS`` ask for."""
    return what_is_to_do(workspace, NIGHTS[number])


def matters(workspace: Workspace, number: int) -> list[str]:
    """What the day's data ask for, by matter alone."""
    return [matter for matter, _ in to_do(workspace, number)]
