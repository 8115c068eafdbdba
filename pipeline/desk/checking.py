"""Judging files as the run would, against what the ledger knows now, without recording anything."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipeline.faults import OperatorError
from pipeline.forms import FORMS
from pipeline.judging import Candidate, Judged, ended, examine, judge_forms
from pipeline.ledger.tables import empty_rows, empty_submissions, read_rows, read_submissions
from pipeline.obligations import in_force
from pipeline.validation import knowledge
from pipeline.workspace import Workspace, load_settings, now_in_vietnam, open_ledger

TABLES = ("objectives", "tasks", "declarations", "scope_changes")


def check_files(workspace: Workspace, files: Sequence[Path]) -> list[Judged]:
    """The verdict that each file would get if it arrived now, in the order given.

    Raises:
        OperatorError: a file does not exist, or the settings cannot be read.
    """
    for file in files:
        if not file.is_file():
            raise OperatorError("E809", path=file)
    settings = load_settings(workspace).settings
    submissions, rows, now = _so_far(workspace)
    known = knowledge(settings, submissions, rows)
    plans = list(
        in_force(submissions[submissions["form"] == "BM-01"])[["division", "period"]].itertuples(index=False, name=None)
    )
    examined = examine([Candidate(key, file, now) for key, file in enumerate(files)], settings, settings.limits.workers)
    judged = [ended(each, settings) for each in examined if each.form is None or each.verdict is not None]
    for form in FORMS:
        of_form = [each for each in examined if each.form is form and each.verdict is None]
        if of_form:
            judged += judge_forms(form, of_form, settings, known, plans)
    return sorted(judged, key=lambda one: one.examined.candidate.key)


def _so_far(workspace: Workspace) -> tuple[pd.DataFrame, Mapping[str, pd.DataFrame], dt.datetime]:
    """What the ledger knows, and the clock: never before the last run, which in a replayed year is not today's."""
    if not workspace.ledger_file.exists():
        return empty_submissions(), {table: empty_rows(table) for table in TABLES}, now_in_vietnam()
    with open_ledger(workspace) as ledger:
        rows = {table: read_rows(ledger, table) for table in TABLES}
        return read_submissions(ledger), rows, now_in_vietnam()
