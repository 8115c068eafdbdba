"""Sheets 3, 4 and 6: the objectives with their figures, those that were missed, and the agency as one."""

import pandas as pd

from pipeline.committee.draft import HEADER_ROW, Draft, Printed, Table, Tables, write_table
from pipeline.committee.words import commitment_signs, field, figure_or_word, own
from pipeline.consolidation.agency import In, Pooling
from pipeline.consolidation.frames import (
    ActionReports,
    AgencyObjectives,
    AgencyParts,
    Ended,
    ObjectiveResults,
    Unmet,
)
from pipeline.excel.signs import word
from pipeline.excel.tables import Canvas, Column, Kind, Placed
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Actions, Results
from pipeline.wording import say

_RESULTS = (
    own(ObjectiveResults.division, 8, Kind.CODE),
    field("objectives", Objectives.code, 8, Kind.CODE),
    field("objectives", Objectives.statement, 38),
    own(ObjectiveResults.commitment, 12, Kind.CODE),
    field("objectives", Objectives.baseline, 9, Kind.NUMBER),
    field("objectives", Objectives.milestone, 9, Kind.NUMBER),
    field("results", Results.numerator, 9, Kind.NUMBER),
    field("results", Results.denominator, 9, Kind.NUMBER),
    own(ObjectiveResults.value, 10, Kind.NUMBER),
    field("results", Results.full_year_estimate, 9, Kind.NUMBER),
    field("objectives", Objectives.unit, 9, Kind.CODE),
    own(ObjectiveResults.degree, 9, Kind.SHARE),
    own(ObjectiveResults.status, 14, Kind.SIGN, "status"),
    field("results", Results.self_assessment, 12, Kind.CODE),
    own(ObjectiveResults.arrow, 11, Kind.SIGN, "arrow"),
    own(ObjectiveResults.remark, 11, Kind.SIGN, "remark"),
    own(ObjectiveResults.report_source, 8, Kind.SOURCE),
    own("report_place", 12, Kind.PLACE),
    own(ObjectiveResults.plan_source, 8, Kind.SOURCE),
    own("plan_place", 13, Kind.PLACE),
    own(ObjectiveResults.target, 10, Kind.NUMBER),
    field("objectives", Objectives.measure, 10, Kind.CODE),
    field("objectives", Objectives.agency_objective, 10, Kind.CODE),
    field("objectives", Objectives.due_on, 12, Kind.DAY),
    field("results", Results.data_as_of, 12, Kind.DAY),
)
_RESULTS_PRINTED = 18
_UNMET = (
    own(Unmet.division, 8, Kind.CODE),
    field("objectives", Objectives.code, 7.5, Kind.CODE),
    field("objectives", Objectives.statement, 24),
    own("commitment", 10.5, Kind.CODE),
    own(Unmet.value, 8, Kind.NUMBER),
    field("results", Results.cause, 27),
    field("results", Results.corrective_action, 28),
    field("results", Results.action_owner, 12),
    field("results", Results.action_due_on, 10.5, Kind.DAY),
    own(Unmet.overdue_days, 8, Kind.COUNT),
    own(Unmet.since, 8, Kind.CODE, named="open_since"),
    own(Unmet.status_now, 12, Kind.SIGN, "status"),
    own(Unmet.remark, 10, Kind.SIGN, "remark"),
    own(Unmet.origin, 10, Kind.SIGN, "origin"),
    own(Unmet.period, 9, Kind.CODE),
    field("objectives", Objectives.unit, 10, Kind.CODE),
    field("actions", Actions.finished_on, 11, Kind.DAY),
    field("actions", Actions.is_effective, 10, Kind.CODE),
    field("actions", Actions.action_result, 27),
    field("actions", Actions.checked_by, 13),
    own(Unmet.report_source, 8, Kind.SOURCE, named="source"),
    own("report_place", 12, Kind.PLACE, named="place"),
)
_UNMET_PRINTED = 11
"""What was promised, what came, what is done about it by whom and when; the rest stands beside it on the screen."""
_ENDED = (
    own(Ended.division, 8, Kind.CODE),
    field("objectives", Objectives.code, 7.5, Kind.CODE),
    field("objectives", Objectives.statement, 24),
    own("commitment", 10.5, Kind.CODE),
    own(Ended.period, 8, Kind.CODE),
    field("results", Results.approving_document, 27),
    own("report_place", 28, Kind.PLACE, named="place"),
    field("objectives", Objectives.measure, 12, Kind.CODE),
    field("objectives", Objectives.unit, 10.5, Kind.CODE),
    own(Ended.target, 7, Kind.NUMBER),
    own(Ended.report_source, 8, Kind.SOURCE, named="source"),
)
_ACTIONS = (
    own(ActionReports.division, 8, Kind.CODE),
    field("actions", Actions.objective, 7.5, Kind.CODE),
    field("actions", Actions.owner, 24),
    field("actions", Actions.due_on, 10.5, Kind.DAY),
    field("actions", Actions.origin, 8, Kind.CODE),
    field("actions", Actions.action, 27),
    field("actions", Actions.action_result, 28),
    field("actions", Actions.checked_by, 12),
    field("actions", Actions.finished_on, 10.5, Kind.DAY),
    field("actions", Actions.is_effective, 8, Kind.CODE),
    own(ActionReports.report_source, 8, Kind.SOURCE, named="source"),
    own("report_place", 12, Kind.PLACE, named="place"),
)
_PARTS = (
    own(AgencyParts.agency_objective, 7.5, Kind.CODE, named="agency_code"),
    own(AgencyParts.division, 8.5, Kind.CODE),
    field("objectives", Objectives.code, 8, Kind.CODE),
    field("objectives", Objectives.statement, 36),
    field("objectives", Objectives.measure, 10, Kind.CODE),
    field("objectives", Objectives.unit, 8, Kind.CODE),
    own(AgencyParts.numerator, 9, Kind.NUMBER),
    own(AgencyParts.denominator, 9, Kind.NUMBER),
    own(AgencyParts.value, 9, Kind.NUMBER),
    own(AgencyParts.status, 14, Kind.SIGN, "status"),
    own(AgencyParts.is_pooled, 9.5, Kind.SIGN, "pooled"),
    own(AgencyParts.division_is, 12, Kind.SIGN, "division_is"),
    own(AgencyParts.report_source, 8.5, Kind.SOURCE, named="source"),
    own("report_place", 13, Kind.PLACE, named="place"),
)
_PARTS_PRINTED = 13


