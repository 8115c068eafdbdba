"""Records as the plain values of the ledger's tables, and back."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from pipeline.findings import Finding
from pipeline.ledger.hashing import canonical
from pipeline.ledger.records import Arrival

ARRIVAL: Final = ("sha256", "path", "size", "not_before", "not_after", "arrived_at", "arrival_id", "folder")


def arrival_values(arrival: Arrival) -> dict[str, object]:
    """An arrival by the columns of its table, without its id."""
    told = dataclasses.asdict(arrival)
    return {name: plain(value) for name, value in told.items() if name != "arrival_id"}


def plain(value: object) -> object:
    """Days and times in ISO form; other values as they are."""
    return value.isoformat() if isinstance(value, dt.date) else value


def arrival_of(row: Mapping[str, Any]) -> Arrival:
    """The arrival that a row of its table tells, by the columns of ``ARRIVAL``."""
    times = ("not_before", "not_after", "arrived_at")
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
