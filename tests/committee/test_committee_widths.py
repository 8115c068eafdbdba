"""Tables below one another share the sheet's columns: a row is as high as its texts need in those."""

import pytest
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from pipeline.committee import controls, objectives, trends

BELOW = {
    "4 ended": (objectives._ENDED, [column.width for column in objectives._UNMET]),
    "4 actions": (objectives._ACTIONS, [column.width for column in objectives._UNMET]),
    "9 shifts": (trends._SHIFTS, trends._WIDTHS),
    "9 changes": (trends._CHANGES, trends._WIDTHS),
    "10 files": (controls._LEFT_OUT, [column.width for column in controls._CHECKS]),
    "10 notes": (controls._STANDING, [column.width for column in controls._CHECKS]),
}


@pytest.mark.parametrize("name", list(BELOW))
def test_no_table_counts_on_a_column_wider_than_the_sheets(name: str) -> None:
    """wb5: the approving document on sheet 9 was cut, its row being as high as twice the width needs."""
    columns, widths = BELOW[name]
    assert [c.label for c, width in zip(columns, widths, strict=False) if c.width > width] == []


def test_the_words_of_actions_stand_in_the_widest_columns_of_sheet_4() -> None:
    """wb5: not the address of a cell."""
    widest = sorted(objectives._ACTIONS, key=lambda column: column.width)[-2:]
    assert [column.name for column in widest] == ["action", "action_result"]


def test_the_question_of_each_sheet_ends_before_its_paper_does(opened: Workbook) -> None:
    """Sheet 2's was cut at the edge of the page: a line runs on over blank cells, but not over the edge."""
    wide = []
    for sheet in opened:
        last = str(sheet.print_area).split("$")[-2]
        columns = [get_column_letter(number) for number in range(1, column_index_from_string(last) + 1)]
        width = sum(sheet.column_dimensions[column].width for column in columns)
        wide += [sheet.title] if len(str(sheet["A2"].value)) > width else []
    assert wide == []
