"""Accidents: what stands in, below and beside the table."""

import datetime as dt

from parsing_desk import both, everywhere, merged, put, written
from parsing_hands import (
    DECLARED,
    GOALS,
    POLICY,
    PROGRESS,
    RESULTS,
    date_from_1904,
    formula,
    letter_columns,
    nfd,
    number_columns,
    repeat_header,
    undress,
)
from parsing_lines import Line

TWO_SIGNATURES = {"C20": "NGƯỜI LẬP BIỂU", "K20": "TRƯỞNG PHÒNG", "C21": "(Ký, ghi rõ họ tên)", "K24": "Nguyễn Văn Hòa"}
SIGNED_BELOW = {
    "A20": "Nơi nhận:",
    "D20": "Sóc Trăng, ngày 05 tháng 6 năm 2019",
    "D21": "TRƯỞNG PHÒNG",
    "D25": "Lê Văn Tám",
}

CELLS: tuple[Line, ...] = (
    # Inside the table.
    Line("a signature block below", "BM-01", written(GOALS, TWO_SIGNATURES)),
    Line("place, day and title below", "BM-02", written(PROGRESS, SIGNED_BELOW)),
    Line(
        "a total below",
        "BM-04",
        written(DECLARED, {"A9": "Tổng cộng", "F9": 12, "G9": 174}),
        (("T224", f"{DECLARED}!A9"),),
    ),
    Line(
        "a total beside a printed code",
        "BM-02",
        written(RESULTS, {"B10": "TỔNG CỘNG:", "E10": 192, "F10": 200, "G10": "96,0"}),
        (("T224", f"{RESULTS}!A10"),),
    ),
    Line("the head printed again for a second page", "BM-01", repeat_header),
    Line("a row of column numbers", "BM-02", number_columns),
    Line("a row of letters and numbers", "BM-02", letter_columns),
    Line("a remark below, beside the codes", "BM-01", written(GOALS, {"A40": "Ghi chú: số liệu tạm tính"})),
    Line("sums beside the table", "BM-01", written(GOALS, {"Z6": 95, "Z7": "=SUM(Z6)", "AA5": "Tính thử"})),
    Line("blank cells joined down a column", "BM-01", merged(GOALS, "S6:S8")),
    Line(
        "filled cells joined down a column",
        "BM-01",
        both(put(GOALS, "note", 1, "như nhau"), merged(GOALS, "S6:S8")),
        (("T225", f"{GOALS}!S6"),),
    ),
    Line(
        "filled cells joined along a row",
        "BM-02",
        both(put(RESULTS, "proposal", 1, None), put(RESULTS, "evidence", 1, "Sổ"), merged(RESULTS, "P6:Q6")),
        (("T225", f"{RESULTS}!P6"),),
    ),
    Line("titles joined", "BM-03", both(merged(POLICY, "A1:F1"), merged(POLICY, "A2:F2"))),
    Line("a formula that no program has calculated", "BM-02", formula, (("T214", f"{RESULTS}!G6"),)),
    # Values.
    Line("drop-downs, names, protection and looks lost", "BM-01", undress),
    Line("everything in NFD", "BM-01", everywhere(nfd)),
    Line("no-break and zero-width spaces", "BM-03", everywhere(lambda t: t.replace(" ", "\u00a0") + "\u200b")),
    Line(
        "numbers as text",
        "BM-01",
        both(put(GOALS, "target", 1, "95 "), put(GOALS, "baseline", 1, "92,5"), put(GOALS, "target", 3, "\u00a05")),
    ),
    Line("a percentage as Excel keeps it", "BM-02", put(RESULTS, "actual", 1, 0.96, "0%")),
    Line(
        "a percent format put on afterwards", "BM-02", put(RESULTS, "actual", 1, 96, "0%"), (("R606", f"{RESULTS}!G6"),)
    ),
    Line(
        "a thousand in the other style", "BM-02", put(RESULTS, "denominator", 1, "1,200"), (("V307", f"{RESULTS}!F6"),)
    ),
    Line(
        "days as text",
        "BM-02",
        both(
            put(RESULTS, "data_as_of", 1, "31/5/2019"),
            put(RESULTS, "data_as_of", 2, "ngày 31 tháng 5 năm 2019"),
            put(RESULTS, "data_as_of", 3, "31.5.19"),
        ),
    ),
    Line("a day without its format", "BM-03", put(POLICY, "communicated_on", 1, 43529, "General")),
    Line("month before day", "BM-02", put(RESULTS, "data_as_of", 1, "05/31/2019"), (("V319", f"{RESULTS}!H6"),)),
    Line(
        "a number in a cell for days",
        "BM-02",
        put(PROGRESS, "finished_on", 2, dt.datetime(1900, 1, 5)),
        (("V302", f"{PROGRESS}!E7"),),
    ),
    Line("days count from 1904", "BM-04", date_from_1904),
    Line(
        "choices in capitals and without accents",
        "BM-01",
        both(
            put(GOALS, "measure", 1, "TY LE"),
            put(GOALS, "frequency", 1, "Quí"),
            put(GOALS, "comparator", 1, " Ít nhất"),
        ),
    ),
    Line("an error in a cell", "BM-02", put(RESULTS, "numerator", 1, "#REF!"), (("V311", f"{RESULTS}!E6"),)),
)
