"""The edge of the audit: a copy of the ledger, what the last run must have published, and every check on both."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pipeline.audit import Evidence, Line, Workbook, audited, copied
from pipeline.desk.rebuilding import editions_at
from pipeline.editions.edition import Edition
from pipeline.editions.frames import edition_frames, workbook_of
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.faults import OperatorError
from pipeline.findings.codes import Code
from pipeline.ledger import LedgerCopy, schema
from pipeline.memory import files_of
from pipeline.outbox import MANIFEST, workbook_place
from pipeline.wording import say
from pipeline.workspace import Workspace, has_ledger, is_held, ledger_faults, open_workspace

_TRIES = 3
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Audit:
    """Every line; ``workspace_moved``: a run was at work all the while, so a failure may be its unfinished work."""

    lines: tuple[Line, ...]
    workspace_moved: bool

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(line.holds for line in self.lines)


def audit_workspace(workspace: Workspace, progress: Progress = lambda *_: None, papers: Sequence[Path] = ()) -> Audit:
    """Carry out every check, and hold ``papers`` that left the house before against the ledger.

    Nothing is written and no lock is taken.

    A run at the same time changes ledger and outbox one after the other; when both did not stand still and something
    failed, all is looked at once more.

    Raises:
        OperatorError: E801 or E811, there is no workspace or no ledger yet; E824, the ledger is lost; E825, it was made
            by a newer program; E827, another program holds it.
    """
    path = workspace.relative(workspace.ledger_file)
    if not has_ledger(workspace):
        open_workspace(workspace.root)
        raise OperatorError(Code.E811, path=path, reason=say("audit.no_ledger"))
    for _ in range(_TRIES):
        before = _stamps(workspace)
        evidence = evidence_of(workspace, papers)
        version = _version(workspace, evidence)
        if version > schema.VERSION:
            raise OperatorError(Code.E825, path=path, version=version, listed=schema.VERSION)
        audit = Audit(tuple(audited(evidence, progress)), workspace_moved=before != _stamps(workspace))
        if audit.holds or not audit.workspace_moved:
            break
    return audit


def _version(workspace: Workspace, evidence: Evidence) -> int:
    """The version of the ledger; 0 where it cannot be read, for each check to say why by itself.

    Raises:
        OperatorError: E827, another program holds it.
    """
    with ledger_faults(workspace):
        try:
            return schema.version_of(evidence.ledger)
        except (sqlite3.Error, OSError, TypeError) as error:
            if is_held(error):
                raise
            return 0


def _stamps(workspace: Workspace) -> Sequence[tuple[int, int]]:
    """Size and time of what a run writes last."""
    files = (workspace.ledger_file, *files_of(workspace.archive / MANIFEST))
    return [(status.st_size, status.st_mtime_ns) for status in (file.stat() for file in files if file.exists())]


def evidence_of(workspace: Workspace, papers: Sequence[Path] = ()) -> Evidence:
    """What an audit of the workspace looks at; the ledger is copied when the first check asks for it."""
    copy = cache(partial(_up_to_date, workspace))
    workbooks = cache(lambda: _workbooks(copy(), workspace))
    return Evidence(copy, workspace.archive, workspace.outbox, workbooks, papers)


def _up_to_date(workspace: Workspace) -> sqlite3.Connection:
    """A copy of the ledger, an older one brought up to date; where that fails, as it is, for the checks to say why."""
    copy = copied(workspace.ledger_file)
    with suppress(sqlite3.Error, TypeError):
        schema.migrate(copy)
    return copy


def _workbooks(copy: sqlite3.Connection, workspace: Workspace) -> Sequence[Workbook]:
    """What the last run published, after the ledger: an edition a period."""
    ledger = LedgerCopy(copy, workspace.archive)
    scan = ledger.scan_at(dt.datetime.max)
    snapshot = LedgerSnapshot(ledger)
    return [_workbook(edition, snapshot) for edition in editions_at(ledger, scan)] if scan else []


def _workbook(edition: Edition, snapshot: LedgerSnapshot) -> Workbook:
    committee = cache(partial(edition_frames, edition, snapshot))
    return Workbook(
        workbook_place(edition.period),
        content=lambda: workbook_of(committee(), snapshot.ledger, edition.seal),
        committee=committee,
        programs=snapshot.ledger.programs_since(edition.as_of),
    )
