"""The consolidated workbook as a reader and a machine find it (committee_workbook.md)."""

import dataclasses
import datetime as dt
import io
import re
import zipfile

import pytest
from committee_content import Story, demo_settings, frames_of
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from small_agency import PLAN, SIX_MONTHS, consolidated, objective, plan, rate, report

from pipeline.committee import build_workbook
from pipeline.committee.looks import MATTER, TILE_COUNT
from pipeline.consolidation import Committee, LedgerContent
from pipeline.excel import looks
from pipeline.wording import topic

TITLES = [
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
    "11 Nguồn",
    "12 Ghi chú",
]
VOLATILE = re.compile(r"\b(NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT|CELL|INFO|TEXT|LET|FILTER|XLOOKUP|UNIQUE)\(")


def _formulas(opened: Workbook) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in opened
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def _parts(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def test_the_sheets_stand_in_their_order(opened: Workbook) -> None:
    assert opened.sheetnames == TITLES


def test_it_opens_on_the_first_sheet(opened: Workbook) -> None:
    assert opened.active.title == "1 Tổng quan"
    assert opened.active.sheet_view.selection[0].activeCell == "A1"


def test_the_same_frames_give_the_same_bytes(committee: Committee, links: dict[str, str], workbook: bytes) -> None:
    assert build_workbook(committee, links) == workbook


def test_created_is_the_midnight_of_the_local_day(opened: Workbook) -> None:
    assert opened.properties.created == dt.datetime(2019, 6, 13)


def test_no_formula_is_long_volatile_or_newer_than_excel_2010(opened: Workbook) -> None:
    formulas = _formulas(opened)
    assert len(formulas) > 500
    assert max(map(len, formulas.values())) <= 200
    assert not [place for place, formula in formulas.items() if VOLATILE.search(formula)]


def test_every_formula_carries_its_value(workbook: bytes) -> None:
    cells = re.findall(r"<c [^>]*><f>.*?</f>(.*?)</c>", "".join(_parts(workbook).values()))
    assert cells
    assert all(cell.startswith("<v>") for cell in cells)


def test_only_our_own_words_and_codes_are_criteria(opened: Workbook) -> None:
    words = topic("committee")
    signs = {sign.get("word", code) for group in words["sign"].values() for code, sign in group.items()}
    told = {*topic("run")["state"].values(), *topic("run")["verdict"].values(), *words["result"].values()}
    lines = {words["headline"]["all_hold"], words["headline"]["some_fail"], *words["declared"].values()}
    sentences = {*lines, *words["pooling"].values()}
    codes = {"2019-6T", "BM-01", "BM-02", "BM-03", "BM-04", "MC1", "MC2", "MC3", "MC4"}
    used = {word for formula in _formulas(opened).values() for word in re.findall(r'"([^"]*)"', formula)}
    assert used - signs - told - sentences - codes == {"", ">0", "/"}


def test_text_of_people_that_begins_like_a_formula_is_text() -> None:
    story = Story()
    plan(story, "VP", objective(statement="=HYPERLINK(1)", due_on="2019-05-31"))
    report(story, "VP", rate("MT01", 1, 2, cause="+84", corrective_action="@A1", action_owner="-Mai"))
    opened = load_workbook(io.BytesIO(build_workbook(consolidated(story), {})))
    row = [(cell.value, cell.data_type, cell.quotePrefix) for cell in opened["4 Không đạt"][6]]
    for text in ("=HYPERLINK(1)", "+84", "@A1", "-Mai"):
        assert (text, "s", 1) in row


def test_every_data_sheet_is_a_table_with_a_name_and_no_merged_cells(opened: Workbook) -> None:
    tables = {sheet.title: sorted(sheet.tables) for sheet in opened if sheet.tables}
    assert tables == {
        "2 Tình hình nộp": ["nop_ky_truoc", "tinh_hinh_nop"],
        "3 Kết quả mục tiêu": ["ket_qua"],
        "4 Không đạt": ["khac_phuc", "khong_con_ap_dung", "khong_dat"],
        "5 Kế hoạch": ["ke_hoach"],
        "6 Mục tiêu chung": ["muc_tieu_chung", "phan_cua_phong"],
        "7 Phổ biến CSCL": ["tung_nguoi", "ty_le_pho_bien"],
        "8 Công bố HTQLCL": [
            *("cong_bo", "kiem_tra_theo_ky", "lan_kiem_tra", "minh_chung"),
            *("niem_yet_khac", "thay_doi_pham_vi", "theo_thoi_gian"),
        ],
        "9 Xu hướng": ["qua_cac_ky", "thay_doi", "thay_doi_cam_ket", "xu_huong"],
        "10 Đối chiếu": ["diem_luu_y", "doi_chieu", "tep_khong_dung"],
        "11 Nguồn": ["ky_truoc", "nguon", "nhiem_vu_ngoai_ke_hoach"],
    }
    assert not [sheet.title for sheet in opened if sheet.tables and sheet.merged_cells.ranges]


def test_every_sheet_is_set_up_for_paper(opened: Workbook) -> None:
    for sheet in opened:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert "&P" in sheet.oddHeader.center.text or sheet.oddHeader.center.text == "&P"
        assert "Sở Lao động" in sheet.oddHeader.left.text
        assert "Bảng tổng hợp" in sheet.oddHeader.right.text
        assert sheet.print_area


def test_the_long_tables_repeat_and_freeze_their_header(opened: Workbook) -> None:
    frozen = {sheet.title: (sheet.freeze_panes, sheet.print_title_rows) for sheet in opened if sheet.freeze_panes}
    assert frozen["3 Kết quả mục tiêu"] == ("C6", "$5:$5")
    assert set(frozen) == {"3 Kết quả mục tiêu", "4 Không đạt", "5 Kế hoạch", "10 Đối chiếu", "11 Nguồn"}


def test_every_font_is_times_new_roman(workbook: bytes) -> None:
    parts = _parts(workbook)
    assert set(re.findall(r'<name val="([^"]*)"/>', parts["xl/styles.xml"])) == {"Times New Roman"}
    charts = "".join(text for name, text in parts.items() if name.startswith("xl/charts/chart"))
    assert set(re.findall(r'<a:latin typeface="([^"]*)"', charts)) == {"Times New Roman"}


def test_links_go_only_into_the_workbook_and_to_originals_by_relative_path(workbook: bytes) -> None:
    parts = _parts(workbook)
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', "".join(parts.values()))
    assert targets
    assert all(re.fullmatch(r"\.\./\.\./archive/originals/[0-9a-f]{64}\.xlsx", target) for target in targets)
    places = set(re.findall(r'<hyperlink ref="[A-Z0-9]+" location="([^"]*)"', "".join(parts.values())))
    assert places
    assert {place.rpartition("!")[0].strip("'") for place in places} <= set(TITLES)


def test_charts_have_titles_axes_and_alternative_texts(workbook: bytes) -> None:
    parts = _parts(workbook)
    charts = [text for name, text in sorted(parts.items()) if name.startswith("xl/charts/chart")]
    titles = [re.findall(r"<a:t>([^<]*)</a:t>", chart) for chart in charts]
    assert [title[0] for title in titles] == [
        "6 mục tiêu không đạt ở 6 Phòng",
        "8/11 biểu mẫu của kỳ nộp đúng hạn",
    ]
    assert [len(title) for title in titles] == [3, 3]
    drawing = parts["xl/drawings/drawing1.xml"]
    assert len(re.findall(r'<xdr:cNvPr [^>]*descr="Biểu đồ', drawing)) == 2


def test_a_chart_that_has_nothing_to_say_is_not_drawn() -> None:
    """l5, l8: no objective, no report, forms that are not yet due."""
    workbook = build_workbook(consolidated(Story(), PLAN, dt.date(2019, 1, 2)), {})
    charts = [text for name, text in _parts(workbook).items() if name.startswith("xl/charts/chart")]
    assert [re.findall(r"<a:t>([^<]*)</a:t>", chart)[0] for chart in charts] == ["0/4 biểu mẫu của kỳ nộp đúng hạn"]


def test_where_no_chart_has_anything_to_say_a_sentence_stands() -> None:
    """l8: every objective reached, every form in time, one period."""
    workbook = build_workbook(consolidated(_good_year()), {})
    assert not [name for name in _parts(workbook) if name.startswith("xl/charts/chart")]
    texts = [cell.value for cell in load_workbook(io.BytesIO(workbook))["1 Tổng quan"]["A"]]
    assert "Chưa có số liệu để vẽ biểu đồ" in texts


def test_an_empty_table_says_so_in_one_row(values: Workbook) -> None:
    story = Story()
    plan(story, "VP", objective())
    opened = load_workbook(io.BytesIO(build_workbook(consolidated(story), {})))
    table = opened["4 Không đạt"].tables["khong_dat"]
    assert table.ref == "A5:V6"
    assert opened["4 Không đạt"]["A6"].value == "Không có mục tiêu nào của các Phòng không đạt"
    assert values["4 Không đạt"]["A6"].value == "TTR"


def test_the_headline_says_what_the_cells_say(values: Workbook) -> None:
    sheet = values["1 Tổng quan"]
    assert sheet["A3"].value == (
        "Đến kỳ đánh giá 32 trong 60 mục tiêu đã đăng ký: đạt 26 mục tiêu (81,3%), không đạt 6 mục tiêu. "
        "Kỳ này phải nộp 11 biểu mẫu: 8 nộp đúng hạn, 2 nộp trễ, 1 chưa có bản hợp lệ."
    )
    told = {sheet.cell(top, left).value: _tile(sheet, top, left) for top in (21, 25) for left in range(1, 12, 2)}
    assert told == {
        "Mục tiêu đã đăng ký": (60, "mục tiêu", None),
        "Phòng đã đăng ký mục tiêu": (10, 10, 1),
        "Mục tiêu đạt / đến kỳ đánh giá": (26, 32, 26 / 32),
        "Mục tiêu không đạt": (6, 32, 6 / 32),
        "Hành động khắc phục quá hạn": (0, 6, 0),
        "Nhiệm vụ quá hạn": (8, 98, 8 / 98),
        "Biểu mẫu nộp đúng hạn": (8, 11, 8 / 11),
        "Biểu mẫu nộp trễ": (2, 11, 2 / 11),
        "Biểu mẫu của kỳ chưa có bản hợp lệ": (1, 11, 1 / 11),
        "Người đã hiểu CSCL": (62, 71, 62 / 71),
        "Thay đổi phạm vi chưa công bố lại": (1, 2, 0.5),
        "Minh chứng công bố còn thiếu": (0, 5, 0),
    }


def _tile(sheet: Worksheet, top: int, left: int) -> tuple[object, ...]:
    """A key figure: how many, out of how many, the share."""
    return sheet.cell(top + 1, left).value, sheet.cell(top + 1, left + 1).value, sheet.cell(top + 2, left).value


def test_the_line_of_the_checks_is_green_when_all_hold(values: Workbook) -> None:
    assert values["1 Tổng quan"]["A5"].value == "√ Đủ và đúng như các biểu mẫu đã nhận (trang 10)"


@pytest.mark.breaks("controls")
def test_the_line_of_the_checks_warns_when_one_fails(committee: Committee) -> None:
    failed = committee.controls.assign(holds=committee.controls.index != 3)
    workbook = build_workbook(dataclasses.replace(committee, controls=failed), {})
    sheet = load_workbook(io.BytesIO(workbook), data_only=True)["1 Tổng quan"]
    assert sheet["A5"].value == "× ĐỐI CHIẾU KHÔNG ĐẠT: chưa sử dụng số liệu, xem trang 10"


def _good_year() -> Story:
    """Two divisions that reach everything, everyone told, a declaration with its four proofs."""
    story = Story()
    for division, people in (("VP", ("CB1", "CB2", "CB4")), ("KHTC", ("CB3",))):
        plan(story, division, objective())
        told = [{"staff_code": code, "full_name": code, "understood": "có"} for code in people]
        story.add("BM-03", division, "2019-KH", "2019-03-20 08:00", {"cover": [{}], "policy": told})
        report(story, division, rate("MT01", 99, 100))
    proofs = {
        "decision_on": "2019-05-10",
        "notice_on": "2019-05-15",
        "posted_on": "2019-05-12",
        "published_on": "2019-05-13",
    }
    register = {"cover": [{}], "declarations": [{"decision_no": "2/QĐ", **proofs}], "scope_changes": []}
    register["checks"] = [{"checked_on": "2019-05-20", "check_result": "đủ"}]
    story.add("BM-04", "TCT", "2019-6T", "2019-06-05 08:00", register)
    return story


def test_a_good_year_is_said_to_be_good() -> None:
    committee = consolidated(_good_year())
    opened = load_workbook(io.BytesIO(build_workbook(committee, {})))
    assert "Không có việc cần quyết định" in [cell.value for cell in opened["1 Tổng quan"]["A"]]
    assert opened["1 Tổng quan"]["A3"].value == (
        "Đến kỳ đánh giá 2 trong 2 mục tiêu đã đăng ký, tất cả đều đạt. "
        "Kỳ này phải nộp 3 biểu mẫu, tất cả đều nộp đúng hạn."
    )
    assert opened["8 Công bố HTQLCL"]["A4"].value.startswith("Công bố còn hiệu lực, đủ minh chứng")
    assert opened["4 Không đạt"]["A6"].value == "Không có mục tiêu nào của các Phòng không đạt"


def test_the_notes_say_that_no_further_due_date_is_set() -> None:
    workbook = build_workbook(consolidated(_good_year(), today=dt.date(2019, 12, 1)), {})
    notes = {row[0]: row[1] for row in load_workbook(io.BytesIO(workbook))["12 Ghi chú"].iter_rows(values_only=True)}
    assert notes["Hạn nộp kế tiếp"] == "chưa đặt"


MISSED = (
    "2. 6 mục tiêu không đạt ở 6 Phòng; trước hết “Số kết luận thanh tra ban hành chậm so với thời hạn luật định "
    "trong năm không quá 01 kết luận” của Thanh tra Sở (2 kết luận, chỉ tiêu không quá 1 kết luận) – "
    "Huỳnh Nhật Trường, hạn ngày 31/7/2019"
)


def test_the_message_of_each_matter_is_its_title_and_only_what_is_missing_is_asked(values: Workbook) -> None:
    """m3, m5: objective, division, owner and date in words; no proof is asked for where none is missing."""
    sheet = values["1 Tổng quan"]
    assert sheet["A16"].value == (
        "Việc cần quyết định (3 nhóm việc nặng nhất trong 5; nhóm còn lại: nhiệm vụ quá hạn, phổ biến CSCL)"
    )
    assert [sheet[place].value for place in ("A17", "E17", "I17", "A18", "I18")] == [
        "1. Công bố HTQLCL: 1 thay đổi phạm vi chưa công bố lại, lâu nhất 38 ngày",
        MISSED,
        "3. Phòng Giáo dục nghề nghiệp chưa có BM-02 hợp lệ, quá hạn 4 ngày – Vương Quốc Hùng",
        "Đề nghị quyết định thời hạn công bố lại (QĐ 19/2014/QĐ-TTg, Điều 4).",
        "Đề nghị quyết định ngày nộp và giao người đứng đầu chịu trách nhiệm.",
    ]


def test_the_states_of_the_objectives_add_up_on_one_line_of_the_first_page(values: Workbook) -> None:
    """m1: every state with its count, the total before them; what no BM-01 holds stands apart."""
    sheet = values["1 Tổng quan"]
    words, counts = ([cell.value for cell in sheet[row] if cell.value is not None] for row in (8, 9))
    line = dict(zip(words, counts, strict=True))
    assert line.pop("Chưa có BM-01 hợp lệ (không tính)") == 0
    assert line.pop("Đã đăng ký") == sum(line.values()) == 60
    assert (line["Không đạt"], line["Chưa có báo cáo"], line["Chưa đến kỳ đánh giá"]) == (6, 6, 20)


def test_the_objectives_of_the_agency_stand_on_the_first_page_with_how_many_divisions_are_in(values: Workbook) -> None:
    """h7: five of six divisions are in, so the state is provisional; four of four are final."""
    rows = [[cell.value for cell in row if cell.value is not None] for row in values["1 Tổng quan"]["A12:L15"]]
    assert [(row[0], *row[4:]) for row in rows] == [
        ("MC1", "5/6", "Đạt", "tạm tính"),
        ("MC2", "4/4", "Đạt"),
        ("MC3", "3/4", "Đạt", "tạm tính"),
        ("MC4", "4/4", "Đạt"),
    ]


def test_a_status_is_a_word_a_symbol_and_a_colour(opened: Workbook) -> None:
    cell = opened["3 Kết quả mục tiêu"]["M6"]
    assert (cell.value, cell.number_format) == ("Không đạt", '"× "@')
    assert (cell.font.color.rgb, cell.fill.fgColor.rgb) == ("FF7A0C0C", "FFFBDDD9")


def test_figures_are_unrounded_numbers_and_days_are_days(opened: Workbook) -> None:
    sheet = opened["3 Kết quả mục tiêu"]
    row = next(row for row in sheet.iter_rows(min_row=6, values_only=True) if row[:2] == ("VP", "MT01"))
    assert row[8] == pytest.approx(100 * 3412 / 3458, rel=1e-15)
    assert row[23] == dt.datetime(2019, 12, 31)
    assert row[3] == "≥ 98%"


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *looks.TONES.values(),
        (looks.PAPER, looks.HEADER),
        (looks.LINK, looks.PAPER),
        (looks.INK, "#EFEFEF"),
        (looks.LINK, str(TILE_COUNT["bg_color"])),
        (looks.HEADER, str(TILE_COUNT["bg_color"])),
        (looks.TONES[looks.Tone.BAD][0], str(TILE_COUNT["bg_color"])),
        (looks.LINK, str(MATTER["bg_color"])),
    ],
)
def test_every_text_has_enough_contrast(ink: str, ground: str) -> None:
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_an_agency_name_with_an_ampersand_stays_in_the_header(content: LedgerContent) -> None:
    settings = demo_settings()
    named = settings.model_copy(update={"agency": (settings.agency[0].model_copy(update={"name": "Sở A & B"}),)})
    workbook = build_workbook(frames_of(content, named, SIX_MONTHS, dt.date(2019, 6, 13)), {})
    assert "Sở A &amp;&amp; B" in _parts(workbook)["xl/worksheets/sheet1.xml"]
