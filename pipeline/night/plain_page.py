"""The plainer page of a day: how many files came and what could not be made, told without frames or forms."""

import dataclasses
from typing import Any

from pipeline.ledger import Fault
from pipeline.naming import visible
from pipeline.night.frame import Run
from pipeline.night.last_run import Outage
from pipeline.vietnamese import format_date
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


def plain_data(run: Run) -> dict[str, Any]:
    """The day as JSON has it when the whole cannot be made: the day, how many files got which verdict, faults."""
    faults = [dataclasses.asdict(fault) for fault in _faults(run)]
    return {"day": run.as_of.date().isoformat(), "verdicts": _verdicts(run), "faults": faults}


def plain_page(run: Run) -> str:
    """The page when the whole cannot be made."""
    lines = [
        say("run_report.title", day=format_date(run.as_of.date())),
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
