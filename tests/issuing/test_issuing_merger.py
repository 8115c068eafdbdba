"""The successor of a merged division, from the form that it is given to the committee's workbook (d15)."""

import pytest
from issuing_merger import Merged, merged
from issuing_years import NCC, opened
from openpyxl import Workbook, load_workbook

OWN = [row["code"] for row in NCC["objectives"]]
TAKEN = [f"NCC-{code}" for code in OWN]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    return merged(tmp_path_factory.mktemp("merged") / "so")


@pytest.fixture(scope="module")
def workbook(year: Merged) -> Workbook:
    return load_workbook(year.workspace.outbox / "tong_hop" / "2019-CN.xlsx", data_only=True)


def _rows(workbook: Workbook, sheet: str, table: str) -> list[dict[str, object]]:
    """The rows of a named table by its headers."""
    first, last = workbook[sheet].tables[table].ref.split(":")
    header, *rows = [[cell.value for cell in row] for row in workbook[sheet][first:last]]
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_the_form_brings_what_was_taken_over(year: Merged) -> None:
    """d15: objectives with their figures of six months, tasks, and what the former division left open."""
    form = opened(year.issued)
    results, actions = ([[cell.value for cell in row] for row in form[name].iter_rows()] for name in _SHEETS)
    taken = {row[0]: row for row in results if str(row[0]).startswith("NCC-")}
    assert list(taken) == TAKEN
    assert all(row[3] for row in taken.values())
    named = [(row[0], row[1]) for row in actions if row[0] == "2019-6T"]
    assert [objective for _, objective in named] == ["MT02", "NCC-MT02"]


_SHEETS = ("Kết quả", "Khắc phục")


def test_the_report_is_accepted(year: Merged) -> None:
    assert year.run.faults == ()
    assert [verdict.startswith("accepted") for verdict in year.run.verdicts.elements()] == [True]


def test_sheet_2_asks_the_report_of_the_successor_alone(workbook: Workbook) -> None:
    rows = _rows(workbook, "2 Tình hình nộp", "tinh_hinh_nop")
    reports = {
        row["Mã Phòng"]: row["Tình trạng"] for row in rows if (row["Biểu mẫu"], row["Kỳ"]) == ("BM-02", "2019-CN")
    }
    assert reports["KHTC"] == "Nộp đúng hạn"
    assert "NCC" not in reports


def test_sheet_3_has_every_objective_under_the_successor(workbook: Workbook) -> None:
    rows = _rows(workbook, "3 Kết quả mục tiêu", "ket_qua")
    taken = {row["Mã mục tiêu"]: row for row in rows if row["Mã Phòng"] == "KHTC" and row["Mã mục tiêu"] in TAKEN}
    assert sorted(taken) == TAKEN
    assert {row["Nguồn BM-01"] for row in taken.values()} != {row["Nguồn BM-02"] for row in taken.values()}
    assert "NCC" not in {row["Mã Phòng"] for row in rows}
    assert "Chưa có báo cáo" not in {row["Trạng thái"] for row in taken.values()}


def test_sheet_9_follows_it_as_one_objective(workbook: Workbook) -> None:
    rows = _rows(workbook, "9 Xu hướng", "xu_huong")
    taken = [row for row in rows if row["Mã mục tiêu"] in TAKEN]
    assert [(row["Mã Phòng"], row["Mã mục tiêu"]) for row in taken] == [("KHTC", code) for code in TAKEN]
    assert all(row["Trạng thái 2019-6T"] and row["Trạng thái 2019-CN"] for row in taken)
    assert _rows(workbook, "9 Xu hướng", "thay_doi_cam_ket")[0]["Mã mục tiêu"] is None


def test_page_1_expects_no_plan_of_the_division_that_was_merged(workbook: Workbook) -> None:
    """wb2: of the ten, eight sent no BM-01; who took over has the objectives of two, and it is said whose they were."""
    (label,) = (cell for row in workbook["1 Tổng quan"] for cell in row if cell.value == "Phòng đã đăng ký mục tiêu")
    assert [label.offset(1, column).value for column in (0, 1)] == [1, 9]
    texts = {cell.value for row in workbook["1 Tổng quan"] for cell in row}
    assert "NCC đã giải thể: KHTC nhận mục tiêu" in texts


def test_sheet_10_finds_all_of_it(workbook: Workbook) -> None:
    verdicts = {row["Kết luận"] for row in _rows(workbook, "10 Đối chiếu", "doi_chieu")}
    assert verdicts == {"ĐẠT"}
