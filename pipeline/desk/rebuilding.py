"""A past night built again from the ledger and the settings archived with it, byte for byte."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.editions.edition import Edition, edition_of
from pipeline.editions.frames import edition_bytes
from pipeline.faults import OperatorError
from pipeline.ledger import Ledger, Scan
from pipeline.settings import Period
from pipeline.workspace import Workspace, archived_settings, open_ledger
from pipeline.writing import write_whole_or_fault

FOLDER = "dung_lai"
"""Beside ``tong_hop`` and as deep, so that the links to the archived originals lead there, too."""


@dataclass(frozen=True)
class Rebuilt:
    """Which run's night was rebuilt, and the files written, relative to the workspace."""

    as_of: dt.datetime
    files: tuple[str, ...]


def rebuild_night(workspace: Workspace, known_at: dt.datetime) -> Rebuilt:
    """Write every workbook as it stood after the last run until ``known_at``, into a folder of its own in the outbox.

    Nothing that is published is touched; neither qms.toml nor danh_muc.xlsx is read.

    Raises:
        OperatorError: E811, there is no ledger; E819, no run until then; E805, a file cannot be written.
    """
    with open_ledger(workspace) as ledger:
        scan = ledger.scan_at(known_at)
        if scan is None:
            raise OperatorError("E819", as_of=f"{known_at:%d/%m/%Y %H:%M}")
        written = []
        for period, edition in editions_at(ledger, scan):
            relative = f"{FOLDER}_{scan.as_of:%Y%m%d-%H%M}/{period}.xlsx"
            write_whole_or_fault(workspace.outbox / relative, edition_bytes(edition, ledger))
            written.append(f"outbox/{relative}")
    return Rebuilt(scan.as_of, tuple(written))


def editions_at(ledger: Ledger, scan: Scan) -> Iterator[tuple[Period, Edition]]:
    """Every period that had a workbook after a run, and the edition that stood there.

    Raises:
        OperatorError: E802 or E811, the settings archived with the run cannot be read.
    """
    settings = archived_settings(ledger, scan.settings)
    for period in settings.periods:
        edition = edition_of(period, ledger, settings, scan)
        if edition is not None:
            yield period, edition
