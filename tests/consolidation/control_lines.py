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
Row = Mapping[str, Any]


def red(controls: pd.DataFrame) -> set[str]:
    """The lines that do not hold: a file's by table and N-code, others by what they count."""
    lines = controls[~controls["holds"]]
    every = lines[["check", "table", "source", "subject"]].fillna("").itertuples(index=False, name=None)
    return {
        f"rows {table} {source}" if check == "rows" else f"{check} {subject}".strip()
        for check, table, source, subject in every
    }


def counting(name: str, row: Row) -> set[str]:
    """The lines that count a row of a frame."""
    return {*_of_its_files(name, row), *_of_its_content(name, row)}


def _of_its_files(name: str, row: Row) -> Iterator[str]:
    for column, table in ORIGINS.get(name, {}).items():
        if isinstance(row[column], str) and row[column]:
            yield f"rows {table} {row[column]}"


def _of_its_content(name: str, row: Row) -> Iterator[str]:
    match name:
        case "objective_results":
            yield from (f"figures {figure}" for figure in _objective(row))
        case "plan_tasks" if _has(row, "plan_source"):
            yield "figures tasks"
            yield f"figures {_TASKS[row['status']]}"
            yield from ["figures tasks_overdue"] if row["overdue_days"] > 0 else []
        case "people":
            yield from [f"figures {_KNOWLEDGE[row['knowledge']]}"] if row["knowledge"] in _KNOWLEDGE else []
        case "obligations":
            yield from (f"obligations {row['form']}", f"states {row['state']}")
        case "unmet":
            yield "figures actions" if row["origin"] == "this_period" else "carried"
        case "agency_parts":
            yield f"parts {row['agency_objective']}"
        case "sources":
            yield f"files {row['verdict']}"
        case "history" | "obligations_before":
            yield f"{'history' if name == 'history' else 'owed_before'} {row['period']}"
        case "timeline" | "trends":
            yield name


def _objective(row: Row) -> Iterator[str]:
    yield from ["registered"] if _has(row, "plan_source") else []
    yield from ["reported"] if _has(row, "report_source") else []
    yield from [_STATUSES[row["status"]]] if row["status"] in _STATUSES else []


def _has(row: Row, source: str) -> bool:
    return isinstance(row[source], str) and bool(row[source])
