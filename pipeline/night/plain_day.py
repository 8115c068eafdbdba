"""What of a day is read and worded without frames or forms: faults, outages, clocks, and the plainer page."""

import dataclasses
import datetime as dt
from itertools import groupby
from typing import Any

from pipeline.guards import TYPED
from pipeline.ledger import Fault, Ledger
from pipeline.naming import visible
from pipeline.night.frame import Run
from pipeline.night.last_run import Outage
from pipeline.vietnamese import say_date
from pipeline.wording import say


def fault_words(fault: Fault) -> str:
    """What could not be made, why, and what to do, in one Vietnamese sentence."""
    artefact = f"outbox/{fault.artefact}" if fault.artefact else say(f"run_report.faults.stage.{fault.stage}")
    key = "ours" if fault.code.startswith("Z") else "operator"
    facts = {"artefact": artefact, "code": fault.code, "reason": fault.reason}
    return say(f"run_report.faults.{key}", **facts) + " " + say(f"run_report.faults.instead.{fault.stage}")


def outage_words(outage: Outage) -> str:
    """From when to when nobody was answered, how many runs failed and why, in Vietnamese."""
    reason = visible(" ".join(outage.reason.split()))
    facts = {"since": outage.since, "until": outage.until, "count": outage.failed_runs, "reason": reason}
    return say("run_report.outages.words", **facts)


def suspect_clocks(ledger: Ledger) -> list[dict[str, str]]:
    """The spans of looks that are wrong by themselves and of which nothing is decided yet, in their order."""
    suspect = ledger.wrong_looks.suspect
    looks = ledger.looks() if suspect else []
    spans = [list(span) for is_one, span in groupby(looks, lambda look: look.scan_id in suspect) if is_one]
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


def plain_data(run: Run) -> dict[str, Any]:
    """The day as JSON has it when the whole cannot be made: the day, how many files got which verdict, faults."""
    faults = [dataclasses.asdict(fault) for fault in _faults(run)]
    return {"day": run.as_of.date().isoformat(), "verdicts": _verdicts(run), "faults": faults}


def plain_page(run: Run) -> str:
    """The page when the whole cannot be made."""
    lines = [
        say("run_report.title", day=say_date(run.as_of.date())),
        "",
        say("run_report.plain"),
        "",
        *(say("run_report.outages.line", words=outage_words(outage)) for outage in run.outages),
        *(
            say("run_report.decided.verdict", verdict=say(f"run.verdict.{verdict}"), count=count)
            for verdict, count in _verdicts(run).items()
        ),
        "",
        say("run_report.heading.faults"),
        *(say("run_report.faults.line", words=fault_words(fault)) for fault in _faults(run)),
    ]
    return "\n".join(lines) + "\n"


def _verdicts(run: Run) -> dict[str, int]:
    query = "SELECT verdict, count(*) FROM submission WHERE judged_as_of LIKE ? GROUP BY verdict ORDER BY verdict"
    return dict(run.ledger.connection.execute(query, (f"{run.as_of:%Y-%m-%d}%",)).fetchall())


def _faults(run: Run) -> list[Fault]:
    """What is in the ledger already, and what this run could not make so far."""
    return [*run.ledger.open_faults(), *run.walls.began()]
