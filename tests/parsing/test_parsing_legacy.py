"""Cells, headers, titles and signatures typed with legacy fonts: read by their words, told, never converted."""

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from parsing_workbooks import parsed, renamed, rows, whole, with_cells
from rules_sheets import read_bytes, template_content

from pipeline.forms import BY_NUMBER, FORMS
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.parsing import recognise
from pipeline.parsing.recognition import IDENTITY_SHEET
from pipeline.spreadsheet import RawCell, RawSheet

sys.path.insert(0, str(Path(__file__).parents[1] / "vietnamese"))
from legacy_strings import to_tcvn3, to_vni

GOALS = "Mục tiêu"
INDICATOR_OF_THE_THIRD = (8, 4)


def in_font(workbook: RawWorkbook, text: str, font: str) -> RawWorkbook:
    typed = with_cells(workbook, GOALS, {INDICATOR_OF_THE_THIRD: text})
    return replace(typed, fonts={GOALS: {INDICATOR_OF_THE_THIRD: font}})


def without_tags_and_identity(workbook: RawWorkbook) -> RawWorkbook:
    tags = {field.name for sheet in BY_NUMBER["BM-01"].all_sheets for field in sheet.fields}
    kept = [sheet for sheet in workbook.sheets if sheet.title != IDENTITY_SHEET]
    return replace(workbook, sheets=tuple(_without(sheet, tags) for sheet in kept))


def _without(sheet: RawSheet, values: set[str]) -> RawSheet:
    return replace(sheet, cells={at: cell for at, cell in sheet.cells.items() if cell.value not in values})


@pytest.mark.parametrize("encode", [to_tcvn3, to_vni])
def test_headers_and_titles_in_a_legacy_font_are_found_by_their_words(encode: Callable[[str], str]) -> None:
    """The sheets were pasted into a workbook of the time before Unicode, tags and hidden sheet lost."""
    bare = without_tags_and_identity(whole())
    labels = {field.label for sheet in BY_NUMBER["BM-01"].all_sheets for field in sheet.fields}

    def pasted(sheet: RawSheet) -> RawSheet:
        cells = {at: _encoded(cell, labels, encode) for at, cell in sheet.cells.items()}
        return replace(sheet, cells=cells)

    workbook = replace(bare, sheets=tuple(map(pasted, bare.sheets)))
    workbook = renamed(workbook, {sheet.title: encode(sheet.title) for sheet in workbook.sheets})
    assert recognise(workbook, FORMS)[0] is BY_NUMBER["BM-01"]
    assert rows(workbook) == rows(whole())


def _encoded(cell: RawCell, labels: set[str], encode: Callable[[str], str]) -> RawCell:
    bare = cell.value.replace("(*)", "").strip() if isinstance(cell.value, str) else ""
    return cell._replace(value=encode(cell.value)) if bare in labels and isinstance(cell.value, str) else cell


def test_the_font_of_the_cell_decides_where_its_words_make_sense_either_way() -> None:
    # "Vô cã" is spelt like Vietnamese, and "Vụ có" in TCVN3.
    assert parsed(in_font(whole(), "Vô cã", "Times New Roman")).findings == ()
    (finding,) = parsed(in_font(whole(), "Vô cã", ".VnTime")).findings
    assert (finding.code, finding.cell, finding.facts["proposal"]) == ("V317", "D8", "Vụ có")


def test_the_font_of_a_cell_comes_with_the_file() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(template_content("BM-01")))
    for row, font in ((6, ".VnTime"), (7, "Times New Roman")):
        cell = workbook[GOALS].cell(row, INDICATOR_OF_THE_THIRD[1], "Vô cã")
        cell.font = Font(name=font)
    saved = io.BytesIO()
    workbook.save(saved)
    found = parsed(read_bytes(saved.getvalue())).findings
    assert [(finding.code, finding.cell, finding.facts["proposal"]) for finding in found] == [("V317", "D6", "Vụ có")]


def test_the_value_stays_as_it_was_typed() -> None:
    typed = in_font(whole(), "Tû lÖ v¨n b¶n", "")
    assert [finding.code for finding in parsed(typed).findings] == ["V317"]
    assert rows(typed)["objectives"][2]["indicator"] == "Tû lÖ v¨n b¶n"


def test_a_signature_block_in_a_legacy_font_is_no_row() -> None:
    signed = with_cells(whole(), GOALS, {(69, 11): to_tcvn3("Chánh Văn phòng"), (75, 11): "Nguyen Van Hoa"})
    assert rows(signed) == rows(whole())
