"""What a letter says of each debt, exactly."""

import datetime as dt

import pytest
from letters_samples import CARE, CLOSED, NOW, SETTINGS, debt, letter

from pipeline.letters.content import OPEN, Letter, Mend, Returned
from pipeline.letters.text import Item, text_of
from pipeline.settings import Signatory
from pipeline.wording import say, topic

RECEIVED = dt.datetime(2019, 6, 4, 16, 5)
MEND = Mend("C401", "Mục tiêu", "P6", "Người chịu trách nhiệm còn để trống.", "Đề nghị điền vào ô P6.")
RETURNED = Returned("BTXH/bao cao.xlsx", 5, (MEND,), "outbox/phan_hoi/BTXH/bao cao__12345678.xlsx")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (debt("missing", days_late=3), "Chưa nộp; quá hạn 03 ngày."),
        (
            debt("returned", arrived_at=RECEIVED, returned=RETURNED),
            "Nhận lúc 16 giờ 05 phút ngày 04/6/2019, bị trả lại vì còn 05 lỗi; còn 04 ngày (đến hết ngày 09/6/2019).",
        ),
        (
            debt("empty", arrived_at=RECEIVED, days_late=12),
            "Nhận lúc 16 giờ 05 phút ngày 04/6/2019 nhưng biểu mẫu trống, không được tính là đã nộp; quá hạn 12 ngày.",
        ),
        (
            debt("withdrawn", arrived_at=RECEIVED, days_late=1, decision="Lý do: nhầm kỳ. (Ghi sổ số 5.)"),
            "Bản đã nhận đã được rút lại; chưa nộp bản thay thế; quá hạn 01 ngày. Lý do: nhầm kỳ. (Ghi sổ số 5.)",
        ),
        (debt("not_due"), "Sắp đến hạn, chưa nộp; còn 04 ngày (đến hết ngày 09/6/2019)."),
        (
            debt("extended", due_on=dt.date(2019, 6, 6), agreed_on=dt.date(2019, 6, 1)),
            "Được gia hạn, chưa có bản hợp lệ; hôm nay là ngày cuối.",
        ),
    ],
    ids=lambda value: getattr(value, "state", ""),
)
def test_a_debt_is_told_with_its_state_and_its_days(told: object, words: str) -> None:
    assert text_of(letter(told), SETTINGS).rows[0][4] == words  # type: ignore[arg-type]


def test_every_open_state_has_its_words() -> None:
    assert set(topic("letters")["state"]) == OPEN


def test_a_row_names_form_period_and_both_days_of_an_extension() -> None:
    extended = debt("extended", due_on=dt.date(2019, 6, 20), agreed_on=dt.date(2019, 6, 10))
    assert text_of(letter(extended), SETTINGS).rows[0][:4] == (
        "1",
        "BM-02, Báo cáo kết quả thực hiện mục tiêu chất lượng",
        "6 tháng đầu năm 2019",
        "20/06/2019; gia hạn từ 10/06/2019",
    )


def test_a_debt_of_a_closed_division_names_it_and_its_heir() -> None:
    assert text_of(letter(debt("missing", owner=CLOSED)), SETTINGS).rows[0][1] == (
        "BM-02, Báo cáo kết quả thực hiện mục tiêu chất lượng (của Phòng Trẻ em; Phòng Bảo trợ xã hội kế thừa)"
    )


def test_a_returned_form_comes_with_what_to_mend_first_and_its_marked_copy() -> None:
    (mending,) = text_of(letter(debt("returned", arrived_at=RECEIVED, returned=RETURNED)), SETTINGS).mendings
    assert mending.heading == (
        "BM-02, 6 tháng đầu năm 2019: tệp “bao cao.xlsx” bị trả lại vì còn 05 lỗi. Nội dung cần sửa trước:"
    )
    assert mending.mends == ("Trang “Mục tiêu”, ô P6: Người chịu trách nhiệm còn để trống. Đề nghị điền vào ô P6.",)
    assert mending.copy is not None
    assert mending.copy.paths == ("outbox/phan_hoi/BTXH/bao cao__12345678.xlsx",)


