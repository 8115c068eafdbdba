"""Recompute every figure of the sheets 1 to 10 of a committee workbook from the input files.

Written from forms.md and design.md, with openpyxl and the standard library; it shares no line with ``pipeline``, so
that both can disagree. From the command line::

    python tests/independent/recompute.py WORKSPACE DATE

compares every published workbook, prints each difference and the number of compared figures, and exits with 1 when
there is a difference.
"""

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from recompute_compare import Comparison
from recompute_inputs import read_inputs, read_sources
from recompute_overview import recompute
from recompute_sheets import compare


def compare_workbook(workspace: Path, workbooks: Mapping[str, Workbook], period: str, today: dt.date) -> Comparison:
    """The workbook of a period beside what the workspace's input files give on a day.

    ``workbooks`` holds every published workbook by its period, loaded with cached values: sheet 11 of another period
    may list files that count here, too.
    """
    others = [workbook for name, workbook in workbooks.items() if name != period]
    sources = read_sources(workbooks[period], others)
    return compare(workbooks[period], recompute(read_inputs(workspace, sources, today), period))


def published(workspace: Path) -> dict[str, Workbook]:
    """Every committee workbook of the workspace by its period, with cached values."""
    return {path.stem: load_workbook(path, data_only=True) for path in workspace.glob("outbox/tong_hop/*.xlsx")}


def main(workspace: str, today: str) -> int:
    """The command line: 0 when every figure of every published workbook is equal, 1 otherwise."""
    workbooks = published(Path(workspace))
    failed = False
    for period in workbooks:
        done = compare_workbook(Path(workspace), workbooks, period, dt.date.fromisoformat(today))
        lines = [*done.differences, f"{period}: {done.figures} figures compared, {len(done.differences)} differ", ""]
        sys.stdout.write("\n".join(lines))
        failed |= bool(done.differences)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
