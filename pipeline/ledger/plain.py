"""Records as the plain values of the ledger's tables, and back."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from pipeline.findings import Finding
from pipeline.ledger.hashing import canonical
from pipeline.ledger.records import Arrival

STAMPS: Final = ("written_at", "changed_at")
"""What a file's own stamps said: in no event, so that the chain of events does not depend on a machine."""
ARRIVAL: Final = ("sha256", "path", "size", "not_before", "not_after", "arrived_at", "arrival_id", "folder", *STAMPS)


def arrival_values(arrival: Arrival) -> dict[str, object]:
    """An arrival by the columns that its event covers."""
    values = dataclasses.asdict(arrival)
    return {name: plain(value) for name, value in values.items() if name not in {"arrival_id", *STAMPS}}


def stamp_values(arrival: Arrival) -> dict[str, object]:
    """What the file's own stamps said, by the columns of the arrival's table."""
    return {name: plain(getattr(arrival, name)) for name in STAMPS}


def plain(value: object) -> object:
    """Days and times in ISO form; other values as they are."""
    return value.isoformat() if isinstance(value, dt.date) else value


def arrival_of(row: Mapping[str, Any]) -> Arrival:
    """The arrival that a row of its table tells, by the columns of ``ARRIVAL``."""
    times = ("not_before", "not_after", "arrived_at", *STAMPS)
    moments = {name: None if row[name] is None else dt.datetime.fromisoformat(row[name]) for name in times}
    return Arrival(**{**row, **moments})


def finding_values(finding: Finding) -> dict[str, str]:
    """A finding by the columns of its table, without its submission and position."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": finding.field,
        "label": finding.label,
        "facts": canonical(dict(finding.facts)),
    }
