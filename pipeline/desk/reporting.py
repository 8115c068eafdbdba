"""The secretary's covering report to the Steering Committee, made from what the published workbook is made from."""

import datetime as dt
from dataclasses import dataclass

from pipeline.faults import OperatorError
from pipeline.guards import alone
from pipeline.letters.covering.document import report_bytes
from pipeline.letters.covering.text import report_text
from pipeline.night.editions import edition_frames, edition_of
from pipeline.outbox import Outbox, Published, dated_sibling, report_place
from pipeline.settings import Period, Settings
from pipeline.workspace import Workspace, open_ledger


@dataclass(frozen=True)
class Report:
    """A report that was written: its place, relative to the workspace, its day, whether an older one stays."""

    path: str
    day: dt.date
    published: Published


def write_report(workspace: Workspace, settings: Settings, period: Period, known_at: dt.datetime) -> Report:
    """Write the report of a period as of the last run until ``known_at`` into outbox/bao_cao/<period>.docx.

    What somebody changed since it was written stays as it is, and the new one stands beside it.

    Raises:
        OperatorError: E811, there is no ledger; E819, no run until then; E821, the period has no workbook yet; E806,
            another command is at work; E805, the report cannot be written.
    """
    with alone(workspace):
        with open_ledger(workspace) as ledger:
            scan = ledger.scan_at(known_at)
            if scan is None:
                raise OperatorError("E819", as_of=f"{known_at:%d/%m/%Y %H:%M}")
            edition = edition_of(period, ledger, settings, scan)
            if edition is None:
                raise OperatorError("E821", period=period, as_of=f"{scan.as_of:%d/%m/%Y %H:%M}")
            committee = edition_frames(edition, ledger)
        content = report_bytes(report_text(committee), committee.today)
        outbox = Outbox(workspace.outbox, workspace.archive)
        published = outbox.hand_out(report_place(period), content, sibling=dated_sibling(scan.as_of))
    return Report(f"outbox/{published.relative}", committee.today, published)
