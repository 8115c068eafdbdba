"""Which lines of sheet 10 count a row of a frame, by the row alone; and which lines are red."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

ORIGINS = {
    "objective_results": {"plan_source": "objectives", "report_source": "results"},
    "plan_tasks": {"plan_source": "tasks", "report_source": "progress"},
    "people": {"source": "policy"},
    "declarations": {"source": "declarations"},
    "scope_changes": {"source": "scope_changes"},
    "postings": {"source": "postings"},
    "checks": {"source": "checks"},
}
_STATUSES = {
    "Đạt": "reached",
    "Vượt": "reached",
    "Không đạt": "missed",
    "Đạt (theo ước)": "reached_by_estimate",
    "Không đạt (theo ước)": "missed_by_estimate",
    "Chưa đến kỳ đánh giá": "not_due",
    "Chưa đủ số liệu": "no_data",
    "Không phát sinh": "no_case",
    "Không còn áp dụng": "not_applicable",
    "Chưa có báo cáo": "unreported",
}
_TASKS = {
    "Hoàn thành": "tasks_done",
    "Đang thực hiện": "tasks_under_way",
    "Chưa thực hiện": "tasks_not_started",
    "Hủy": "tasks_cancelled",
    "Chưa có báo cáo": "tasks_unreported",
}
_KNOWLEDGE = {
    "understood": "informed",
    "not_understood": "not_understood",
    "absent": "absent",
    "no_record": "no_record",
    "former": "former",
    "joined_later": "joined_later",
}
_GROUPS = {
    "on_time": "in_time",
    "accepted_after_due": "in_time",
    "late": "late",
    "not_due": "not_due",
    "extended": "not_due",
}
"""The headline's group of a state; any other is outstanding."""
Row = Mapping[str, Any]


def red(controls: pd.DataFrame) -> set[str]:
    """The lines that do not hold: a file's by table and N-code, others by what they count."""
    lines = controls[~controls["holds"]]
    every = lines[["check", "table", "source", "subject"]].fillna("").itertuples(index=False, name=None)
    return {
        f"rows {table} {source}" if check == "rows" else f"{check} {subject}".strip()
        for check, table, source, subject in every
    }


def counting(name: str, row: Row, period: str) -> set[str]:
    """The lines of a period's workbook that count a row of a frame."""
    return {*_of_its_files(name, row), *_of_its_content(name, row), *_of_the_headline(name, row, period)}


def _of_the_headline(name: str, row: Row, period: str) -> Iterator[str]:
    if name == "objective_results":
        status = _STATUSES.get(row["status"]) if _has(row, "plan_source") else None
        counted = {"reached": ("reached", "judged"), "missed": ("not_met", "judged")}
        yield from ["headline objectives"] if status else []
        yield from (f"headline {figure}" for figure in counted.get(status or "", ()))
    elif name == "obligations" and row["period"] == period and row["state"] != "exempt":
        yield from ("headline owed", f"headline {_GROUPS.get(row['state'], 'outstanding')}")


def _of_its_files(name: str, row: Row) -> Iterator[str]:
    for column, table in ORIGINS.get(name, {}).items():
        if isinstance(row[column], str) and row[column]:
            yield f"rows {table} {row[column]}"


def _of_its_content(name: str, row: Row) -> Iterator[str]:
    match name:
        case "objective_results" | "plan_tasks" | "people" | "unmet" | "scope_changes":
            yield from (f"figures {figure}" for figure in _figures(name, row))
        case "obligations":
            yield from (f"obligations {row['form']}", f"states {row['state']}")
        case "agency_parts":
            yield f"parts {row['agency_objective']}"
        case "sources":
            yield f"files {row['verdict']}"
        case "history" | "obligations_before":
            yield f"{'history' if name == 'history' else 'owed_before'} {row['period']}"
        case "timeline":
            yield name
        case "trends":
            yield from ("trends", "figures followed")


def _figures(name: str, row: Row) -> Iterator[str]:
    match name:
        case "objective_results":
            yield from _objective(row)
        case "plan_tasks" if _has(row, "plan_source"):
            yield from ("tasks", _TASKS[row["status"]])
            yield from ["tasks_overdue"] if row["overdue_days"] > 0 else []
        case "people":
            yield from [_KNOWLEDGE[row["knowledge"]]] if row["knowledge"] in _KNOWLEDGE else []
        case "unmet":
            yield "actions" if row["origin"] == "this_period" else "carried"
            yield from ["actions_overdue"] if row["overdue_days"] > 0 else []
        case "scope_changes":
            yield from [] if row["is_declared"] else ["scope_waiting"]


def _objective(row: Row) -> Iterator[str]:
    yield from ["registered"] if _has(row, "plan_source") else []
    yield from ["reported"] if _has(row, "report_source") else []
    yield from [_STATUSES[row["status"]]] if row["status"] in _STATUSES else []


def _has(row: Row, source: str) -> bool:
    return isinstance(row[source], str) and bool(row[source])
