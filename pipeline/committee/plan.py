"""Sheet 5: the tasks, overdue first, with a bar over the months that is drawn by conditional formats."""

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import Draft, form_label, label
from pipeline.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.committee.signs import sign
from pipeline.consolidation.work import TASK_ORDER
from pipeline.excel.cells import Area
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.choices import TaskStatus
from pipeline.wording import say

_MONTHS = range(1, 13)
COLUMNS = (
    Column("division", label("division"), 8, Kind.CODE),
    Column("task_code", form_label("tasks", "task_code"), 9, Kind.CODE),
    Column("objective", form_label("tasks", "objective"), 9, Kind.CODE),
    Column("task", form_label("tasks", "task"), 36),
    Column("owner", form_label("tasks", "owner"), 16),
    Column("status", label("task_status"), 15, Kind.SIGN, "task"),
    Column("overdue_days", label("overdue_days"), 9, Kind.COUNT),
    Column("start_on", form_label("tasks", "start_on"), 11, Kind.DAY),
    Column("finish_on", form_label("tasks", "finish_on"), 11, Kind.DAY),
    Column("finished_on", form_label("progress", "finished_on"), 11, Kind.DAY),
    *(Column(f"month_{month}", f"T{month}", 3.9, Kind.CODE) for month in _MONTHS),
    Column("obstacle", form_label("progress", "obstacle"), 24),
    Column("coordinating_unit", form_label("tasks", "coordinating_unit"), 30),
    Column("plan_source", label("plan_source"), 8, Kind.SOURCE),
    Column("plan_place", label("plan_place"), 14, Kind.PLACE),
    Column("report_source", label("report_source"), 8, Kind.SOURCE),
    Column("report_place", label("report_place"), 24, Kind.PLACE),
)
_PRINTED = 23
_HEADER_ROW = 9


def write_plan(draft: Draft) -> Placed:
    """Write the sheet; gives where its table stands."""
    canvas = draft.begin("plan", [column.width for column in COLUMNS])
    tasks = draft.committee.plan_tasks
    tasks = tasks.assign(
        plan_place=draft.addresses.of(tasks["plan_source"], tasks["plan_row"], "tasks", "finish_on"),
        report_place=draft.addresses.of(tasks["report_source"], tasks["report_row"], "progress", "status"),
        **{f"month_{month}": "" for month in _MONTHS},
    )
    placed = canvas.table(_HEADER_ROW, "ke_hoach", COLUMNS, tasks, say("committee.empty.plan_tasks"))
    _by_status(canvas, placed, tasks["status"].value_counts())
    if not placed.is_empty:
        _bars(canvas, placed, draft.committee.period.year)
    canvas.sheet.worksheet.freeze_panes(_HEADER_ROW, 4)
    draft.finish(canvas, placed.last_row, _PRINTED, _HEADER_ROW)
    return placed


def _by_status(canvas: Canvas, placed: Placed, counts: pd.Series) -> None:
    """One live count a status, over the table."""
    canvas.line(5, say("committee.heading.tasks"), looks.HEADING)
    canvas.sheet.fit(6, 28)
    figure = canvas.book.look(**looks.CENTRED, num_format=looks.WHOLE_FORMAT)
    for column, status in enumerate(TASK_ORDER, 4):
        shown = sign("task", status)
        canvas.sheet.text(6, column, shown.word, shown.look(canvas.book))
        formula = f"=COUNTIF({placed.here('status')},{cell_name(6, column)})"
        canvas.sheet.formula(7, column, formula, value=int(counts.get(status, 0)), look=figure)


def _bars(canvas: Canvas, placed: Placed, year: int) -> None:
    """A month is filled when the task runs in it: red when overdue, green when done, grey when cancelled, else blue."""
    first, last = placed.columns["month_1"], placed.columns["month_12"]
    area = Area(placed.first_row, first, placed.last_row, last)
    row = placed.first_row
    start, finish, status, overdue = (
        f"${placed.cell(name, row)}" for name in ("start_on", "finish_on", "status", "overdue_days")
    )
    month = f"COLUMN()-{first - 1}"
    runs = f"{start}<DATE({year},{month}+1,1),{finish}>=DATE({year},{month},1)"
    bars = {
        f"AND({runs},{overdue}>0)": looks.Tone.BAD,
        f'AND({runs},{status}="{TaskStatus.DONE}")': looks.Tone.GOOD,
        f'AND({runs},{status}="{TaskStatus.CANCELLED}")': looks.Tone.PLAIN,
        f"AND({runs})": looks.Tone.CALM,
    }
    for criterion, tone in bars.items():
        fill = canvas.book.workbook.add_format({"bg_color": looks.BARS[tone]})
        options = {"type": "formula", "criteria": f"={criterion}", "format": fill, "stop_if_true": True}
        canvas.conditional(area, options)
