"""The secretary's covering report to the Steering Committee, made from what the published workbook is made from."""

import datetime as dt
from dataclasses import dataclass

from pipeline.alone import alone
from pipeline.consolidation import Committee
from pipeline.editions.edition import edition_of
from pipeline.editions.frames import edition_frames
from pipeline.faults import OperatorError
from pipeline.letters.document import report_bytes
from pipeline.letters.report import report_text
from pipeline.outbox import Outbox, Published, dated_sibling
from pipeline.settings import Period, Settings
from pipeline.workspace import Workspace, open_ledger

FOLDER = "bao_cao"


@dataclass(frozen=True)
class Covering:
    """A report that was written: its place, relative to the workspace, its day, whether an older one stays."""

    path: str
    day: dt.date
    published: Published

    def as_document(self) -> dict[str, object]:
        """As JSON."""
        return {
            "path": self.path,
            "day": self.day.isoformat(),
            "worked_on": self.published.was_worked_on,
            "open_elsewhere": self.published.was_open_elsewhere,
        }


def write_report(workspace: Workspace, settings: Settings, period: Period, known_at: dt.datetime) -> Covering:
    """Write the report of a period as of the last run until ``known_at`` into outbox/bao_cao/<period>.docx.

    What somebody changed since it was written stays as it is, and the new one stands beside it.

    Raises:
        OperatorError: E811, there is no ledger; E819, no run until then; E821, the period has no workbook yet; E806,
            another command is at work; E805, the report cannot be written.
    """
    with alone(workspace):
        committee, as_of = _frames(workspace, settings, period, known_at)
        content = report_bytes(report_text(committee), committee.today)
        outbox = Outbox(workspace.outbox, workspace.archive)
        published = outbox.hand_out(f"{FOLDER}/{period}.docx", content, sibling=dated_sibling(as_of))
    return Covering(f"outbox/{published.relative}", committee.today, published)


def _frames(
    workspace: Workspace, settings: Settings, period: Period, known_at: dt.datetime
) -> tuple[Committee, dt.datetime]:
    """The frames of the edition that the last run until then published, and when that run was."""
    with open_ledger(workspace) as ledger:
        scan = ledger.scan_at(known_at)
        if scan is None:
            raise OperatorError("E819", as_of=f"{known_at:%d/%m/%Y %H:%M}")
        edition = edition_of(period, ledger, settings, scan)
        if edition is None:
            raise OperatorError("E821", period=period, as_of=f"{scan.as_of:%d/%m/%Y %H:%M}")
        return edition_frames(edition, ledger), scan.as_of
