"""Sheet 6: the agency as one, its objectives pooled from numerators and denominators."""

import pandas as pd

from pipeline.committee import looks
from pipeline.committee.draft import HEADER_ROW, Draft, commitment_signs, form_label, label
from pipeline.committee.drawing import Canvas, Column, Kind, Placed
from pipeline.committee.results import figure_or_word
from pipeline.committee.signs import word
from pipeline.consolidation.agency import Pooling
from pipeline.wording import say

_PARTS = (
    Column("agency_objective", label("agency_code"), 9, Kind.CODE),
    Column("division", label("division"), 9, Kind.CODE),
    Column("code", form_label("objectives", "code"), 9, Kind.CODE),
    Column("statement", form_label("objectives", "statement"), 46),
    Column("measure", form_label("objectives", "measure"), 12, Kind.CODE),
    Column("unit", form_label("objectives", "unit"), 9, Kind.CODE),
    Column("numerator", label("numerator"), 11, Kind.NUMBER),
    Column("denominator", label("denominator"), 11, Kind.NUMBER),
    Column("value", label("value"), 11, Kind.NUMBER),
    Column("status", label("status"), 16, Kind.SIGN, "status"),
    Column("is_pooled", label("is_pooled"), 15, Kind.SIGN, "pooled"),
    Column("report_source", label("source"), 8, Kind.SOURCE),
    Column("report_place", label("place"), 12, Kind.PLACE),
)


def write_agency(draft: Draft) -> dict[str, Placed]:
    """Write the sheet; gives where its tables stand: agency_objectives and agency_parts."""
    pooled, parts = draft.committee.agency_objectives, draft.committee.agency_parts
    canvas = draft.begin("agency", [column.width for column in _PARTS])
    parts_row = HEADER_ROW + max(len(pooled), 1) + 3
    canvas.line(parts_row - 1, say("committee.heading.parts"), looks.HEADING)
    shown = parts.assign(
        value=figure_or_word(parts["value"], parts["word"]),
        report_place=draft.addresses.of_results(parts),
    )
    placed_parts = canvas.table(parts_row, "phan_cua_phong", _PARTS, shown, say("committee.empty.agency_parts"))
    placed = _pooled(canvas, pooled, placed_parts)
    draft.finish(canvas, placed_parts.last_row, len(_PARTS), parts_row)
    return {"agency_objectives": placed, "agency_parts": placed_parts}


def _pooled(canvas: Canvas, pooled: pd.DataFrame, parts: Placed) -> Placed:
    """One row an objective of the agency; what is added up is added up by formulas over the parts below."""
    code = parts.here("agency_objective")
    added = f'{parts.here("is_pooled")},"{word("pooled", code=True)}"'
    share, total = (say(f"committee.pooling.{way}") for way in (Pooling.SHARE, Pooling.SUM))

    def summed(column: str, row: int) -> str:
        return f"SUMIFS({parts.here(column)},{code},$A{row},{added})"

    def value(row: int) -> str:
        sum_of_values = summed("value", row)
        rate = f'IF($H{row}=0,"",100*$G{row}/$H{row})'
        return f'=IF($K{row}="{share}",{rate},IF(AND($K{row}="{total}",$C{row}>0),{sum_of_values},""))'

    columns = (
        Column("code", label("agency_code"), 9, Kind.CODE),
        Column("objectives", label("objectives"), 9, Kind.WHOLE, formula=lambda row: f"=COUNTIF({code},$A{row})"),
        Column("pooled", label("pooled"), 9, Kind.WHOLE, formula=lambda row: f"=COUNTIFS({code},$A{row},{added})"),
        Column("text", label("agency_text"), 46),
        Column("commitment", label("commitment"), 12, Kind.CODE),
        Column("unit", form_label("objectives", "unit"), 9, Kind.CODE),
        Column("numerator", label("numerator"), 11, Kind.WHOLE, formula=lambda row: f"={summed('numerator', row)}"),
        Column(
            "denominator", label("denominator"), 11, Kind.WHOLE, formula=lambda row: f"={summed('denominator', row)}"
        ),
        Column("value", label("pooled_value"), 11, Kind.NUMBER, formula=value),
        Column("status", label("status"), 16, Kind.SIGN, "status"),
        Column("pooling", label("pooling"), 15, Kind.CODE),
    )
    shown = pooled.assign(
        commitment=commitment_signs(pooled),
        numerator=pooled["numerator"].fillna(0),
        denominator=pooled["denominator"].fillna(0),
        pooling=pooled["pooling"].map({str(way): say(f"committee.pooling.{way}") for way in Pooling}),
    )
    canvas.line(HEADER_ROW - 1, say("committee.heading.pooled"), looks.HEADING)
    return canvas.table(HEADER_ROW, "muc_tieu_chung", columns, shown, say("committee.empty.agency_objectives"))
