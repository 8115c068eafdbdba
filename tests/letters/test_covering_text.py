"""What the covering report says: the figures of the frames, counted again here, in sentences that fit them."""

from collections import Counter

import pytest
from covering_samples import (
    PLAN,
    WHOLE_YEAR,
    Story,
    consolidated,
    content_of,
    demo_committee,
    objective,
    opened,
    plan,
    rate,
    report,
    result,
    rows,
    sentences,
)

from pipeline.consolidation import Committee
from pipeline.letters.report import text_in
from pipeline.letters.report_results import ChartText, TableText
from pipeline.letters.room import ROOMS

SUBMITTED, RESULTS, UNMET = (
    "TÌNH HÌNH NỘP BIỂU MẪU",
    "KẾT QUẢ THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG",
    "MỤC TIÊU KHÔNG ĐẠT VÀ HÀNH ĐỘNG KHẮC PHỤC",
)
POLICY, DECLARED, ASKED = "PHỔ BIẾN CHÍNH SÁCH CHẤT LƯỢNG", "CÔNG BỐ HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG", "KIẾN NGHỊ"


@pytest.fixture(scope="module")
def committee() -> Committee:
    return demo_committee()


def test_the_sections_stand_in_their_order(committee: Committee) -> None:
    assert list(sentences(committee)) == [SUBMITTED, RESULTS, UNMET, POLICY, DECLARED, ASKED]


def test_the_opening_sentences_tell_the_figures_of_the_demo(committee: Committee) -> None:
    told = sentences(committee)
    assert told[SUBMITTED][0] == "Kỳ này phải nộp 11 biểu mẫu: 08 nộp đúng hạn, 02 nộp trễ, 01 chưa có bản hợp lệ."
    assert told[RESULTS][0].startswith(
        "Toàn cơ quan có 60 mục tiêu chất lượng của 10 Phòng, đơn vị. Đến kỳ đánh giá 32 "
    )
    assert "26 đạt (81,3%), 06 không đạt; còn lại 28 mục tiêu, gồm: 06 chưa có báo cáo, " in told[RESULTS][0]


def test_the_key_table_holds_the_counts_of_each_division(committee: Committee) -> None:
    held = committee.objective_results
    by_division = Counter(held["division"])
    reached = Counter(held[held["status"].isin(["Đạt", "Vượt"])]["division"])
    missed = Counter(held[held["status"] == "Không đạt"]["division"])
    (_, *told, total) = rows(opened(content_of(committee)), "Mã")
    assert {row[0]: tuple(map(int, row[2:6])) for row in told} == {
        code: (by_division[code], reached[code] + missed[code], reached[code], missed[code]) for code in by_division
    }
    assert total[1:] == ("Cộng", "60", "32", "26", "6", "81,3%")


def test_the_chart_holds_the_figures_of_the_table(committee: Committee) -> None:
    blocks = [block for section in text_in(committee, ROOMS[0]).sections for block in section.blocks]
    (chart,) = [block for block in blocks if isinstance(block, ChartText)]
    table = next(block for block in blocks if isinstance(block, TableText))
    assert chart.categories == tuple(row[0] for row in table.rows[:-1])
    told = {series.name: series.values for series in chart.series}
    assert told["Đạt"] == tuple(int(row[4]) for row in table.rows[:-1])
    assert told["Không đạt"] == tuple(int(row[5]) for row in table.rows[:-1])
    waiting = [told["Chưa có báo cáo"], told["Chưa đánh giá"]]
    assert [*map(sum, zip(*waiting, strict=True))] == [int(row[2]) - int(row[3]) for row in table.rows[:-1]]


def test_every_missed_objective_has_its_cause_action_owner_and_day(committee: Committee) -> None:
    missed = committee.unmet
    (_, *told) = rows(opened(content_of(committee)), "Mục tiêu, kết quả")
    assert len(told) == len(missed) == 6
    for row, (division, code, cause, action, owner) in zip(
        told,
        missed[["division", "code", "cause", "corrective_action", "action_owner"]].itertuples(index=False),
        strict=True,
    ):
        assert row[0].startswith(f"{division} {code}: ")
        assert row[1].rstrip(".") == cause.rstrip(".")
        assert row[2].startswith(action.rstrip("."))
        assert f"Thực hiện: {owner}. Thời hạn: " in row[2]
    assert "Thời hạn: 31/7/2019." in told[0][2]


