"""Accidents: rows, columns and sheets that moved, were added, copied or deleted."""

from parsing_desk import (
    TAGS,
    both,
    cleared,
    column_inserted,
    private_sheet,
    put,
    removed,
    renamed,
    rows_inserted,
    sheet_copied,
    swapped,
    written,
)
from parsing_hands import (
    COVER,
    DECLARED,
    GOALS,
    PLAN,
    POLICY,
    PROGRESS,
    RESULTS,
    SCOPE,
    add_chart_sheet,
    hide_rows_and_columns,
    hide_sheet,
    reorder,
    show_identity,
    sort_backwards,
    spread,
)
from parsing_lines import Line

from pipeline.parsing.recognition import IDENTITY_SHEET

PLACES: tuple[Line, ...] = (
    # Rows and columns move.
    Line("rows above everything", "BM-01", rows_inserted(GOALS, 1, 4)),
    Line("rows above the tags", "BM-02", rows_inserted(RESULTS, 4, 2)),
    Line("a row between tags and header", "BM-03", rows_inserted(POLICY, 5, 1)),
    Line("two rows between tags and header", "BM-04", rows_inserted(DECLARED, 5, 2)),
    Line("a blank row below the header", "BM-04", rows_inserted(SCOPE, 6, 1)),
    Line("rows above the cover's table", "BM-02", rows_inserted(COVER, 3, 5)),
    Line("a column left of the table", "BM-04", column_inserted(DECLARED, 1)),
    Line("a column of running numbers", "BM-01", column_inserted(GOALS, 1, "STT", (1, 2, 3))),
    Line("a private column in the middle", "BM-02", column_inserted(RESULTS, 8, "Ghi nhớ", ("hỏi lại", None, "xong"))),
    Line("a blank column in the middle", "BM-03", column_inserted(POLICY, 4)),
    Line(
        "a column of uncalculated checks",
        "BM-02",
        column_inserted(RESULTS, 1, "Kiểm tra", ['=IF(H6="","Thiếu","")'] * 3),
    ),
    Line("a column on the cover's left", "BM-01", lambda workbook: workbook[COVER].insert_cols(1)),
    Line("columns moved with their tags", "BM-01", swapped(GOALS, "target", "owner", range(TAGS, 18))),
    Line(
        "columns moved with their tags, of two kinds", "BM-04", swapped(DECLARED, "notice_on", "scope", range(TAGS, 18))
    ),
    Line("rows sorted otherwise", "BM-02", sort_backwards),
    Line("blank rows between the filled ones", "BM-03", spread),
    Line("filter, hidden rows, hidden columns", "BM-01", hide_rows_and_columns),
    # Sheets.
    Line("a sheet renamed", "BM-02", renamed(RESULTS, "KQ 6 tháng (cuối)")),
    Line("all sheets renamed", "BM-03", both(renamed(POLICY, "Sheet1"), renamed(COVER, "Sheet2"))),
    Line("sheets in another order", "BM-04", reorder),
    Line("a sheet hidden by the sender", "BM-01", hide_sheet),
    Line("the identity sheet made visible", "BM-02", show_identity),
    Line("the identity sheet deleted", "BM-03", removed(IDENTITY_SHEET), (("T201", ""),)),
    Line("guide and lists deleted", "BM-01", removed("Hướng dẫn", "Danh mục")),
    Line("a private sheet in front", "BM-04", private_sheet("Nháp", [["Việc", "Số"], ["x", 1]])),
    Line(
        "a private sheet with our words",
        "BM-01",
        private_sheet("Nháp", [["Mã mục tiêu", "Chỉ số đo lường", "Ghi chú"], [1, 2, 3]]),
    ),
    Line("a chart sheet added", "BM-02", add_chart_sheet),
    Line("a sheet deleted", "BM-01", removed(PLAN), (("T205", ""),)),
    Line(
        "an empty copy of a sheet",
        "BM-03",
        both(
            sheet_copied(POLICY),
            cleared(
                f"{POLICY} (2)",
                [
                    "channel",
                    "communicated_on",
                    "communicator",
                    "understood",
                    "how_checked",
                    "policy_version",
                    "staff_code",
                    "full_name",
                    "position",
                    "category",
                ],
            ),
        ),
    ),
    Line("a copy of a sheet with the same content", "BM-01", sheet_copied(GOALS)),
    Line(
        "a copy of a sheet that was filled further",
        "BM-01",
        both(sheet_copied(GOALS), put(GOALS, "note", 1, "mới")),
        (("T223", GOALS),),
    ),
    Line(
        "a hidden copy of a sheet with older figures",
        "BM-02",
        both(sheet_copied(RESULTS, hidden=True), put(RESULTS, "actual", 3, 4.4)),
        (("T223", RESULTS),),
    ),
    Line(
        "a copy of the cover with another year",
        "BM-04",
        both(sheet_copied(COVER), written(f"{COVER} (2)", {"C11": 2018})),
        (("T223", COVER),),
    ),
    Line(
        "the copy filled, the original emptied",
        "BM-02",
        both(sheet_copied(PROGRESS), cleared(PROGRESS, ["status", "finished_on"])),
    ),
)
