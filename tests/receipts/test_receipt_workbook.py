"""The book of receipts as a workbook: what a clerk reads, on paper and on the screen, the same bytes each time."""

import datetime as dt
import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from receipts_ledger import OWED, books, sightings, submissions

from pipeline.consolidation.receipts import ReceiptBook
from pipeline.feedback.receipts import receipt_workbook
from pipeline.seals import Seal
from pipeline.settings import Settings

IN_TIME = "Hạn 10/06/2019 nằm giữa hai lượt kiểm tra; giờ lưu ghi trên tệp là trước hạn nên tính là nộp đúng hạn."
SEAL = Seal("0123456789ab" * 5, dt.datetime(2019, 6, 10, 0, 5))
SETTINGS = Settings.model_validate(
    {
        "agency": [{"name": "Sở Thử nghiệm", "superior": "UBND tỉnh", "place": "Sóc Trăng"}],
        "standards": [{"designation": "TCVN ISO 9001:2015"}],
        "years": {2019: {"6T": {"BM-02": "2019-06-10"}}},
        "policy_versions": [
            {"version": "CSCL-1", "approved_on": "2018-01-02", "points": [{"code": "CS1", "text": "Đúng hạn"}]}
        ],
        "divisions": [{"code": "VP", "name": "Văn phòng", "kind": "phòng", "owes": ["BM-02"]}],
    }
)


@pytest.fixture(scope="module")
def book() -> ReceiptBook:
    """A returned form, its mended version across the due date, a copy of it, and a file that looks like a formula."""
    received = submissions(
        {"verdict": "returned"},
        {"not_before": "2019-06-09T23:50", "not_after": "2019-06-10T00:05", "arrived_at": "2019-06-09T23:55"},
        {"path": "VP/=1+1.xlsx", "verdict": "not_a_form", "form": None, "division": None, "period": None},
    )
    seen = sightings({"sha256": f"{1:064x}", "path": "VP/tep 1 (1).xlsx", "arrived_at": "2019-06-11T08:00"})
    return books(received, seen)["VP"]


@pytest.fixture(scope="module")
def workbook(book: ReceiptBook) -> Workbook:
    return load_workbook(io.BytesIO(receipt_workbook(book, SETTINGS, SEAL)))


def _table(sheet: Worksheet, header_row: int) -> list[tuple[object, ...]]:
    """The rows below a header until the first blank one."""
    rows: list[tuple[object, ...]] = []
    for row in sheet.iter_rows(min_row=header_row + 1, values_only=True):
        if not any(value is not None for value in row):
            break
        rows.append(row)
    return rows


def _column(sheet: Worksheet, title: str) -> list[object]:
    headers = [cell.value for cell in sheet[5]]
    return [row[headers.index(title)] for row in _table(sheet, 5)]


def test_the_first_sheet_tells_every_file_in_the_order_of_arrival(workbook: Workbook) -> None:
    sheet = workbook["Sổ tiếp nhận"]
    assert sheet["A1"].value == "Sổ tiếp nhận biểu mẫu: VP - Văn phòng"
    assert _column(sheet, "Tên tệp đã nộp") == ["VP/tep 1.xlsx", "VP/=1+1.xlsx", "VP/tep 2.xlsx", "VP/tep 1 (1).xlsx"]
    assert _column(sheet, "Lần nộp") == [1, None, 2, None]
    assert _column(sheet, "Kết luận") == ["Trả lại", "Không phải biểu mẫu", "Hợp lệ", None]
    assert _column(sheet, "Hiện nay") == [
        "Trả lại, đã có bản thay",
        "Không có hiệu lực: không phải biểu mẫu",
        "Đang có hiệu lực",
        "Đã nhận trước đó, không tính lần hai",
    ]
    assert _column(sheet, "SHA-256")[0] == f"{1:064x}"


