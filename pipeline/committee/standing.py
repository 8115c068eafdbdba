"""How the objectives stand, on sheet 1: every status with its count, and the agency's own objectives one by one."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from pipeline.committee.draft import Draft
from pipeline.committee.grids import Grid, status_column
from pipeline.committee.words import commitment_signs, label, sheet_title
from pipeline.consolidation.frames import AgencyObjectives
from pipeline.consolidation.status import REGISTERED_ORDER, Stated
from pipeline.excel import looks
from pipeline.excel.cells import Area
from pipeline.excel.signs import sign
from pipeline.excel.tables import Canvas, Placed
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.choices import Status
from pipeline.wording import say

_MOST: Final = 6
"""How many objectives of the agency there is room for."""
_TEXT: Final = (2, 7)
"""The columns over which an objective of the agency is written out."""
_WIDTH: Final = 12.5 * 6
_HEADING: Final = 21.0
_VALUE, _IN = 9, 10
_HEADERS: Final = {8: "commitment", _VALUE: "pooled_value", _IN: "in_of_divisions", 11: "status", 12: "remark"}
_SIGNS: Final = {11: AgencyObjectives.status, 12: AgencyObjectives.remark}
"""The columns of an objective of the agency; figures and signs are those of sheet 6."""


def write_statuses(canvas: Canvas, draft: Draft, results: Placed, grid: Grid, row: int) -> int:
    """One line of counts that add up to the registered objectives, then those apart; gives the last row.

    The total stands first, so that the sum can be read from left to right.
    """
    canvas.line(row, say("committee.heading.statuses"), looks.HEADING)
    canvas.sheet.height(row, _HEADING)
    figures, statuses = draft.committee.figures, draft.committee.objective_results["status"]
    canvas.line(row + 1, label("registered"), looks.HEADER_CELL)
    figure = canvas.look(looks.CENTRED, num_format=looks.COUNT_FORMAT)
    total = canvas.look(looks.CENTRED, looks.TOTAL, num_format=looks.WHOLE_FORMAT)
    cells = [cell_name(row + 2, column) for column, _ in enumerate(REGISTERED_ORDER, 2)]
    canvas.sheet.formula(row + 2, 1, f"=SUM({cells[0]}:{cells[-1]})", value=figures["objectives"], look=total)
    for column, status in enumerate(REGISTERED_ORDER, 2):
        canvas.sign(row + 1, column, sign("status", status))
        formula = f"={grid.far(grid.total(status_column(status)))}"
        canvas.sheet.formula(row + 2, column, formula, value=int((statuses == status).sum()), look=figure)
    last = len(REGISTERED_ORDER) + 2
    canvas.line(row + 1, label("apart"), looks.HEADER_CELL, last)
    apart = f'=COUNTIF({results.column("status")},"{Stated.NOT_PLANNED}")'
    canvas.sheet.formula(row + 2, last, apart, value=figures["unregistered"], look=figure)
    canvas.sheet.height(row + 1, 40)
    return row + 2


def write_agency_standing(canvas: Canvas, draft: Draft, pooled: Placed, row: int) -> int:
    """The agency's objectives with how many divisions are in, missed ones first; gives the last row."""
    every = draft.committee.agency_objectives
    is_missed = every["status"] == Status.NOT_MET
    listed = pd.concat([every[is_missed], every[~is_missed]]).head(_MOST)
    is_cut = len(every) > _MOST
    heading = say(f"committee.heading.{'more_agency' if is_cut else 'agency'}", count=_MOST, all=len(every))
    canvas.line(row, heading, looks.HEADING)
    canvas.sheet.height(row, _HEADING)
    if every.empty:
        canvas.line(row + 1, say("committee.empty.agency_objectives"), looks.EMPTY)
        return row + 1
    _header(canvas, row + 1)
    signs, records = commitment_signs(listed), every.to_dict("index")
    for line, (position, commitment) in enumerate(signs.items(), row + 2):
        place = int(str(position))
        _line(canvas, pooled, (line, place), records[place], commitment)
    return row + 1 + len(listed)


def _header(canvas: Canvas, row: int) -> None:
    header = canvas.look(looks.HEADER_CELL)
    canvas.sheet.text(row, 1, label("agency_code"), header)
    canvas.sheet.merged(Area(row, _TEXT[0], row, _TEXT[1]), label("agency_text"), header)
    for column, name in _HEADERS.items():
        canvas.sheet.text(row, column, label(name), header)
    canvas.sheet.height(row, 28)


def _line(canvas: Canvas, pooled: Placed, at: tuple[int, int], objective: Mapping[Any, Any], commitment: str) -> None:
    """One objective; its figures, state and remark are those of sheet 6."""
    (row, position), sheet = at, sheet_title("agency")
    canvas.go_to(row, 1, pooled.place(position), str(objective["code"]), looks.LINKED)
    canvas.sheet.merged(Area(row, _TEXT[0], row, _TEXT[1]), str(objective["text"]), canvas.look(looks.BODY))
    canvas.fit_line(row, str(objective["text"]), _WIDTH)
    canvas.line(row, commitment, looks.CENTRED, 8)

    def source(name: str) -> str:
        return f"'{sheet}'!{pooled.cell(name, pooled.first_row + position)}"

    value = "" if pd.isna(objective["value"]) else float(objective["value"])
    look = canvas.look(looks.CENTRED, num_format=looks.DECIMAL_FORMAT)
    canvas.sheet.formula(row, _VALUE, f"={source('value')}", value=value, look=look)
    names = (AgencyObjectives.divisions_in, AgencyObjectives.divisions)
    in_of, words = "&".join([source(names[0]), '"/"', source(names[1])]), "/".join(str(objective[n]) for n in names)
    canvas.sheet.formula(row, _IN, f"={in_of}", value=words, look=canvas.look(looks.CENTRED))
    for column, name in _SIGNS.items():
        if isinstance(objective[name], str) and objective[name]:
            mark = sign(name, objective[name])
            canvas.sheet.formula(row, column, f"={source(name)}", value=mark.word, look=mark.look(canvas.book))
        else:
            canvas.sheet.blank(row, column, canvas.look(looks.CENTRED))
