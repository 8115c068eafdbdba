"""A story written into a ledger, as its nights would have recorded it."""

import datetime as dt

import pandas as pd
from committee_content import Story

from pipeline.findings import Finding, Verdict
from pipeline.ledger import Arrival, Judgement, Ledger, Scan, SettingsVersion
from pipeline.ledger.records import Row
from pipeline.ledger.tables import sheet_tables, storable_rows
from pipeline.parsing import storable_columns


def recorded(ledger: Ledger, story: Story, settings: SettingsVersion, until: str = "9999-12-31") -> None:
    """Each submission until a day, arrived and judged in a look of its own, in the order of time."""
    in_order = sorted(enumerate(story.submissions, 1), key=lambda each: each[1]["arrived_at"])
    for submission_id, told in in_order:
        arrival = _arrival(told)
        if arrival.arrived_at >= dt.datetime.fromisoformat(until):
            break
        scan = Scan("run", arrival.arrived_at, settings.sha256)
        with ledger.writing():
            ledger.record_settings(settings, arrival.arrived_at)
            ledger.record_scan(scan, [arrival])
            returned = told["verdict"] == "returned"
            judgement = Judgement(
                arrival=ledger.pending()[0],
                verdict=Verdict(str(told["verdict"])),
                findings=(Finding("C401"),) if returned else (),
                form=str(told["form"]),
                division=str(told["division"]),
                period=str(told["period"]),
                based_on=str(told["based_on"]),
                rows={} if returned else _rows(story, submission_id),
            )
            ledger.record_judgement(judgement, scan)


def _arrival(told: dict[str, object]) -> Arrival:
    at = pd.Timestamp(str(told["arrived_at"])).to_pydatetime()
    return Arrival(str(told["sha256"]), str(told["path"]), 10_000, None, at, at)


def _rows(story: Story, submission_id: int) -> dict[str, list[Row]]:
    stored = {}
    for table, sheet in sheet_tables().items():
        days = [name for name, dtype in storable_columns(sheet).items() if dtype == "datetime64[us]"]
        own = [row for row in story.rows.get(table, []) if row["submission_id"] == submission_id]
        dated = [{n: dt.date.fromisoformat(v) if n in days and v else v for n, v in row.items()} for row in own]
        stored[table] = storable_rows(sheet, dated)
    return stored
