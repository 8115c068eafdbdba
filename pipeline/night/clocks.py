"""What the page of the day tells of clocks: runs that stand at a wrong time, and runs that were dated by hand."""

import datetime as dt
from itertools import groupby

from pipeline.guards import TYPED
from pipeline.ledger import Ledger
from pipeline.night.frame import Run


def suspect_clocks(ledger: Ledger) -> list[dict[str, str]]:
    """The spans of looks that are wrong by themselves and of which nothing is decided yet, in their order."""
    suspect = ledger.wrong_looks.suspect
    if not suspect:
        return []
    spans = [list(span) for is_one, span in groupby(ledger.looks(), lambda look: look.scan_id in suspect) if is_one]
    return [
        {
            "first": span[0].run_id[:8],
            "until": span[-1].run_id[:8],
            "since": f"{span[0].as_of:%d/%m/%Y %H:%M}",
            "last": f"{span[-1].as_of:%d/%m/%Y %H:%M}",
        }
        for span in spans
    ]


def has_typed_time(run: Run) -> bool:
    """Whether a run of this day was dated more than an hour from the clock of its machine."""
    query = "SELECT as_of, clock FROM scan WHERE as_of LIKE ? AND clock <> ''"
    rows = run.ledger.connection.execute(query, (f"{run.as_of:%Y-%m-%d}%",))
    moments = [tuple(map(dt.datetime.fromisoformat, row)) for row in rows]
    return any(abs(as_of - clock) > TYPED for as_of, clock in moments)
