"""Sheets 2 and 11: which forms are due and what became of each; every file, and the earlier results behind it."""

from collections.abc import Sequence

import pandas as pd

from pipeline.committee.draft import HEADER_ROW, Draft, Printed, Table, Tables, write_table
from pipeline.committee.words import field, figure_or_word, kind_word, label, own
from pipeline.consolidation.attention import groups
from pipeline.consolidation.frames import History, Obligations, PlanTasks, Sources
from pipeline.consolidation.states import OPEN_STATES, SUBMITTED
from pipeline.excel import looks
from pipeline.excel.fitting import height_of
from pipeline.excel.paging import Block
from pipeline.excel.signs import Sign, sign
from pipeline.excel.tables import Canvas, Kind, Placed
from pipeline.excel.times import lines_of
from pipeline.forms import BY_NUMBER
from pipeline.obligations import DecidedBy
from pipeline.sheets.cover import Cover
from pipeline.sheets.objectives import Objectives, Tasks
from pipeline.sheets.results import Progress, Results
from pipeline.wording import say

GROUPS = {state: label(f"periods_{group}") for group, states in SUBMITTED.items() for state in states}
"""State of an obligation to the header under which sheet 9 counts it; whoever is exempt is under none."""
_COLUMNS = (
    own(Obligations.division, 8, Kind.CODE),
    own(Obligations.division_name, 23),
    own(Obligations.form, 14, Kind.CODE),
    own(Obligations.period, 14, Kind.CODE),
    own(Obligations.due_on, 14, Kind.DAY),
    own(Obligations.state, 14, Kind.SIGN, "state"),
    own(Obligations.received_at, 14, Kind.DAY, named="arrived_at"),
    own(Obligations.days_late, 14, Kind.COUNT),
    own(Obligations.head, 13),
    own(Obligations.contact, 24.5),
    own("remark", 26),
    own(Obligations.version, 8, Kind.WHOLE),
    own(Obligations.agreed_on, 12, Kind.DAY),
    own(Obligations.newer_verdict, 14, Kind.SIGN, "verdict", named="newer"),
    own(Obligations.source, 8, Kind.SOURCE),
)
"""The columns of forms and states are as wide as the matrix above needs them; the hour stands on sheet 11."""
_PRINTED = 10
_A_PART = 20
"""How many divisions stand under one header of the matrix."""
_BEFORE = (*_COLUMNS[:8], own(Obligations.version, 13, Kind.WHOLE), own("group", 24.5, Kind.CODE))
_FILES = (
    own(Sources.source, 9, Kind.SOURCE),
    own(Sources.path, 34, named="file"),
    own(Sources.division, 9, Kind.CODE),
    own(Sources.form, 10, Kind.CODE),
    own(Sources.period, 10, Kind.CODE),
    own(Sources.version, 14, Kind.WHOLE),
    own(Sources.arrived_at, 14, Kind.MOMENT),
    own(Sources.verdict, 14, Kind.SIGN, "verdict"),
    own(Sources.use, 18, Kind.SIGN, "use"),
    own(Sources.errors, 7, Kind.WHOLE),
    field("cover", Cover.document_no, 13),
    field("cover", Cover.prepared_by, 14),
    field("cover", Cover.approved_by, 14),
    own(Sources.sha256, 34, Kind.SMALL),
)
_HISTORY = (
    own(History.report_source, 9, Kind.SOURCE, named="source"),
    field("objectives", Objectives.statement, 34),
    own(History.division, 9, Kind.CODE),
    field("objectives", Objectives.code, 10, Kind.CODE),
    own(History.period, 10, Kind.CODE),
    own(History.status, 14, Kind.SIGN, "status"),
    own(History.value, 14, Kind.NUMBER),
    field("objectives", Objectives.unit, 14, Kind.CODE),
    own("report_place", 14, Kind.PLACE, named="place"),
    own(History.final_figure, 7, Kind.NUMBER),
    own(History.final_source, 13, Kind.SOURCE),
    own("final_place", 14, Kind.PLACE),
)


_TASKS_APART = (
    own(PlanTasks.report_source, 9, Kind.SOURCE, named="source"),
    field("tasks", Tasks.task, 34),
    own(PlanTasks.division, 9, Kind.CODE),
    field("tasks", Tasks.task_code, 10, Kind.CODE),
    field("tasks", Tasks.finish_on, 10, Kind.DAY),
    own(PlanTasks.status, 14, Kind.SIGN, "task", named="task_status"),
    own("report_place", 14, Kind.PLACE, named="place"),
)


def write_submissions(draft: Draft) -> Tables:
    """Write sheet 2; gives where its tables stand: obligations and obligations_before."""
    canvas, states = draft.begin("submissions", _COLUMNS), draft.committee.obligations
    row, matrix = HEADER_ROW, []
    if not states.empty:
        canvas.line(row - 1, say("committee.heading.matrix"), looks.HEADING)
        matrix = _matrix(canvas, draft, row)
        row = matrix[-1].last_row + 3
    table = Table("tinh_hinh_nop", _COLUMNS, "obligations", "" if states.empty else "owed")
    placed = write_table(canvas, row, table, _remarked(states, draft.committee.sources))
    before = _before(canvas, draft, placed.last_row + 3)
    # On paper only what is still owed, which stands first; the matrix has the rest.
    waiting = int(states["state"].isin(OPEN_STATES).sum())
    last = placed.header_row + max(waiting, 1) if waiting or not matrix else matrix[-1].last_row
    draft.finish(canvas, Printed(last, _PRINTED, [*matrix, placed.block, before.block], 1, placed))
    return {"obligations": placed, "obligations_before": before}


