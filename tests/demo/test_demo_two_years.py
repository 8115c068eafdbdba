"""The demo whole: 2018 and 2019, each event of issue 15's list found where the committee reads of it."""

from collections import Counter
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from pipeline.nightly import RunReport
from pipeline.settings import Period
from pipeline.workspace import Workspace

Replayed = tuple[Workspace, list[RunReport]]
Line = tuple[str, ...]
PERIODS = ("2018-KH", "2018-6T", "2018-CN", "2019-KH", "2019-6T", "2019-CN")
PRESENTED = ("2018-CN", "2019-6T", "2019-CN")


@cache
def _sheets(path: Path) -> dict[str, list[Line]]:
    """The words of each row by the number of its sheet."""
    workbook = load_workbook(path, read_only=True, data_only=True)
    return {
        sheet.title.split()[0]: [
            tuple(str(value) for value in row if value is not None) for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in workbook
    }


def _lines(two_years: Replayed, period: str, sheet: str, *words: str) -> list[Line]:
    """The rows of one sheet of a period's workbook in which all these words are cells."""
    lines = _sheets(two_years[0].outbox / "tong_hop" / f"{period}.xlsx")[sheet]
    return [line for line in lines if {*words} <= {*line}]


def _of(lines: Collection[Line], *places: int) -> list[Line]:
    return [tuple(line[place] for place in places) for line in lines]


def test_every_night_goes_by_without_a_fault(two_years: Replayed) -> None:
    assert [report.faults for report in two_years[1] if report.faults] == []


def test_every_file_is_judged_as_its_story_has_it(two_years: Replayed) -> None:
    """Of the files that tell of 2018 and of the second half of 2019 none is returned."""
    by_verdict: Counter[str] = Counter()
    for report in two_years[1]:
        by_verdict.update(report.verdicts)
    assert by_verdict["returned"] == 4
    assert by_verdict["not_a_form"] == 1
    assert sum(by_verdict.values()) == 99


@pytest.mark.parametrize("period", PERIODS)
def test_each_period_has_its_workbook_and_every_check_of_it_holds(two_years: Replayed, period: str) -> None:
    assert _lines(two_years, period, "10", "ĐẠT", "√")
    assert _lines(two_years, period, "10", "KHÔNG ĐẠT") == []


def test_a_year_is_compared_with_the_year_before(two_years: Replayed) -> None:
    """h2: like periods stand side by side, the period's own kind last."""
    lines = _sheets(two_years[0].outbox / "tong_hop" / "2019-CN.xlsx")["9"]
    figures = [
        line[0] for line in lines if len(line) > 1 and line[1] in [Period.parse(each).in_words for each in PERIODS]
    ]
    assert figures == ["2018-6T", "2019-6T", "2018-CN", "2019-CN"]


def test_a_target_was_lowered(two_years: Replayed) -> None:
    (line,) = _lines(two_years, "2019-CN", "9", "NCC", "hạ chỉ tiêu")
    assert _of([line], 2, 4, 5, 6, 7) == [("MT03", "2018", "≥ 280 căn", "2019", "≥ 250 căn")]


@pytest.mark.parametrize("sheet", ["4", "9"])
def test_an_objective_was_dropped_with_its_approving_document(two_years: Replayed, sheet: str) -> None:
    """h5: on sheets 4 and 9."""
    lines = _lines(two_years, "2019-CN", sheet, "LDTL", "MT05", "241/QĐ-SLĐTBXH ngày 05/8/2019")
    assert len(lines) == 1


def test_estimates_miss(two_years: Replayed) -> None:
    lines = _lines(two_years, "2019-CN", "4", "2019-CN", "Không đạt (theo ước)")
    assert _of(lines, 0, 1) == [("VLATLD", "MT03"), ("GDNN", "MT03")]


def test_a_policy_was_issued_again_and_one_division_did_not_tell_of_it(two_years: Replayed) -> None:
    """d3."""
    lines = _lines(two_years, "2019-CN", "7", "LDTL", "Mới hiểu bản CSCL trước", "CSCL-2019/01")
    assert len(lines) == 6
    assert len(_lines(two_years, "2019-CN", "2", "BM-03", "LDTL", "Chưa nộp")) == 1


def test_two_divisions_were_merged_and_their_heir_reports_what_they_left(two_years: Replayed) -> None:
    """d15."""
    lines = _lines(two_years, "2019-CN", "3", "BTXHTE")
    codes = {cell for line in lines for cell in line if cell.startswith(("BTXH-MT", "TEBDG-MT"))}
    assert codes == {f"{former}-MT0{number}" for former in ("BTXH", "TEBDG") for number in range(1, 7)}
    assert not [line for line in lines if "Chưa có báo cáo" in line]


def test_actions_were_closed_with_result_and_check(two_years: Replayed) -> None:
    """m4."""
    lines = _lines(two_years, "2019-CN", "4", "2019-6T", "NCC", "MT02", "có")
    assert _of(lines, 6, 7) == [
        (
            "Đã có đủ trả lời của các Quân khu; Ban Chỉ đạo cấp tỉnh họp xét 06 hồ sơ ngày 22/8/2019.",
            "Phạm Hữu Nghĩa",
        )
    ]


def test_what_was_presented_is_corrected_beside(two_years: Replayed) -> None:
    """m7."""
    assert _lines(two_years, "2019-6T", "1", "Bản đính chính số 1 của bản đã trình, xem trang 13")
    (line,) = _lines(two_years, "2019-6T", "13", "NCC", "MT01")
    assert line[-2:] == (
        "Vượt: 98,61 (chỉ tiêu ít nhất 98%)",
        "Chưa đến kỳ đánh giá: 97,7 (chỉ tiêu ít nhất 98%)",
    )


@pytest.mark.parametrize("period", PRESENTED)
def test_what_was_presented_is_kept_with_its_report(two_years: Replayed, period: str) -> None:
    outbox = two_years[0].outbox
    assert len([*(outbox / "tong_hop").glob(f"{period}_da_trinh_*.xlsx")]) == 1
    assert (outbox / "bao_cao" / f"{period}.docx").is_file()


def test_the_report_of_the_year_compares_it_with_the_year_before(two_years: Replayed) -> None:
    paper = Document(str(two_years[0].outbox / "bao_cao" / "2019-CN.docx"))
    assert any("So với cả năm 2018" in paragraph.text for paragraph in paper.paragraphs)


def test_the_forms_of_the_last_period_lie_ready(two_years: Replayed) -> None:
    issued = {path.parent.name for path in (two_years[0].outbox / "bieu_mau").glob("*/BM-02_2019-CN_*.xlsx")}
    assert "BTXHTE" in issued
    assert issued.isdisjoint({"BTXH", "TEBDG"})
