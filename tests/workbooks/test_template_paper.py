"""A form on paper and on a small screen: few blank rows, whole titles, low rows, what is wrong beside the code."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from workbook_samples import LISTS, issue, looked_into, template_bytes

from pipeline.demo.content import content_of
from pipeline.demo.filling import Filling, fill
from pipeline.forms import BY_NUMBER
from pipeline.formulas.evaluation import evaluated
from pipeline.templates.draft import draft
from pipeline.templates.names import TemplatePlaces
from pipeline.templates.rows import ruled_rows
from pipeline.vocabulary.live import LiveRow

PLAN, REPORT, POLICY, REGISTER = (BY_NUMBER[f"BM-0{number}"] for number in (1, 2, 3, 4))
_SECONDS = 120
_TEN = 10


def _ten_objectives() -> Filling:
    """A plan of ten objectives and fifteen tasks, of three divisions of the demo."""
    objectives: list[dict[str, object]] = []
    tasks: list[dict[str, object]] = []
    for of_division in map(content_of, ("NCC", "VP", "LDTL")):
        for objective in of_division["objectives"][: _TEN - len(objectives)]:
            code = f"MT{len(objectives) + 1:02d}"
            own = [task for task in of_division["tasks"] if task["objective"] == objective["code"]]
            for task in own[: 15 - len(tasks)]:
                tasks.append({**task, "objective": code, "task_code": f"NV{len(tasks) + 1:02d}"})
            objectives.append({**objective, "code": code})
    return Filling({"prepared_by": "Trần Thị Mai"}, {"objectives": objectives, "tasks": tasks})


@pytest.mark.libreoffice
def test_a_plan_of_ten_objectives_is_signed_on_three_pages(
    soffice: Path, libreoffice_profile: Path, tmp_path: Path
) -> None:
    """d23: BM-01 had ten pages, most of them blank rows; the guide stands behind what is signed."""
    blank = template_bytes(PLAN, issue(division="VP", year="2019", period="KH"))
    (tmp_path / "plan.xlsx").write_bytes(fill(blank, PLAN, _ten_objectives(), LISTS))
    profile = f"-env:UserInstallation={libreoffice_profile.as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "plan.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    read = ["pdftotext", "-layout", str(tmp_path / "plan.pdf"), "-"]
    pages = subprocess.run(read, check=True, capture_output=True, text=True, timeout=_SECONDS).stdout.split("\f")
    guide = next(at for at, text in enumerate(pages) if "HƯỚNG DẪN ĐIỀN" in text)
    assert guide == 3
    assert "BM-01 - MỤC TIÊU" in pages[1]
    assert "BM-01 - KẾ HOẠCH" in pages[2]


def test_a_blank_form_prints_a_few_rows_and_a_pre_filled_one_those_and_three_more() -> None:
    """d23: sixty rows were printed of each sheet."""
    person = {"staff_code": "CB001", "full_name": "Trần Thị Mai"}
    objectives, tasks = PLAN.sheets
    assert [ruled_rows(objectives, ()), ruled_rows(tasks, ())] == [12, 20]
    assert ruled_rows(objectives, [{"code": "MT11", "statement": "Giải quyết đúng hạn"}]) == 14
    assert ruled_rows(POLICY.sheets[0], [person] * 40) == 43
    area = looked_into(template_bytes(PLAN, issue()))["Mục tiêu"].print_area
    assert area == "'Mục tiêu'!$A$1:$T$17"


def test_rows_below_those_that_print_are_named_on_the_cover() -> None:
    """No program moves a print area by itself: what would not be on the signed paper is said before it is printed."""
    form = draft(PLAN, issue())
    cover = LiveRow(PLAN, PLAN.cover, TemplatePlaces(form.names, LISTS, {}))
    formula = cover.count_below(12, "objectives")
    columns = {name: [None] * 60 for name in form.names.used}
    assert evaluated(formula, columns, dt.date(2019, 1, 2)) == 0
    for row, count in ((11, 0), (12, 1)):
        statement = [None] * row + ["Giải quyết đúng hạn 95% hồ sơ"] + [None] * (59 - row)
        assert evaluated(formula, {**columns, "kt_objectives_statement": statement}, dt.date(2019, 1, 2)) == count


def test_a_list_whose_words_are_longer_than_two_lines_of_the_cell_offers_its_codes() -> None:
    """d23: rows were twelve lines high because of the sentences of a drop-down."""
    short = {"CS1": "CS1 - Tuân thủ pháp luật trong giải quyết công việc"}
    lists = {**LISTS, "policy_points": short, "agency_objectives": {"MC1": "MC1 - ISO"}}
    choices = draft(PLAN, issue(lists=lists)).choices
    objectives = PLAN.sheet("objectives")
    assert choices.words(objectives.field("policy_point"), "CS1") == "CS1"
    assert choices.words(objectives.field("agency_objective"), "MC1") == "MC1 - ISO"
    assert choices.words(PLAN.cover.field("division"), "VP") == "VP - Văn phòng Sở"


def test_the_title_of_a_broad_table_stands_beside_the_column_that_repeats() -> None:
    """d23: on the second page across stood “BM-02 -” and “Phòng Thi”."""
    sheet = looked_into(template_bytes(REGISTER, issue(division="TCT", year="2019", period="6T")))["Công bố"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [None, None, None]
    assert all(sheet.cell(row, 2).value for row in (1, 2, 3))


@pytest.mark.parametrize(("form", "title"), [(PLAN, "Mục tiêu"), (REPORT, "Kết quả"), (POLICY, "Phổ biến CSCL")])
def test_what_is_wrong_in_a_row_is_marked_at_its_code(form: object, title: str) -> None:
    """Kiểm tra stood right of twenty columns: a small screen showed nothing of it."""
    sheet = looked_into(template_bytes(form, issue()))[title]  # type: ignore[arg-type]
    last = sheet.max_row
    marks = [
        (rule.formula[0][:15], rule.dxf.numFmt.formatCode)
        for area in sheet.conditional_formatting
        if str(area.sqref) == f"A6:A{last}"
        for rule in area.rules
    ]
    assert marks == [('ISNUMBER(FIND("', '@" ✗"'), ('ISNUMBER(FIND("', '@" !"')]


def test_a_plan_is_no_larger_than_45_kib() -> None:
    assert len(template_bytes(PLAN, issue())) <= 45 * 1024
