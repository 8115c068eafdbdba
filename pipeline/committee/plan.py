"""Sheet 5: the tasks, overdue first, with a bar over the months that is drawn by conditional formats."""

import pandas as pd

from pipeline.committee.draft import Draft, Printed, Table, write_table
from pipeline.committee.looks import BARS
from pipeline.committee.words import field, own
from pipeline.consolidation.frames import PlanTasks
from pipeline.consolidation.work import TASK_ORDER
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.signs import sign
from pipeline.excel.tables import Canvas, Column, Kind, Placed
from pipeline.sheets.objectives import Tasks
from pipeline.sheets.results import Progress
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.choices import TaskStatus
from pipeline.wording import say

_MONTHS = range(1, 13)
_COLUMNS = (
    own(PlanTasks.division, 8, Kind.CODE),
    field("tasks", Tasks.task_code, 8.5, Kind.CODE),
    field("tasks", Tasks.task, 29),
    field("tasks", Tasks.owner, 13),
    own(PlanTasks.status, 12, Kind.SIGN, "task", named="task_status"),
    own(PlanTasks.overdue_days, 8, Kind.COUNT),
    field("tasks", Tasks.finish_on, 10.5, Kind.DAY),
    *(Column(f"month_{month}", str(month), 2.5, Kind.CODE) for month in _MONTHS),
    field("progress", Progress.obstacle, 25),
    field("tasks", Tasks.objective, 9, Kind.CODE),
    field("tasks", Tasks.start_on, 11, Kind.DAY),
    field("progress", Progress.finished_on, 11, Kind.DAY),
    field("tasks", Tasks.coordinating_unit, 30),
    own(PlanTasks.plan_source, 8, Kind.SOURCE),
    own("plan_place", 14, Kind.PLACE),
    own(PlanTasks.report_source, 8, Kind.SOURCE),
    own("report_place", 24, Kind.PLACE),
)
_PRINTED = 20
_HEADER_ROW = 9


def write_plan(draft: Draft) -> Placed:
    """Write the sheet; gives where its table stands."""
    canvas, tasks = draft.begin("plan", _COLUMNS), draft.committee.plan_tasks
    tasks = tasks.assign(
        plan_place=draft.places(tasks["plan_source"], tasks["plan_row"], "tasks", Tasks.finish_on),
        report_place=draft.places(tasks["report_source"], tasks["report_row"], "progress", Progress.status),
        **{f"month_{month}": "" for month in _MONTHS},
    )
    placed = write_table(canvas, _HEADER_ROW, Table("ke_hoach", _COLUMNS, "plan_tasks"), tasks)
    _by_status(canvas, placed, tasks["status"].value_counts())
    if not placed.is_empty:
        _bars(canvas, placed, draft.committee.period.year)
    canvas.sheet.worksheet.freeze_panes(_HEADER_ROW, 2)
    # On paper only what is overdue, which stands first; where nothing is, the sheet is for the screen.
    overdue = int((tasks[PlanTasks.overdue_days] > 0).sum())
    last = _HEADER_ROW + overdue if overdue else placed.last_row
    draft.finish(canvas, Printed(last, _PRINTED, [placed.block], 1, placed))
    return placed


def _by_status(canvas: Canvas, placed: Placed, counts: pd.Series) -> None:
    """One live count a status, over the table."""
    canvas.line(5, say("committee.heading.tasks"), looks.HEADING)
    canvas.sheet.fit(6, 28)
    figure = canvas.look(looks.CENTRED, num_format=looks.WHOLE_FORMAT)
    for column, status in enumerate(TASK_ORDER, 3):
        canvas.sign(6, column, sign("task", status))
        formula = f"=COUNTIF({placed.here('status')},{cell_name(6, column)})"
        canvas.sheet.formula(7, column, formula, value=int(counts.get(status, 0)), look=figure)


def _bars(canvas: Canvas, placed: Placed, year: int) -> None:
    """A month is filled when the task runs in it: red when overdue, green when done, grey when cancelled, else blue."""
    first, row = placed.columns["month_1"], placed.first_row
    area = Area(row, first, placed.last_row, placed.columns["month_12"])
    names = (PlanTasks.start_on, PlanTasks.finish_on, PlanTasks.status, PlanTasks.overdue_days)
    start, finish, status, overdue = (f"${placed.cell(name, row)}" for name in names)
    month = f"COLUMN()-{first - 1}"
    runs = f"{start}<DATE({year},{month}+1,1),{finish}>=DATE({year},{month},1)"
    bars = {
        f"AND({runs},{overdue}>0)": looks.Tone.BAD,
        f'AND({runs},{status}="{TaskStatus.DONE}")': looks.Tone.GOOD,
        f'AND({runs},{status}="{TaskStatus.CANCELLED}")': looks.Tone.PLAIN,
        f"AND({runs})": looks.Tone.CALM,
    }
    for criterion, tone in bars.items():
        canvas.conditional(area, f"={criterion}", {"bg_color": BARS[tone]}, stop_if_true=True)