def test_what_is_asked_names_the_section_that_tells_more(committee: Committee) -> None:
    asked = sentences(committee)[ASKED]
    assert asked[0] == "Đề nghị Ban Chỉ đạo ISO xem xét, quyết định:"
    assert asked[1] == (
        "1. Công bố HTQLCL: 1 thay đổi phạm vi chưa công bố lại, lâu nhất 38 ngày (mục V). "
        "Đề nghị quyết định thời hạn công bố lại (QĐ 19/2014/QĐ-TTg, Điều 4)."
    )
    assert [(sentence[:20], sentence[sentence.index("(mục") :][:9]) for sentence in asked[2:4]] == [
        ("2. 6 mục tiêu không ", "(mục III)"),
        ("3. Phòng Giáo dục ng", "(mục I). "),
    ]


def test_a_plan_is_told_by_what_was_registered() -> None:
    story = Story()
    plan(story, "VP", objective(), objective("MT02"))
    told = sentences(consolidated(story, PLAN))
    assert list(told) == [SUBMITTED, "MỤC TIÊU CHẤT LƯỢNG ĐÃ ĐĂNG KÝ", POLICY, DECLARED, ASKED]
    assert told["MỤC TIÊU CHẤT LƯỢNG ĐÃ ĐĂNG KÝ"][0].startswith(
        "Có 01 Phòng, đơn vị đăng ký 02 mục tiêu chất lượng với "
    )


def test_an_empty_ledger_is_told_as_empty() -> None:
    told = sentences(consolidated(Story()))
    assert told[SUBMITTED][0] == "Kỳ này phải nộp 03 biểu mẫu: 03 chưa có bản hợp lệ."
    assert told[RESULTS] == ["Chưa có mục tiêu chất lượng nào được đăng ký."]
    assert told[UNMET] == ["Chưa có mục tiêu nào đến kỳ đánh giá."]
    assert told[POLICY][0].startswith("Đến nay 0/3 công chức")
    unchecked = "Chưa kiểm tra việc công bố trong 6 tháng đầu năm 2019."
    nothing = "Chưa có Quyết định công bố nào được ghi nhận trong sổ theo dõi (BM-04)."
    assert told[DECLARED] == [f"{nothing} {unchecked}"]
    assert content_of(consolidated(Story()))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((99, 100), "Đến kỳ đánh giá 01 mục tiêu, tất cả đều đạt."),
        ((5, 10), "Đến kỳ đánh giá 01 mục tiêu, chưa có mục tiêu nào đạt."),
        ((0, 0), "chưa có mục tiêu nào đến kỳ đánh giá."),
    ],
)
def test_the_sentence_of_results_fits_its_figures(told: tuple[float, float], said: str) -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", *told))
    assert sentences(consolidated(story))[RESULTS][0].endswith(said)


def test_a_year_is_held_against_the_year_before_and_not_against_its_half() -> None:
    """h2: the covering report compares like with like."""
    story = Story()
    plan(story, "VP", objective(due_on="2018-05-31"), period="2018-KH")
    report(story, "VP", rate("MT01", 5, 10, data_as_of="2018-10-31"), period="2018-CN")
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 99, 100))
    assert not [said for said in sentences(consolidated(story))[RESULTS] if said.startswith("So với")]
    report(story, "VP", rate("MT01", 99, 100), period="2019-CN")
    said = sentences(consolidated(story, WHOLE_YEAR))[RESULTS][1]
    assert said == "So với cả năm 2018 (tỷ lệ đạt 0%), tỷ lệ đạt tăng 100 điểm phần trăm."


def test_people_who_gave_no_cause_are_told_so() -> None:
    story = Story()
    plan(story, "VP", objective(due_on="2019-05-31"))
    report(story, "VP", result("MT01", numerator=5.0, denominator=10.0, actual=50.0))
    (_, row) = rows(opened(content_of(consolidated(story))), "Mục tiêu, kết quả")
    assert row[1:] == ("Chưa báo cáo.", "Chưa báo cáo.")