def write_results(draft: Draft) -> Placed:
    """Write sheet 3; gives where its table stands."""
    results = draft.committee.objective_results
    signs = commitment_signs(results)
    rows = results.assign(
        commitment=signs.where(signs != "", results["commitment"].fillna("")),
        baseline=figure_or_word(results["baseline"], results[ObjectiveResults.baseline_coded]),
        value=figure_or_word(results["value"], results["word"]),
        full_year_estimate=figure_or_word(
            results[Results.full_year_estimate], results[ObjectiveResults.full_year_estimate_coded]
        ),
        plan_place=draft.places(results["plan_source"], results["plan_row"], "objectives", Objectives.target),
        report_place=draft.places_of_results(results),
    )
    canvas = draft.begin("results", _RESULTS)
    placed = write_table(canvas, HEADER_ROW, Table("ket_qua", _RESULTS, "objective_results"), rows)
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 2)
    draft.finish(canvas, Printed(placed.last_row, _RESULTS_PRINTED, [placed.block]))
    return placed


def write_unmet(draft: Draft) -> Tables:
    """Write sheet 4; gives where its tables stand: unmet, actions, ended."""
    canvas, unmet = draft.begin("unmet", _UNMET), draft.committee.unmet
    rows = unmet.assign(
        commitment=commitment_signs(unmet),
        value=figure_or_word(unmet["value"], unmet["word"]),
        report_place=draft.places_of_results(unmet),
    )
    placed = write_table(canvas, HEADER_ROW, Table("khong_dat", _UNMET, "unmet"), rows)
    below = _ended(canvas, draft, placed.last_row + 3)
    reported = _reported(canvas, draft, below.last_row + 3)
    canvas.sheet.worksheet.freeze_panes(HEADER_ROW, 2)
    # Empty tables below need no paper.
    is_short = "unmet" in draft.print_set
    below_it = [table.block for table in (below, reported) if not (is_short and table.is_empty)]
    blocks = [placed.block, *below_it]
    draft.finish(canvas, Printed(blocks[-1].last_row, _UNMET_PRINTED, blocks, 2, placed))
    return {"unmet": placed, "actions": reported, "ended": below}


