"""What each issued form brings along from what was accepted before, and what it never does."""

import datetime as dt

import pytest
from issuing_years import PEOPLE, REGISTER, Years, opened

NEVER = {"target", "target_upper", "milestone", "due_on", "note"}


def _column(years: Years, name: str, sheet: str, field: str) -> dict[object, object]:
    rows = years.sheet(name, sheet)
    return {next(iter(row.values())): row.get(field) for row in rows}


def test_the_report_of_the_year_shows_the_six_month_figures_beside_each_objective(years: Years) -> None:
    assert _column(years, "BM-02 NCC 2019-CN", "results", "six_months") == {
        "MT01": "1.846/1.872 = 98,61% (31/05/2019) - Đạt",
        "MT02": "41/47 = 87,23% (31/05/2019) - Không đạt",
        "MT03": "118 căn (31/05/2019) - Chưa đến kỳ đánh giá",
        "MT04": "0,95 tỷ đồng (31/05/2019) - Chưa đến kỳ đánh giá",
        "MT05": "6.874/6.874 = 100% (31/05/2019) - Đạt",
        "MT06": "37/40 = 92,5% (31/05/2019) - Đạt",
    }


def test_the_report_at_six_months_has_nothing_to_show_there_and_hides_the_column(years: Years) -> None:
    name = "BM-02 NCC 2019-6T"
    assert set(_column(years, name, "results", "six_months").values()) == {None}
    assert opened(years.issued[name])["Kết quả"].column_dimensions["D"].hidden


def test_a_report_brings_nothing_of_its_own_figures(years: Years) -> None:
    fields = {field for row in years.sheet("BM-02 NCC 2019-CN", "results") for field in row}
    assert fields == {"code", "statement", "commitment", "six_months"}


def test_a_report_names_what_last_year_was_reported_to_come_to(years: Years) -> None:
    """final: whoever has the final figures sees beside them what they correct."""
    remark = str(opened(years.issued["BM-02 NCC 2020-6T"])["Kết quả"]["A3"].value)
    assert (
        "Kết quả cả năm 2019 đã báo cáo: MT01: 9.800/10.000 = 98%; MT02: 41/47 = 87,23%; MT03: 250 căn; "
        "MT04: 2,4 tỷ đồng. Số chính thức có sau đó khác số này thì ghi vào cột Số chính thức năm trước."
    ) in remark
    assert "đã báo cáo" not in str(opened(years.issued["BM-02 NCC 2019-CN"])["Kết quả"]["A3"].value)


def test_only_tasks_reported_as_done_arrive_with_status_and_day(years: Years) -> None:
    name = "BM-02 NCC 2019-CN"
    finished = _column(years, name, "progress", "finished_on")
    assert {code: day for code, day in finished.items() if day} == {
        "NV05": dt.date(2019, 3, 13),
        "NV07": dt.date(2019, 4, 19),
    }
    status = _column(years, name, "progress", "status")
    assert {code for code, said in status.items() if said} == {"NV05", "NV07"}


def test_what_is_printed_is_locked_and_what_is_brought_along_can_be_changed(years: Years) -> None:
    workbook = opened(years.issued["BM-02 NCC 2019-CN"])
    assert [workbook["Kết quả"][cell].protection.locked for cell in ("B6", "C6", "D6", "E6")] == [True] * 3 + [False]
    assert [workbook["Tiến độ kế hoạch"][cell].protection.locked for cell in ("B10", "D10", "E10")] == [
        True, False, False,
    ]  # fmt: skip


def test_last_years_objectives_that_still_apply_stand_in_the_row_of_their_code_and_continue_it(years: Years) -> None:
    continues = _column(years, "BM-01 NCC 2020-KH", "objectives", "continues")
    assert continues == {code: code for code in ("MT01", "MT02", "MT03", "MT04", "MT06")}
    worksheet = opened(years.issued["BM-01 NCC 2020-KH"])["Mục tiêu"]
    assert [worksheet.cell(row, 1).value for row in (6, 10, 11)] == ["MT01", "MT05", "MT06"]


