"""The page of a letter: Nghị định 30/2020 in the parts of the .docx."""

import io
import re

from docx import Document
from letters_samples import NOW, SETTINGS, debt, letter, parts_of

from pipeline.letters.document import letter_bytes
from pipeline.letters.text import text_of
from pipeline.seals import Seal

TEXT = text_of(letter(debt("missing", days_late=1), debt("not_due")), SETTINGS)
SEAL = Seal("0123456789ab" * 5, NOW)
CONTENT = letter_bytes(TEXT, NOW, SEAL)
MILLIMETRE = 36_000


def _millimetres(length: int | None) -> int:
    return round((length or 0) / MILLIMETRE)


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    page = Document(io.BytesIO(CONTENT)).sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert (_millimetres(page.page_width), _millimetres(page.page_height)) == (210, 297)
    assert tuple(map(_millimetres, sides)) == (20, 20, 30, 20)


def test_every_script_is_set_in_times_new_roman() -> None:
    styles = parts_of(CONTENT)["word/styles.xml"]
    normal = re.search(r'<w:style [^>]*w:styleId="Normal".*?</w:style>', styles, re.DOTALL)
    assert normal is not None
    (fonts_given,) = re.findall(r"<w:rFonts [^>]*>", normal[0])
    fonts = dict(re.findall(r'w:(\w+)="([^"]*)"', fonts_given))
    assert fonts == dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman")


def test_every_run_of_the_body_has_a_size_of_eleven_to_thirteen_points() -> None:
    halves = set(re.findall(r'<w:sz w:val="(\d+)"/>', parts_of(CONTENT)["word/document.xml"]))
    assert halves == {"12", "22", "24", "26"}


def test_the_page_number_stands_centred_at_the_top_from_the_second_page() -> None:
    page = Document(io.BytesIO(CONTENT)).sections[0]
    assert page.different_first_page_header_footer
    assert [p.text for p in page.first_page_header.paragraphs] in ([], [""])
    header = parts_of(CONTENT)["word/header1.xml"]
    assert 'w:instr="PAGE"' in header
    assert '<w:jc w:val="center"/>' in header


def test_the_table_holds_the_debts_and_repeats_its_header() -> None:
    debts = Document(io.BytesIO(CONTENT)).tables[1]
    rows = [tuple(cell.text for cell in row.cells) for row in debts.rows]
    assert rows == [("STT", "Biểu mẫu", "Kỳ", "Nộp trước ngày", "Tình trạng hiện tại"), *TEXT.rows]
    document = parts_of(CONTENT)["word/document.xml"]
    assert document.count("<w:tblHeader/>") == 1


def test_rules_stand_under_the_agency_and_under_the_motto() -> None:
    assert parts_of(CONTENT)["word/document.xml"].count("<w:pBdr>") == 2


def test_properties_inside_a_paragraph_stand_in_the_order_of_the_schema() -> None:
    order = ["pStyle", "keepNext", "widowControl", "pBdr", "spacing", "ind", "jc"]
    for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", parts_of(CONTENT)["word/document.xml"], re.DOTALL):
        outer = re.sub(r"<w:pBdr>.*?</w:pBdr>", "<w:pBdr/>", properties, flags=re.DOTALL)
        names = re.findall(r"<w:(\w+)", outer)
        assert names == sorted(names, key=order.index)


def test_the_same_letter_gives_the_same_bytes_dated_by_its_own_day() -> None:
    assert letter_bytes(TEXT, NOW, SEAL) == CONTENT
    properties = Document(io.BytesIO(CONTENT)).core_properties
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == NOW
    assert properties.author == "Lê Thị Cẩm Tú"