def test_a_mend_names_eight_of_its_further_cells_and_counts_the_rest() -> None:
    others = (*(("Mục tiêu", f"P{row}") for row in range(7, 14)), ("Kế hoạch", "E6"), ("Kế hoạch", "E7"))
    many = Returned("a.xlsx", 10, (Mend("C401", "Mục tiêu", "P6", "Trống.", "Điền.", others),), None)
    (mending,) = text_of(letter(debt("returned", arrived_at=RECEIVED, returned=many)), SETTINGS).mendings
    assert mending.mends[0] == (
        "Trang “Mục tiêu”, ô P6: Trống. Điền. Lỗi cùng loại còn ở 9 ô: "
        "trang “Mục tiêu”: P7, P8, P9, P10, P11, P12, P13, trang “Kế hoạch”: E6 và 1 ô khác."
    )
    assert mending.heading.endswith("Nội dung cần sửa:")
    assert mending.copy is None


def test_the_opening_counts_what_is_overdue_and_what_is_soon_due() -> None:
    opening = text_of(letter(debt("missing", days_late=1), debt("empty"), debt("not_due")), SETTINGS).opening
    assert opening[0] == (
        "Thực hiện Công văn số 262, Sở Lao động - Thương binh và Xã hội tỉnh Sóc Trăng đã rà soát việc nộp biểu mẫu "
        "của Hệ thống quản lý chất lượng (HTQLCL) theo TCVN ISO 9001:2015."
    )
    assert opening[1] == (
        "Đến 08 giờ 30 phút ngày 05/6/2019, Phòng Bảo trợ xã hội còn 02 biểu mẫu chưa có bản hợp lệ và 01 biểu mẫu "
        "sắp đến hạn nộp, cụ thể như sau:"
    )


def test_the_division_is_told_where_its_forms_lie_and_where_to_put_them() -> None:
    issued, blank = "outbox/bieu_mau/BTXH/BM-02.xlsx", "templates_xlsx/BM-03.xlsx"
    debts = (debt("missing", days_late=1, pre_filled=path) for path in (issued, blank))
    asked = text_of(letter(*debts), SETTINGS).requests
    assert asked[:3] == (
        Item("Nộp ngay biểu mẫu đã quá hạn."),
        Item("Biểu mẫu đã in sẵn cho đơn vị thì dùng bản ở:", (issued,)),
        Item("Biểu mẫu chưa có bản in sẵn thì dùng biểu mẫu trống ở:", (blank,)),
    )
    assert "inbox/BTXH" in asked[3].words


def test_only_what_is_overdue_is_called_overdue() -> None:
    in_time = debt("returned", arrived_at=RECEIVED, returned=RETURNED)
    late = debt("empty", arrived_at=RECEIVED, days_late=1)
    asked = [text_of(letter(*debts), SETTINGS).requests[0].words for debts in ([in_time], [in_time, late])]
    assert asked == [
        "Nộp trước ngày ghi trong bảng; nộp trong ngày đó được tính là nộp trễ.",
        say("letters.ask.both"),
    ]


def test_head_and_foot_name_who_writes_when_and_who_signs() -> None:
    text = text_of(Letter(CARE, debt("missing").period, NOW, (debt("missing"),)), SETTINGS)
    assert text.place_and_date == "Sóc Trăng, ngày 05 tháng 6 năm 2019"
    assert text.addressee == "Kính gửi: Trưởng phòng Bảo trợ xã hội"
    signs = text.signature
    assert (signs.by_order_of, signs.title, signs.name) == ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "")
    assert text.closing.endswith("(Lê Thị Cẩm Tú, điện thoại 0299 3800 110)./.")


def test_the_settings_may_name_another_signer() -> None:
    """m11: the director himself, by nobody's order."""
    director = Signatory(papers=("công văn",), title="GIÁM ĐỐC", name="Nguyễn Trọng Hiếu")
    text = text_of(letter(debt("missing")), SETTINGS.model_copy(update={"signatories": (director,)}))
    assert text.signature == director


def test_the_number_bears_the_symbols_of_the_agency_and_of_the_unit_that_drafts() -> None:
    """m11: NĐ 30/2020, Phụ lục I, mục 3."""
    agency = tuple(each.model_copy(update={"symbol": "SLĐTBXH"}) for each in SETTINGS.agency)
    text = text_of(letter(debt("missing")), SETTINGS.model_copy(update={"agency": agency}))
    assert text.number == "Số:          /SLĐTBXH-VP"
    assert text.filed == "Lưu: VT, VP."