def test_the_baseline_is_what_the_year_came_to_as_it_was_reported(years: Years) -> None:
    # d2: never the estimate, though MT01 and MT03 fall due after the figures' day. MT06: no figure.
    assert _column(years, "BM-01 NCC 2020-KH", "objectives", "baseline") == {
        "MT01": 98, "MT02": 87.23, "MT03": 250, "MT04": 2.4, "MT06": "chưa có số liệu",
    }  # fmt: skip


def test_what_must_be_decided_anew_is_never_brought_along(years: Years) -> None:
    fields = {field for row in years.sheet("BM-01 NCC 2020-KH", "objectives") for field in row}
    assert fields & NEVER == set()
    assert years.sheet("BM-01 NCC 2020-KH", "tasks") == []


def test_a_sentence_leaves_its_figure_and_its_day_open_with_last_years_beside_it(years: Years) -> None:
    """d16: the figure of the new year is the division's to say, and the form is refused as long as it is not said."""
    assert _column(years, "BM-01 NCC 2020-KH", "objectives", "statement") == {
        "MT01": "Từ ‹số; năm 2019: 98›% trở lên hồ sơ thủ tục hành chính lĩnh vực người có công được giải quyết "
        "đúng hạn, trước hạn.",
        "MT02": "‹số; năm 2019: 100›% hồ sơ tồn đọng đề nghị xác nhận liệt sĩ, thương binh được rà soát, kết luận "
        "đến hết ngày ‹ngày; năm 2019: 30/4/2019›.",
        "MT03": "Hỗ trợ xây mới, sửa chữa nhà ở cho hộ người có công với cách mạng tối thiểu ‹số; năm 2019: 250› "
        "căn trong năm 2020.",
        "MT04": "Vận động Quỹ Đền ơn đáp nghĩa cấp tỉnh từ ‹số; năm 2019: 2,4› tỷ đồng trở lên.",
        "MT06": "Tỷ lệ người có công và thân nhân hài lòng khi giải quyết hồ sơ đạt từ ‹số; năm 2019: 90›% trở lên.",
    }
    methods = _column(years, "BM-01 NCC 2020-KH", "objectives", "method").values()
    assert "năm 2019" not in " ".join(map(str, methods))


def test_a_clerk_is_told_above_the_objectives_what_must_be_decided_anew(years: Years) -> None:
    said = str(opened(years.issued["BM-01 NCC 2020-KH"])["Mục tiêu"]["A3"].value)
    for label in ("Giá trị mục tiêu", "Cận trên", "Mốc 6 tháng", "Thời hạn"):
        assert label in said
    assert "năm 2019" in said
    assert "năm 2020" in said


def test_everything_that_an_objective_brings_along_can_be_changed(years: Years) -> None:
    worksheet = opened(years.issued["BM-01 NCC 2020-KH"])["Mục tiêu"]
    row = [cell for cell in worksheet[6][:19] if cell.value is not None]
    assert [cell.column_letter for cell in row if cell.protection.locked] == ["A"]


@pytest.mark.parametrize("sheet", REGISTER)
def test_the_register_arrives_with_every_row_of_the_last_accepted_one(years: Years, sheet: str) -> None:
    assert years.sheet("BM-04 TCT 2019-CN", sheet) == REGISTER[sheet]


def test_a_first_register_and_a_first_plan_bring_the_cover_alone(years: Years) -> None:
    assert years.sheet("BM-04 TCT 2019-6T", "declarations") == []
    assert years.sheet("BM-01 NCC 2019-KH", "objectives") == []
    assert set(years.on_cover("BM-01 NCC 2019-KH")) == {"division", "year", "period"}


def test_the_cover_brings_the_people_of_the_divisions_last_accepted_form_and_nothing_of_its_paper(
    years: Years,
) -> None:
    told = years.on_cover("BM-02 NCC 2020-6T")
    assert {name: told[name] for name in PEOPLE} == PEOPLE
    assert set(told) == {"division", "year", "period", *PEOPLE}