def test_it_says_when_a_file_came_and_why_that_was_in_time(workbook: Workbook) -> None:
    sheet = workbook["Sổ tiếp nhận"]
    assert _column(sheet, "Trong khoảng")[2] == "Từ 23:50 09/06/2019 đến 00:05 10/06/2019"
    assert str(_column(sheet, "Nhận lúc")[2]) == "2019-06-09 23:55:00"
    assert _column(sheet, "Ghi chú") == [
        "Bản đang có hiệu lực: lần nộp 2. Trong cùng lượt kiểm tra còn có tệp khác của biểu mẫu này (S701).",
        None,
        f"{IN_TIME} Trong cùng lượt kiểm tra còn có tệp khác của biểu mẫu này (S701).",
        "Trùng với VP/tep 1.xlsx, đã nhận lúc 16:00 05/06/2019.",
    ]


def test_the_second_sheet_says_what_counts_and_what_to_look_at(workbook: Workbook) -> None:
    sheet = workbook["Đang có hiệu lực"]
    assert _column(sheet, "Bản đang có hiệu lực") == ["Chưa nhận tệp nào.", "Lần nộp 2: VP/tep 2.xlsx."]
    assert _column(sheet, "Kỳ") == ["kế hoạch năm 2019", "6 tháng đầu năm 2019"]
    notes = _table(sheet, 10)
    assert [(row[1], row[2]) for row in notes] == [("BM-02, 6 tháng đầu năm 2019", "S701")]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([{"verdict": "returned"}], "Chưa có bản nào có hiệu lực. Lần nộp 1: trả lại."),
        ([{"withdrawn": True}], "Chưa có bản nào có hiệu lực. Bản đã chấp nhận đã được rút."),
        (
            [{}, {"verdict": "returned", "judged_as_of": "2019-06-07T00:05"}],
            "Lần nộp 1: VP/tep 1.xlsx. Lần nộp 2 không có hiệu lực (trả lại).",
        ),
    ],
)
def test_what_counts_is_a_sentence(told: list[dict[str, object]], words: str) -> None:
    made = receipt_workbook(books(submissions(*told))["VP"], SETTINGS, SEAL)
    assert _column(load_workbook(io.BytesIO(made))["Đang có hiệu lực"], "Bản đang có hiệu lực")[-1] == words


def test_an_exempt_division_is_told_so_with_the_decision() -> None:
    owed = OWED.assign(is_exempt=OWED["form"] == "BM-01", decision="Miễn nộp. Lý do: mới lập. (Ghi sổ số 1.)")
    made = receipt_workbook(books(submissions({}), owed=owed)["VP"], SETTINGS, SEAL)
    sheet = load_workbook(io.BytesIO(made))["Đang có hiệu lực"]
    assert _column(sheet, "Hiện nay") == ["Được miễn nộp", "Đang có hiệu lực"]
    assert _column(sheet, "Bản đang có hiệu lực")[0] == "Chưa nhận tệp nào. Miễn nộp. Lý do: mới lập. (Ghi sổ số 1.)"


def test_a_first_look_into_the_inbox_has_no_lower_end() -> None:
    made = receipt_workbook(books(submissions({"not_before": None}))["VP"], SETTINGS, SEAL)
    sheet = load_workbook(io.BytesIO(made))["Sổ tiếp nhận"]
    assert _column(sheet, "Trong khoảng") == ["Trước 00:05 06/06/2019 (lượt kiểm tra đầu tiên)"]


def test_it_prints_on_a4_landscape_one_page_wide_with_its_header(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert workbook["Sổ tiếp nhận"].print_title_rows == "$5:$5"
    assert workbook["Sổ tiếp nhận"].freeze_panes == "C6"


def test_all_of_it_is_in_times_new_roman_and_nothing_is_a_formula(workbook: Workbook) -> None:
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.font.name for cell in cells} == {"Times New Roman"}
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_the_same_book_makes_the_same_bytes_dated_by_its_last_line(book: ReceiptBook) -> None:
    made = receipt_workbook(book, SETTINGS, SEAL)
    assert receipt_workbook(book, SETTINGS, SEAL) == made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:created[^>]*>([^<]*)<", core) == ["2019-06-11T00:00:00Z"]
