"""The sheets 1 to 10 of a committee workbook, compared with what was recomputed of the same period and day."""

from collections.abc import Mapping
from fractions import Fraction

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from recompute_agency import part_rows, pooled_rows
from recompute_attention import compare_attention
from recompute_charts import compare_charts
from recompute_compare import (
    Comparison,
    Expected,
    block,
    cell_at,
    compare_block,
    compare_figures,
    compare_table,
    place_of,
    table_rows,
)
from recompute_controls import OF_HEADLINE, lines, rows_of
from recompute_decided import compare_decisions, decisions
from recompute_objectives import TASK_STATUSES
from recompute_overview import (
    COUNT,
    SHARE,
    TOTAL,
    WHOLE,
    Recomputed,
    agency_rows,
    by_division,
    by_form,
    by_period,
    counted,
    figures,
    states_line,
)
from recompute_owed import STATES, matrix_rows, obligations, owed_row
from recompute_registers import IN_FORCE, NOT_CHECKED, NOT_DECLARED, NOT_PROVED, OUTDATED, coverage, coverage_counts
from recompute_sentences import beside_last_year, changes, headline
from recompute_shifts import ENDED, shifts
from recompute_status import STATUSES
from recompute_trends import trend_rows
from recompute_unmet import ended_rows

SHEETS = (
    "1 Tổng quan",
    "2 Tình hình nộp",
    "3 Kết quả mục tiêu",
    "4 Không đạt",
    "5 Kế hoạch",
    "6 Mục tiêu chung",
    "7 Phổ biến CSCL",
    "8 Công bố HTQLCL",
    "9 Xu hướng",
    "10 Đối chiếu",
)
JUDGED_HERE = ("Ngày nhận", "Số lỗi")
"""Of the files that are not used: copied from sheet 11, which alone is believed of what no form holds."""


def compare(workbook: Workbook, one: Recomputed) -> Comparison:
    """Every figure of the ten sheets; a figure that nothing was compared with is a difference, too."""
    done = Comparison()
    overview, owed, results, unmet, plan, agency, policy, declaration, trends, controls = (
        workbook[name] for name in SHEETS
    )
    _compare_overview(done, overview, trends, one)
    _compare_trends(done, trends, one)
    _compare_owed(done, owed, one)
    compare_table(done, results, "ket_qua", one.results, "Mã Phòng+Mã mục tiêu")
    compare_table(done, unmet, "khong_dat", one.unmet, "Kỳ+Mã Phòng+Mã mục tiêu")
    compare_figures(done, unmet, "khac_phuc", one.actions, "Kỳ phát sinh+Mã Phòng+Mục tiêu không đạt")
    compare_figures(done, unmet, "khong_con_ap_dung", one.ended, "Kỳ+Mã Phòng+Mã mục tiêu")
    _compare_plan(done, plan, one)
    _compare_policy(done, policy, one)
    _compare_declaration(done, declaration, one)
    compare_attention(done, trends, overview, one)
    _compare_pooled(done, agency, one)
    _compare_controls(done, controls, one)
    for name in SHEETS:
        done.left_over(workbook[name])
    return done


def _compare_overview(done: Comparison, sheet: Worksheet, trends: Worksheet, one: Recomputed) -> None:
    done.sentence(sheet, "A3", sheet["A3"].value, headline(one))
    _compare_last_year(done, sheet, one)
    _compare_tiles(done, sheet, figures(one))
    _compare_states(done, sheet, one)
    _compare_agency(done, sheet, one)
    compare_decisions(done, sheet, decisions(one))
    _compare_changes(done, sheet, one)
    compare_charts(done, sheet, trends, one)


def _compare_last_year(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    """The sentence below the headline, where there is a like period."""
    expected, text = beside_last_year(one), str(sheet["A4"].value)
    if expected is None:
        return
    done.sentence(sheet, "A4", text, expected[1])
    if not text.startswith(expected[0]):
        done.differ(place_of(sheet, "A4"), "better or worse than last year", text, expected[0])


def _compare_tiles(done: Comparison, sheet: Worksheet, expected: Mapping[str, Expected]) -> None:
    """Each figure by its label: the count below it, what it is out of to the right of that, the share below both."""
    labels = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value in expected}
    for label, wanted in expected.items():
        if label not in labels:
            done.differ(sheet.title, "figure that is missing", None, label)
            continue
        row, column = int(labels[label].row or 0), int(labels[label].column or 0)
        done.cell(sheet, cell_at(sheet, row + 1, column), wanted[COUNT], label)
        done.cell(sheet, cell_at(sheet, row + 2, column), wanted[SHARE], f"{label}, share")
        if wanted[WHOLE] is not None:
            done.cell(sheet, cell_at(sheet, row + 1, column + 1), wanted[WHOLE], f"{label}, whole")


