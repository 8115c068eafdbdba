"""Ledgers of earlier releases with what their presented workbooks said: written once a release, then never again.

``python tests/golden/golden_workspaces.py WORKSPACE tests/golden/RELEASE.zip`` keeps the ledger of a workspace in which
workbooks were presented (``qms demo`` presents three), and the figures that this program gives them.
"""

import json
import math
import sys
import zipfile
from pathlib import Path
from typing import Any

from pipeline.consolidation import Committee
from pipeline.desk.rebuilding import editions_at
from pipeline.editions.frames import edition_frames
from pipeline.editions.snapshot import LedgerSnapshot
from pipeline.findings import DecisionKind
from pipeline.ledger import Ledger
from pipeline.ledger.contents import read_decisions

LEDGER, FIGURES = "ledger.sqlite", "figures.json"


def presented_figures(ledger_file: Path) -> dict[str, Any]:
    """By period what the presented workbooks say: the figures of page 1, each objective's status and result."""
    with Ledger(ledger_file) as ledger:
        decisions = read_decisions(ledger)
        presented = decisions[decisions["kind"] == DecisionKind.PRESENTED]
        return {
            period: _told(edition_frames(edition, LedgerSnapshot(ledger)))
            for period, at in zip(presented["period"], presented["as_of"], strict=True)
            if (scan := ledger.scan_at(at.to_pydatetime())) is not None
            for edition in editions_at(ledger, scan)
            if str(edition.period) == period
        }


def _told(committee: Committee) -> dict[str, Any]:
    rows = committee.objective_results[["division", "code", "status", "value"]].itertuples(index=False, name=None)
    return {
        "figures": {name: _plain(value) for name, value in committee.figures.items()},
        "objectives": [[division, code, status, _plain(value)] for division, code, status, value in rows],
    }


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 9)


def keep(workspace: Path, golden: Path) -> None:
    """Write the golden file of a release."""
    ledger_file = workspace / "archive" / LEDGER
    with zipfile.ZipFile(golden, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.write(ledger_file, LEDGER)
        packed.writestr(FIGURES, json.dumps(presented_figures(ledger_file), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    keep(*map(Path, sys.argv[1:3]))
