"""The typed cells: what is written is what was meant, and what Excel would drop is raised."""

import datetime as dt
import re

import pytest
from workbook_samples import opened, parts

from pipeline.excel.cells import Area, Book, Sheet, WorkbookFaultError
from pipeline.excel.entry import Entry
from pipeline.excel.fitting import height_of, lines_of
from pipeline.excel.tables import Canvas

DAY = dt.date(2019, 6, 9)


def book() -> Book:
    return Book(title="Bảng", author="Sở", created_on=DAY)


def sheet_of_a_book() -> tuple[Book, Sheet]:
    made = book()
    return made, made.sheet("Trang")


def test_text_that_begins_like_a_formula_stays_text() -> None:
    made, sheet = sheet_of_a_book()
    sheet.text(2, 3, "=1+1")
    cell = opened(made.to_bytes())["Trang"]["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_number_is_a_number() -> None:
    made, sheet = sheet_of_a_book()
    sheet.number(1, 1, 95.5)
    assert opened(made.to_bytes())["Trang"]["A1"].value == 95.5


def test_a_day_is_a_day() -> None:
    made, sheet = sheet_of_a_book()
    sheet.day(1, 1, DAY, made.look(num_format="dd/mm/yyyy"))
    assert opened(made.to_bytes())["Trang"]["A1"].value == dt.datetime(2019, 6, 9)


def test_a_formula_carries_its_value() -> None:
    made, sheet = sheet_of_a_book()
    sheet.formula(1, 1, "=1+1", value=2)
    assert "<f>1+1</f><v>2</v>" in parts(made.to_bytes())["xl/worksheets/sheet1.xml"]


def test_a_link_shows_its_words() -> None:
    made, sheet = sheet_of_a_book()
    sheet.link(1, 1, "internal:'Trang'!B2", text="=tới đây")
    cell = opened(made.to_bytes())["Trang"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink.location) == ("=tới đây", "s", "'Trang'!B2")


def test_a_source_is_plain_text_where_a_sheet_holds_all_links_that_excel_takes() -> None:
    made, sheet = sheet_of_a_book()
    canvas = Canvas(made, sheet, {"N001": "../../archive/originals/a.xlsx"})
    canvas.source(1, 1, "N001")
    sheet.worksheet.hlink_count = 64_000
    canvas.source(2, 1, "N001")
    cells = opened(made.to_bytes())["Trang"]
    assert (cells["A1"].value, cells["A2"].value, cells["A2"].hyperlink) == ("N001", "N001", None)
    assert cells["A1"].hyperlink.target == "../../archive/originals/a.xlsx"


def test_a_formula_whose_value_is_the_empty_text_carries_a_text() -> None:
    made, sheet = sheet_of_a_book()
    sheet.formula(1, 1, '=IF(B1=0,"",B1)', value="")
    assert '<c r="A1" t="str"><f>IF(B1=0,"",B1)</f><v></v></c>' in parts(made.to_bytes())["xl/worksheets/sheet1.xml"]


def test_merged_text_that_begins_like_a_formula_stays_text() -> None:
    made, sheet = sheet_of_a_book()
    sheet.merged(Area(1, 1, 1, 3), "=1+1")
    cell = opened(made.to_bytes())["Trang"]["A1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_empty_text_is_a_blank_cell() -> None:
    made, sheet = sheet_of_a_book()
    sheet.text(1, 1, "", made.look(bold=True))
    assert re.search(r'<c r="A1" s="\d+"/>', parts(made.to_bytes())["xl/worksheets/sheet1.xml"])


def test_a_name_covers_its_block() -> None:
    made, sheet = sheet_of_a_book()
    sheet.text(2, 1, "có")
    made.name("ds_yes", sheet, Area(2, 1, 3, 1))
    assert opened(made.to_bytes()).defined_names["ds_yes"].attr_text == "'Trang'!$A$2:$A$3"


def test_the_same_calls_give_the_same_bytes() -> None:
    def made() -> bytes:
        made, sheet = sheet_of_a_book()
        sheet.text(1, 1, "có", made.look(bold=True))
        sheet.fit(1, 30)
        return made.to_bytes()

    assert made() == made()


def test_the_same_look_is_made_once() -> None:
    made = book()
    assert made.look(bold=True, italic=True) is made.look(italic=True, bold=True)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry(title="x" * 33, prompt="y"), "33 > 32"),
        (Entry(title="x", prompt="y" * 256), "256 > 255"),
        (Entry(error_title="x" * 33, prompt="y"), "33 > 32"),
        (Entry(error="x" * 256, prompt="y"), "256 > 255"),
        (Entry(accepts={"validate": "list", "source": ["x" * 200, "y" * 200]}), "401 > 255"),
        (Entry(accepts={"validate": "list", "source": "=Khác!$A$1:$A$9"}), "Khác"),
        (Entry(accepts={"validate": "whim"}), "whim"),
        (Entry(), "-2"),
    ],
    ids=["title", "prompt", "error title", "error", "list", "another sheet", "unknown kind", "nothing at all"],
)
def test_a_validation_that_excel_would_drop_is_raised(entry: Entry, fault: str) -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match=re.escape(fault)) as raised:
        sheet.validate(Area(6, 2, 65, 2), entry)
    assert raised.value.where == "Trang!B6:B65"