def _reported(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """What the period's reports say of the actions of earlier ones."""
    actions = draft.committee.actions
    places = draft.places(actions["report_source"], actions["report_row"], "actions", Actions.is_effective)
    table = Table("khac_phuc", _ACTIONS, "actions", "actions")
    return write_table(canvas, row, table, actions.assign(report_place=places))


def _ended(canvas: Canvas, draft: Draft, row: int) -> Placed:
    """What is no longer held to, with the document that allows it: it may leave the totals, not the workbook."""
    ended = draft.committee.ended
    places = draft.places(ended["report_source"], ended["report_row"], "results", Results.approving_document)
    rows = ended.assign(commitment=commitment_signs(ended), report_place=places)
    return write_table(canvas, row, Table("khong_con_ap_dung", _ENDED, "ended", "ended"), rows)


def write_agency(draft: Draft) -> Tables:
    """Write sheet 6; gives where its tables stand: agency_objectives and agency_parts."""
    pooled, parts = draft.committee.agency_objectives, draft.committee.agency_parts
    canvas = draft.begin("agency", _PARTS)
    parts_row = HEADER_ROW + max(len(pooled), 1) + 3
    rows = parts.assign(
        value=figure_or_word(parts["value"], parts["word"]), report_place=draft.places_of_results(parts)
    )
    placed_parts = write_table(canvas, parts_row, Table("phan_cua_phong", _PARTS, "agency_parts", "parts"), rows)
    placed = _pooled(canvas, pooled, placed_parts)
    blocks = [placed.block, placed_parts.block]
    draft.finish(canvas, Printed(placed_parts.last_row, _PARTS_PRINTED, blocks, 2, placed_parts))
    return {"agency_objectives": placed, "agency_parts": placed_parts}


def _divisions(parts: Placed) -> tuple[Column, Column]:
    """How many divisions gave their figures, and how many have to, each counted on its first row below."""

    def counted(row: int, state: In) -> str:
        of_code = f"{parts.here(AgencyParts.agency_objective)},$A{row}"
        return f'COUNTIFS({of_code},{parts.here(AgencyParts.division_is)},"{word("division_is", state)}")'

    return (
        own(AgencyObjectives.divisions_in, 12, Kind.WHOLE).live(lambda row: f"={counted(row, In.GIVEN)}"),
        own(AgencyObjectives.divisions, 8.5, Kind.WHOLE).live(
            lambda row: f"={counted(row, In.GIVEN)}+{counted(row, In.WAITING)}"
        ),
    )


def _pooled(canvas: Canvas, pooled: pd.DataFrame, parts: Placed) -> Placed:
    """One row an objective of the agency; what is added up is added up by formulas over the parts below."""
    code = parts.here(AgencyParts.agency_objective)
    added = f'{parts.here("is_pooled")},"{word("pooled", code=True)}"'
    share, total = (say(f"committee.pooling.{way}") for way in (Pooling.SHARE, Pooling.SUM))

    def summed(column: str, row: int) -> str:
        return f"SUMIFS({parts.here(column)},{code},$A{row},{added})"

    def value(row: int) -> str:
        rate = f'IF($H{row}=0,"",100*$G{row}/$H{row})'
        return f'=IF($N{row}="{share}",{rate},IF(AND($N{row}="{total}",$C{row}>0),{summed("value", row)},""))'

    columns = (
        own(AgencyObjectives.code, 7.5, Kind.CODE, named="agency_code"),
        own(AgencyObjectives.objectives, 8.5, Kind.WHOLE).live(lambda row: f"=COUNTIF({code},$A{row})"),
        own(AgencyObjectives.pooled, 8, Kind.WHOLE).live(lambda row: f"=COUNTIFS({code},$A{row},{added})"),
        own(AgencyObjectives.text, 36, named="agency_text"),
        own(AgencyObjectives.commitment, 10, Kind.CODE),
        field("objectives", Objectives.unit, 8, Kind.CODE),
        own(AgencyObjectives.numerator, 9, Kind.WHOLE).live(lambda row: f"={summed('numerator', row)}"),
        own(AgencyObjectives.denominator, 9, Kind.WHOLE).live(lambda row: f"={summed('denominator', row)}"),
        own(AgencyObjectives.value, 9, Kind.NUMBER, named="pooled_value").live(value),
        own(AgencyObjectives.status, 14, Kind.SIGN, "status"),
        own(AgencyObjectives.remark, 9.5, Kind.SIGN, "remark"),
        *_divisions(parts),
        own(AgencyObjectives.pooling, 13, Kind.CODE),
    )
    rows = pooled.assign(
        commitment=commitment_signs(pooled),
        numerator=pooled["numerator"].fillna(0),
        denominator=pooled["denominator"].fillna(0),
        pooling=pooled["pooling"].map({str(way): say(f"committee.pooling.{way}") for way in Pooling}),
    )
    return write_table(canvas, HEADER_ROW, Table("muc_tieu_chung", columns, "agency_objectives", "pooled"), rows)