def _compare_states(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    """The line of states, below its words."""
    wanted = states_line(one)
    row, columns = block(sheet, list(wanted))
    for word, count in wanted.items():
        done.cell(sheet, cell_at(sheet, row + 1, columns[word]), count, f"{word} on the line of states")


def _compare_agency(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    """The agency's objectives by their codes: the pooled rate, and how many divisions are in."""
    headers = ("Mã", "Mục tiêu chung", "Kết quả chung", "Phòng đã có số liệu")
    row, columns = block(sheet, headers)
    left = agency_rows(one)
    while str(sheet.cell(row := row + 1, 1).value) in left:
        value, divisions = left.pop(str(sheet.cell(row, 1).value))
        done.cell(sheet, cell_at(sheet, row, columns["Kết quả chung"]), value, "pooled rate")
        done.cell(sheet, cell_at(sheet, row, columns["Phòng đã có số liệu"]), divisions, "divisions that are in")
    for code in left:
        done.differ(sheet.title, "objective of the agency that is missing", None, code)


def _compare_changes(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    """Sheet 1 shows the weightiest, each counting what went the same way: "Lần trước: tệp mới", before, after."""
    row, columns = block(sheet, ("So với", "Trước", "Sau", "Số lượng"))
    every = changes(one)
    while ": " in (label := str(sheet.cell(row := row + 1, 1).value)):
        before, after = (str(sheet.cell(row, columns[name]).value) for name in ("Trước", "Sau"))
        since, what = label.split(": ")
        moved = Fraction(every[since, what, before, after])
        done.cell(sheet, cell_at(sheet, row, columns["Số lượng"]), moved, f"{label}, {before} → {after}")


def _compare_trends(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    compare_table(done, sheet, "qua_cac_ky", list(by_period(one).values()), "Kỳ")
    compare_block(done, sheet, STATUSES, by_division(one))
    compare_block(done, sheet, STATES, by_form(one))
    compare_table(done, sheet, "xu_huong", trend_rows(one), "Mã Phòng+Mã mục tiêu")
    ended = ended_rows(one.inputs, one.period, "20")
    moved = [*shifts(one.inputs, one.period), *((row["Mã Phòng"], row["Mã mục tiêu"], ENDED) for row in ended)]
    rows = [dict(zip(("Mã Phòng", "Mã mục tiêu", "Thay đổi"), each, strict=True)) for each in moved]
    compare_figures(done, sheet, "thay_doi_cam_ket", rows, "Mã Phòng+Mã mục tiêu")
    _compare_all_changes(done, sheet, one)


def _compare_all_changes(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    """Sheet 9 shows every change; which objectives or forms it were, is counted only."""
    first, last = str(sheet.tables["thay_doi"].ref).split(":")
    (header, *rows) = sheet[first:last]
    headers = [str(cell.value) for cell in header]
    left = changes(one)
    for row in rows:
        cells = dict(zip(headers, row, strict=True))
        key = tuple(str(cells[name].value) for name in ("So với", "Việc", "Trước", "Sau"))
        if cells["Việc"].value is not None:
            done.cell(sheet, cells["Số lượng"], Fraction(left.pop(key, 0)), " ".join(key))  # type: ignore[call-overload]
    for move, count in left.items():
        done.differ(place_of(sheet, first), "change", None, (*move, count))


def _compare_owed(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    rows = [owed_row(one.inputs, owed) for owed in one.owed]
    compare_table(done, sheet, "tinh_hinh_nop", rows, "Mã Phòng+Biểu mẫu+Kỳ")
    compare_figures(done, sheet, "nop_ky_truoc", before_rows(one), "Mã Phòng+Biểu mẫu+Kỳ")
    row, columns = block(sheet, ("Mã Phòng",))
    titles = {title.partition(":")[0]: title for title in columns}
    for division, states in matrix_rows(one.inputs, one.owed):
        # Of many divisions the header stands again where a page begins.
        row += 2 if sheet.cell(row + 1, 1).value == "Mã Phòng" else 1
        done.cell(sheet, cell_at(sheet, row, 1), division, "division of the matrix")
        for form, state in states.items():
            done.cell(sheet, cell_at(sheet, row, columns[titles[form]]), state, f"{division}, {form}")
    if sheet.cell(row + 1, 1).value is not None:
        done.differ(place_of(sheet, f"A{row + 1}"), "row that was not recomputed", sheet.cell(row + 1, 1).value)


def before_rows(one: Recomputed) -> list[Expected]:
    """The obligations of the year's earlier reports, which sheet 2 lists below."""
    earlier = [period for period in by_period(one) if period != one.period]
    owed = [each for period in earlier for each in obligations(one.inputs, period) if each.period == period]
    kept = ("Mã Phòng", "Phòng, đơn vị", "Biểu mẫu", "Kỳ", "Nộp trước ngày", "Tình trạng", "Ngày nhận")
    rows = [owed_row(one.inputs, each) for each in owed]
    return [{name: row[name] for name in (*kept, "Số ngày trễ", "Lần nộp")} for row in rows]


def _compare_plan(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    compare_table(done, sheet, "ke_hoach", one.tasks, "Mã Phòng+Mã nhiệm vụ")
    row, columns = block(sheet, TASK_STATUSES)
    for status in TASK_STATUSES:
        count = Fraction(counted(one.tasks, "Tình trạng", status))
        done.cell(sheet, cell_at(sheet, row + 1, columns[status]), count, f"tasks, {status}")


def _compare_policy(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    compare_table(done, sheet, "tung_nguoi", one.people, "Mã Phòng+Họ và tên+Mã cán bộ")
    rows = list(coverage(one.inputs, one.people))
    compare_table(done, sheet, "ty_le_pho_bien", rows, "Mã Phòng")
    _, last = str(sheet.tables["ty_le_pho_bien"].ref).split(":")
    total = int(sheet[last].row) + 1
    _, columns = block(sheet, list(coverage_counts([])))
    done.cell(sheet, cell_at(sheet, total, 1), TOTAL, "line of totals")
    for label, value in coverage_counts(one.people).items():
        done.cell(sheet, cell_at(sheet, total, columns[label]), value, f"{TOTAL}, {label}")


def _compare_pooled(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    compare_figures(done, sheet, "muc_tieu_chung", pooled_rows(one), "Mã")
    compare_figures(done, sheet, "phan_cua_phong", part_rows(one), "Mã+Mã Phòng+Mã mục tiêu")


def _compare_controls(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    """Both sides of each line: what the ledger says and what the workbook holds are the same count again."""
    expected = lines(one)
    submissions = {sent.source.number: sent for sent in one.inputs.submissions}
    for cells in table_rows(sheet, "doi_chieu"):
        words, source = str(cells["Phép đối chiếu"].value), cells["Nguồn"].value
        if source is None and words not in expected:
            done.differ(place_of(sheet, cells["Số"].coordinate), "line that was not recomputed", words)
            continue
        of_file = rows_of(submissions[source], str(cells["Trang của biểu mẫu"].value)) if source else None
        count, total = of_file or expected[words]
        for name, value in zip(_SIDES, (count, count, total, total), strict=True):
            done.cell(sheet, cells[name], value, words)
    told = {str(cells["Phép đối chiếu"].value) for cells in table_rows(sheet, "doi_chieu")}
    # What the headline does not tell has no line; the headline itself is compared.
    for words in sorted(word for word in expected.keys() - told if not word.startswith(OF_HEADLINE)):
        done.differ(place_of(sheet, "doi_chieu"), "line that is missing", None, words)
    for cells in table_rows(sheet, "tep_khong_dung"):
        done.compared |= {(sheet.title, cells[name].coordinate) for name in JUDGED_HERE}


_SIDES = ("Theo dữ liệu gốc", "Trong Bảng", "Tổng kiểm soát theo dữ liệu gốc", "Tổng kiểm soát trong Bảng")


def _compare_declaration(done: Comparison, sheet: Worksheet, one: Recomputed) -> None:
    is_open = counted(one.proofs, "Tình trạng", NOT_PROVED) + counted(one.scope_changes, "Công bố lại", NOT_DECLARED)
    is_single = counted(one.declarations, "Hiệu lực", IN_FORCE) == 1
    rest = counted(one.check_periods, "Tình trạng", NOT_CHECKED) + (not is_single)
    rest += counted(one.declarations, "Tiêu chuẩn còn áp dụng", OUTDATED)
    says = "Việc còn phải làm" if is_open + rest else "Công bố còn hiệu lực, đủ minh chứng"
    says = says if one.proofs else "Chưa có Quyết định"
    done.cell(sheet, sheet["B5"], Fraction(rest), "what else is left")
    if says not in str(sheet["A4"].value):
        done.differ(place_of(sheet, "A4"), "whether the declaration is valid", sheet["A4"].value, says)
    compare_table(done, sheet, "minh_chung", one.proofs, "Minh chứng+Số văn bản, nơi, địa chỉ")
    compare_table(done, sheet, "cong_bo", one.declarations, "Số Quyết định công bố")
    compare_table(done, sheet, "thay_doi_pham_vi", one.scope_changes, "Vị trí trong tệp gốc")
    compare_table(done, sheet, "kiem_tra_theo_ky", one.check_periods, "Kỳ")
    compare_table(done, sheet, "niem_yet_khac", one.postings, "Vị trí trong tệp gốc")
    compare_table(done, sheet, "lan_kiem_tra", one.checks, "Vị trí trong tệp gốc")
    compare_table(done, sheet, "theo_thoi_gian", one.timeline, "Việc+Quyết định, căn cứ, kết quả+Ngày")
