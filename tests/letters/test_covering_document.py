"""The page of the covering report: Nghị định 30/2020 and a native chart in the parts of the .docx."""

import io
import re
import zipfile
from xml.parsers import expat

import pytest
from covering_samples import content_of, demo_committee, opened
from docx import Document
from letters_samples import parts_of

from pipeline.letters.chart import add_chart
from pipeline.letters.report_results import ChartText, Series

MILLIMETRE = 36_000


@pytest.fixture(scope="module")
def content() -> bytes:
    return content_of(demo_committee())


def test_the_page_is_a4_with_the_margins_of_the_decree(content: bytes) -> None:
    page = opened(content).sections[0]
    sides = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round((side or 0) / MILLIMETRE) for side in sides] == [210, 297, 20, 20, 30, 20]


def test_the_number_of_a_page_stands_at_the_top_from_the_second_on(content: bytes) -> None:
    assert opened(content).sections[0].different_first_page_header_footer
    assert 'w:instr="PAGE"' in parts_of(content)["word/header1.xml"]


def test_the_head_names_agency_country_number_and_day(content: bytes) -> None:
    (agency, country), (number, day) = ([cell.text for cell in row.cells] for row in opened(content).tables[0].rows)
    assert agency.split("\n")[:4] == ["ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG", "SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"]
    assert country.split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert re.fullmatch(r"Số: +/BC-SLĐTBXH\n?", number)
    assert day == "Sóc Trăng, ngày 13 tháng 6 năm 2019"


def test_kind_and_subject_stand_bold_in_the_middle_over_a_rule(content: bytes) -> None:
    kind, subject = opened(content).paragraphs[:2]
    assert (kind.text, subject.text) == (
        "BÁO CÁO",
        "Tổng hợp kết quả thực hiện mục tiêu chất lượng 6 tháng đầu năm 2019",
    )
    assert all(paragraph.runs[0].bold and paragraph.alignment == 1 for paragraph in (kind, subject))
    assert parts_of(content)["word/document.xml"].count("<w:pBdr>") == 3


def test_the_foot_holds_the_signature_and_the_recipients(content: bytes) -> None:
    recipients, signature = (cell.text.split("\n") for cell in opened(content).tables[-1].rows[0].cells)
    # Below the last of them the picture of the seal.
    assert (recipients[0], *recipients[-2:]) == ("Nơi nhận:", "- Lưu: VT, VP.", "")
    assert [line for line in signature if line] == ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Nguyễn Trọng Hiếu"]
    assert opened(content).paragraphs[-2].text.endswith("xem xét, chỉ đạo./.")


def test_every_font_is_times_new_roman(content: bytes) -> None:
    chart = parts_of(content)["word/charts/chart1.xml"]
    assert set(re.findall(r'<a:(?:latin|cs) typeface="([^"]*)"', chart)) == {"Times New Roman"}
    assert set(re.findall(r'w:rFonts [^>]*w:ascii="([^"]*)"', parts_of(content)["word/document.xml"])) <= {
        "Times New Roman"
    }


def test_the_chart_is_native_titled_and_told_in_words(content: bytes) -> None:
    parts = parts_of(content)
    chart, document = parts["word/charts/chart1.xml"], parts["word/document.xml"]
    assert "<c:barChart>" in chart
    assert re.findall(r"<a:t>([^<]*)</a:t>", chart) == [
        "Mục tiêu theo Phòng, đơn vị: 06 không đạt ở 06 Phòng",
        "Số mục tiêu",
    ]
    (relation,) = re.findall(r'<c:chart [^>]*r:id="(\w+)"', document)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert f'Id="{relation}"' in package.read("word/_rels/document.xml.rels").decode()
    assert 'descr="Biểu đồ thanh' in document
    assert 'PartName="/word/charts/chart1.xml"' in parts["[Content_Types].xml"]
    assert not re.search("oleObject|externalData", chart)


def test_names_that_hold_signs_of_xml_are_drawn() -> None:
    series = Series("Đạt < 5 & hơn", "2E7D4F", (1,))
    document = Document()
    add_chart(document, document.add_paragraph(), ChartText('"Sở" & <Phòng>', '"a" < b', "x", ("A&B<",), (series,)), 1)
    saved = io.BytesIO()
    document.save(saved)
    part = parts_of(saved.getvalue())["word/charts/chart1.xml"]
    expat.ParserCreate().Parse(part.encode(), True)  # noqa: FBT003 - expat takes "this is the end" by position only
    assert "<c:v>A&amp;B&lt;</c:v>" in part


def test_the_same_frames_give_the_same_bytes(content: bytes) -> None:
    assert content_of(demo_committee()) == content
