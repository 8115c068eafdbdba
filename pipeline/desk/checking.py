"""Judging files as the run would, against what the ledger knows now, without recording anything."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.faults import OperatorError
from pipeline.judging import Ground, Submission, ground_of, judged_alone
from pipeline.settings import Settings
from pipeline.workspace import Workspace, has_ledger, load_settings, now_in_vietnam, open_ledger


def check_files(workspace: Workspace, files: Sequence[Path]) -> list[Submission]:
    """The verdict that each file would get if it arrived now, in the order given.

    Raises:
        OperatorError: a file does not exist, or the settings cannot be read.
    """
    for file in files:
        if not file.is_file():
            raise OperatorError("E809", path=file)
    settings, now = load_settings(workspace).settings, now_in_vietnam()
    candidates = [Submission(key, file, now) for key, file in enumerate(files)]
    return judged_alone(candidates, settings, _ground(workspace, settings), settings.limits.workers)


def _ground(workspace: Workspace, settings: Settings) -> Ground:
    if not has_ledger(workspace):
        return ground_of(None, settings)
    with open_ledger(workspace) as ledger:
        return ground_of(ledger, settings)