def test_a_text_beyond_the_bound_of_excel_is_raised() -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="-2") as raised:
        sheet.text(3, 2, "x" * 32_768)
    assert raised.value.where == "Trang!B3"


def test_the_words_of_a_link_beyond_the_bound_of_excel_are_raised() -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="32768"):
        sheet.link(1, 1, "internal:'Trang'!B2", text="x" * 32_768)


def test_an_address_beyond_the_bound_of_excel_is_raised() -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="limit for URLs"):
        sheet.link(1, 1, "external:" + "x" * 2_100, text="tệp")


def test_a_cell_beyond_the_sheet_is_raised() -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="-1"):
        sheet.number(1_048_577, 1, 1)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_raised(value: float) -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="not a finite number"):
        sheet.number(1, 1, value)


def test_a_day_that_would_show_as_a_serial_is_raised() -> None:
    made, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="a day in a format without days"):
        sheet.day(1, 1, DAY, made.look(bold=True))


def test_a_formula_without_its_sign_is_raised() -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="not a formula"):
        sheet.formula(1, 1, "1+1", value=2)


def test_a_block_of_one_cell_is_not_merged() -> None:
    _, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="single cell"):
        sheet.merged(Area(1, 1, 1, 1), "x")


def test_a_title_that_is_taken_is_raised() -> None:
    made, _ = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="trang"):
        made.sheet("trang")


def test_a_name_that_looks_like_a_cell_is_raised() -> None:
    made, sheet = sheet_of_a_book()
    with pytest.raises(WorkbookFaultError, match="looks like a cell"):
        made.name("MT01", sheet, Area(1, 1, 2, 1))


def test_a_fitted_row_may_be_fitted_again_and_a_fixed_one_not() -> None:
    made, sheet = sheet_of_a_book()
    sheet.fit(1, 30)
    sheet.height(2, 30)
    rows = re.findall(r"<row [^>]*>", parts(made.to_bytes())["xl/worksheets/sheet1.xml"])
    assert rows == ['<row r="1" ht="30"/>', '<row r="2" ht="30" customHeight="1"/>']


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ngắn", 20, 1),
        ("dòng một\ndòng hai", 20, 2),
        ("Giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính", 30, 2),
        ("x" * 100, 10, 11),
        ("", 10, 1),
    ],
)
def test_lines_are_counted_as_words_wrap(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines


def test_a_row_is_never_lower_than_a_blank_one() -> None:
    assert [height_of(lines) for lines in (1, 2)] == [16.75, 30.5]
