"""What the tests with LibreOffice share: the keys a clerk presses, one soffice for many files, the demo's year."""

import datetime as dt
import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from judged_nights import drop, take_and_judge

from pipeline.demo.content import settings_text
from pipeline.demo.filling import Typed
from pipeline.demo.replaying import NIGHTS, demo_directory
from pipeline.demo.submissions import Forger
from pipeline.desk.starting import furnish
from pipeline.intake.workers import Workers
from pipeline.judging import Ground, Submission, judge_forms
from pipeline.judging import read_submissions as submissions_of
from pipeline.ledger.contents import read_submissions
from pipeline.ledger.tables import read_rows
from pipeline.spreadsheet import cell_name
from pipeline.validation import knowledge
from pipeline.vietnamese import format_number
from pipeline.workspace import Workspace, load_settings, open_ledger

SCRIPT = Path(__file__).with_name("fill_with_libreoffice.py")
KINDS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "ods": "calc8"}
"""What a clerk may save a form as, and LibreOffice's names for it."""
SECONDS = 240.0
TABLES = ("objectives", "tasks", "declarations", "postings", "checks", "scope_changes")
"""What judging looks up in the ledger."""

Keys = tuple[str, str, str]
"""Sheet, cell, and the keys pressed there before Enter."""


@dataclass(frozen=True)
class Piece:
    """One file to be opened, typed into, and saved beside itself under ``name`` in each of ``kinds``."""

    template: Path
    name: str
    cells: Sequence[Keys] = ()
    kinds: Sequence[str] = ("xlsx",)

    def saved(self, kind: str) -> Path:
        """Where LibreOffice puts it."""
        return self.template.with_name(f"{self.name}.{kind}")


@dataclass(frozen=True)
class Clerk:
    """LibreOffice at a clerk's desk."""

    python: Path
    soffice: Path

    def work(
        self, pieces: Iterable[Piece], profile: Path, seconds: float = SECONDS
    ) -> "subprocess.CompletedProcess[str]":
        """Let one LibreOffice do all the pieces; ``profile`` is a folder that does not exist yet."""
        files = [
            {
                "template": str(piece.template),
                "cells": piece.cells,
                "saves": [(str(piece.saved(kind)), KINDS[kind]) for kind in piece.kinds],
            }
            for piece in pieces
        ]
        job = {"soffice": str(self.soffice), "profile": str(profile), "seconds": seconds, "files": files}
        return subprocess.run(
            [self.python, SCRIPT],
            input=json.dumps(job),
            # Another Python must not meet the packages of this one.
            env={name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=seconds + 60,  # the script ends LibreOffice itself; this is for the script
        )


def keys(typed: Iterable[Typed]) -> list[Keys]:
    """The demo's values as a clerk in Vietnam types them: 4286 as 4.286, 43.42 as 43,42, a day as 31/05/2019."""
    return [(cell.sheet, cell_name(cell.row, cell.column), _pressed(cell.value)) for cell in typed]


def _pressed(value: str | float | dt.date) -> str:
    match value:
        case str():
            return value
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case _:
            return format_number(value)


def begun_year(folder: Path) -> Workspace:
    """A workspace of the demo's agency after the night in which the BM-01 of KHTC was accepted; nobody was answered."""
    workspace, night = unwritten(folder), NIGHTS[1].as_of
    drop(workspace, "KHTC/BM-01.xlsx", Forger(workspace).plan("KHTC"), night)
    take_and_judge(workspace, night)
    return workspace


def unwritten(folder: Path) -> Workspace:
    """The demo's agency before its first night: settings, directory, an empty inbox."""
    return furnish(folder, settings_text(), demo_directory())


def judged(workspace: Workspace, arrived_at: Mapping[Path, dt.datetime]) -> dict[str, Submission]:
    """The verdict on each file, by its name, as if it were the only one that came that day."""
    settings = load_settings(workspace).settings
    with open_ledger(workspace) as ledger:
        rows = {table: read_rows(ledger, table) for table in TABLES}
        ground = Ground(knowledge(settings, read_submissions(ledger), rows), frozenset())
    candidates = [Submission(key, path, arrived) for key, (path, arrived) in enumerate(arrived_at.items())]
    found = {}
    for each in submissions_of(candidates, settings, Workers(2)):
        alone = each if each.form is None else judge_forms(each.form, [each], settings, ground)[0]
        found[each.path.name] = alone
    return found
