"""The edge of the audit: a copy of the ledger, what the last run must have published, and every check on both."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache, partial

from pipeline.audit import FOLDER, Evidence, Line, Workbook, audited, copied
from pipeline.committee import build_workbook
from pipeline.consolidation import Committee
from pipeline.desk.rebuilding import editions_at
from pipeline.editions.edition import Edition
from pipeline.editions.frames import archived_originals, committee_frames
from pipeline.faults import OperatorError
from pipeline.ledger import Ledger, LedgerCopy, schema
from pipeline.memory import files_of
from pipeline.outbox import MANIFEST
from pipeline.wording import say
from pipeline.workspace import Workspace, archived_settings, has_ledger, is_held, ledger_faults, open_workspace

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

    def as_document(self) -> dict[str, object]:
        """As JSON."""
        return {
            "holds": self.holds,
            "workspace_moved": self.workspace_moved,
            "checks": [_line_document(line) for line in self.lines],
        }


def _line_document(line: Line) -> dict[str, object]:
    failures = [
        {"kind": one.kind, "message": one.words, **{name: str(fact) for name, fact in one.facts.items()}}
        for one in line.outcome.failures
    ]
    return {
        "check": line.check.name,
        "subject": line.check.subject,
        "holds": line.holds,
        "title": line.title,
        "figures": line.figures,
        "failures": failures,
    }


def audit_workspace(workspace: Workspace, progress: Progress = lambda *_: None) -> Audit:
    """Carry out every check. Nothing is written and no lock is taken.

    A run at the same time changes ledger and outbox one after the other; when both did not stand still and something
    failed, all is looked at once more.

    Raises:
        OperatorError: E801 or E811, there is no workspace or no ledger yet; E824, the ledger is lost; E825, it was made
            by a newer program; E827, another program holds it.
    """
    path = workspace.relative(workspace.ledger_file)
    if not has_ledger(workspace):
        open_workspace(workspace.root)
        raise OperatorError("E811", path=path, reason=say("audit.no_ledger"))
    version = _version(workspace)
    if version > schema.VERSION:
        raise OperatorError("E825", path=path, version=version, known=schema.VERSION)
    lines, moved = _once(workspace, progress)
    for _ in range(_TRIES - 1):
        if not moved or all(line.holds for line in lines):
            break
        lines, moved = _once(workspace, progress)
    return Audit(lines, moved)


def _version(workspace: Workspace) -> int:
    """The version of the ledger; 0 when that cannot be read, which the checks will say.

    Raises:
        OperatorError: E827, another program holds it.
    """
    with ledger_faults(workspace):
        try:
            with closing(copied(workspace.ledger_file)) as copy:
                return schema.version_of(copy)
        except (sqlite3.Error, OSError, TypeError) as error:
            if is_held(error):
                raise
            return 0


def _once(workspace: Workspace, progress: Progress) -> tuple[tuple[Line, ...], bool]:
    before = _stamps(workspace)
    evidence = evidence_of(workspace)
    _refuse_a_held_ledger(workspace, evidence)
    lines = tuple(audited(evidence, progress))
    return lines, before != _stamps(workspace)


def _refuse_a_held_ledger(workspace: Workspace, evidence: Evidence) -> None:
    """Whatever else keeps the ledger from being copied, each check says by itself.

    Raises:
        OperatorError: E827, another program holds it.
    """
    with ledger_faults(workspace):
        try:
            evidence.copy()
        except (sqlite3.Error, OSError) as error:
            if is_held(error):
                raise


def _stamps(workspace: Workspace) -> Sequence[tuple[int, int]]:
    """Size and time of what a run writes last."""
    files = (workspace.ledger_file, *files_of(workspace.archive / MANIFEST))
    found = [file.stat() for file in files if file.exists()]
    return [(status.st_size, status.st_mtime_ns) for status in found]


def evidence_of(workspace: Workspace) -> Evidence:
    """What an audit of the workspace looks at; the ledger is copied when the first check asks for it."""
    copy = cache(partial(_up_to_date, workspace))
    return Evidence(copy, workspace.archive, workspace.outbox, cache(lambda: _workbooks(copy(), workspace)))


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
    return [] if scan is None else [_workbook(edition, ledger) for _, edition in editions_at(ledger, scan)]


def _workbook(edition: Edition, ledger: Ledger) -> Workbook:
    committee = cache(partial(_committee, edition, ledger))
    return Workbook(
        f"{FOLDER}/{edition.period}.xlsx",
        content=lambda: build_workbook(committee(), archived_originals(ledger)),
        committee=committee,
        programs=ledger.programs_since(edition.as_of),
    )


def _committee(edition: Edition, ledger: Ledger) -> Committee:
    settings = archived_settings(ledger, edition.settings)
    return committee_frames(ledger, settings, edition.period, edition.as_of, known_at=edition.as_of)