def _before(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """The obligations of the earlier periods with reports, and the group under which sheet 9 counts each."""
    states = draft.committee.obligations_before
    named = states.assign(
        division_name=states["division"].map(draft.committee.names).astype("str"),
        group=states["state"].map(GROUPS).astype("str"),
        received_at=states["received_at"].fillna(states["arrived_at"]),
    )
    return write_table(canvas, row, Table("nop_ky_truoc", _BEFORE, "owed_before", "owed_before"), named)


def _remarked(states: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """With what stands beside a state: who answers now, what tells in time from late, what was decided and why.

    Last how many warnings the form in force has, and how many of them its sender has explained.
    """
    answering = {code: say("decisions.responsible", division=code) for code in states["responsible"].unique()}
    taken_over = states["responsible"].map(answering).where(states["responsible"] != states["division"])
    stamped = pd.Series(say("decisions.stamped"), index=states.index).where(states["decided_by"] == DecidedBy.STAMP)
    later = states["received_at"] != states["arrived_at"]
    versions = zip(states["version"], states["arrived_at"], later & states["received_at"].notna(), strict=True)
    anew = [say("decisions.version", version=version, day=at) if is_later else "" for version, at, is_later in versions]
    warned = {
        source: say("decisions.warnings", count=count, explained=explained)
        for source, count, explained in sources[["source", "warnings", "explained"]].itertuples(index=False)
        if count
    }
    texts = (
        taken_over,
        stamped,
        pd.Series(anew, index=states.index),
        states["decision"],
        states[Obligations.source].map(warned),
    )
    parts = [part.astype("str").fillna("") for part in texts]
    states = states.assign(received_at=states["received_at"].fillna(states["arrived_at"]))
    return states.assign(remark=[" ".join(filter(None, texts)) for texts in zip(*parts, strict=True)])


def _matrix(canvas: Canvas, draft: Draft, row: int) -> list[Block]:
    """Divisions down, forms across, each state in word, symbol and colour; gives its parts, one at least.

    Many divisions stand by their kinds; every part has a header of its own and fits a page.
    """
    states = draft.committee.obligations
    forms = states.sort_values([Obligations.due_on, "form"])[["form", "period"]].drop_duplicates()
    duties = list(forms.itertuples(index=False, name=None))
    state_of = states.set_index(["division", "form", "period"])["state"].to_dict()
    names = states.set_index("division")["division_name"].to_dict()
    parts: list[Block] = []
    for kind, codes in groups([code for code in draft.committee.names if code in names], draft.committee):
        of_kind = kind and say("committee.attention.kind", kind=kind_word(kind), count=len(codes))
        for first in range(0, len(codes), _A_PART):
            title = (not first and of_kind) or label("division_name")
            _matrix_header(canvas, row, [label("division"), title, *map(_duty_words, duties)])
            listed = codes[first : first + _A_PART]
            for line, division in enumerate(listed, row + 1):
                of_division = [state_of.get((division, *duty), "not_owed") for duty in duties]
                _matrix_line(canvas, line, (division, names[division]), [sign("state", each) for each in of_division])
            parts.append(Block(row if parts else row - 1, row, row + len(listed)))
            row += len(listed) + 1
    return parts


def _duty_words(duty: tuple[str, str]) -> str:
    form, period = duty
    return f"{form} {period}: {BY_NUMBER[form].short_title}"


def _matrix_header(canvas: Canvas, row: int, texts: Sequence[str]) -> None:
    canvas.header(row, texts)
    canvas.sheet.fit(row, _height(texts, is_bold=True))


def _matrix_line(canvas: Canvas, row: int, division: tuple[str, str], signs: Sequence[Sign]) -> None:
    code, name = division
    canvas.line(row, code, looks.CENTRED)
    canvas.line(row, name, looks.BODY, 2)
    for column, mark in enumerate(signs, 3):
        canvas.sign(row, column, mark)
    canvas.sheet.fit(row, _height([code, name, *(f"{mark.symbol} {mark.word}" for mark in signs)]))


def _height(texts: Sequence[str], *, is_bold: bool = False) -> float:
    """The height of a row of the matrix, whose columns are those of the table below it."""
    widths = (column.width for column in _COLUMNS)
    lines = [lines_of(text, width, size=10, bold=is_bold) for text, width in zip(texts, widths, strict=False)]
    return height_of(max(lines), size=10)


def write_sources(draft: Draft) -> Tables:
    """Write sheet 11; gives where its tables stand: sources, history and tasks_apart."""
    canvas, history = draft.begin("sources", _FILES), draft.committee.history
    placed = write_table(canvas, HEADER_ROW, Table("nguon", _FILES, "sources"), draft.committee.sources)
    rows = history.assign(
        value=figure_or_word(history["value"], history["word"]),
        report_place=draft.places_of_results(history),
        final_figure=figure_or_word(history[History.final_figure], history[History.final_word]),
        final_place=draft.places(
            history["final_source"], history[History.final_row], "results", Results.last_year_final
        ),
    )
    earlier = write_table(canvas, placed.last_row + 3, Table("ky_truoc", _HISTORY, "history", "history"), rows)
    apart = _tasks_apart(canvas, draft, earlier.last_row + 3)
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 1)
    draft.finish(canvas, Printed(apart.last_row, len(_FILES), [table.block for table in (placed, earlier, apart)]))
    return {"sources": placed, "history": earlier, "tasks_apart": apart}


def _tasks_apart(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """The tasks that no BM-01 in force has: they stand here and nowhere else, and are counted nowhere."""
    tasks = draft.committee.tasks_apart
    places = draft.places(tasks["report_source"], tasks["report_row"], "progress", Progress.status)
    table = Table("nhiem_vu_ngoai_ke_hoach", _TASKS_APART, "tasks_apart", "tasks_apart")
    return write_table(canvas, row, table, tasks.assign(report_place=places))
