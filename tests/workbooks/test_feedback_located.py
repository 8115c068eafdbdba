"""The answer locates a form in the sender's workbook as the reader does: earlier names, live checks, all rows."""

from dataclasses import replace
from pathlib import Path

import pytest
from feedback_samples import FORM, marked_copy, register, sheet
from workbook_samples import LISTS, example_values, filled, issue, parsed_back, template_bytes

from pipeline.findings import Finding
from pipeline.forms import BY_NUMBER
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Results
from pipeline.vocabulary.sheets import Form
from pipeline.vocabulary.versions import Earlier, Former

REPORT = BY_NUMBER["BM-02"]
FORMER = Former(sheet="results", tag="figures_of", label="Ngày chốt số liệu", now=Results.data_as_of)
RENAMED = replace(
    REPORT,
    version=3,
    earlier=(*REPORT.earlier, Earlier(version=2, fingerprint="0" * 16, renamed=(FORMER,))),
)


def column_of(form: Form, name: str) -> str:
    return chr(ord("A") + [field.name for field in form.sheets[0].fields].index(name))


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A report on the version in which a field had another tag and another label."""
    column = column_of(REPORT, FORMER.now)
    blank = template_bytes(REPORT, issue(division="VP", year="2019", period="CN"))
    values = {title: dict(cells) for title, cells in example_values(REPORT).items()}
    values["Kết quả"] |= {f"{column}4": FORMER.tag, f"{column}5": FORMER.label, f"{column}6": None}
    path = tmp_path / "original.xlsx"
    path.write_bytes(filled(blank, values))
    return path


def test_a_field_that_an_earlier_version_named_otherwise_is_watched_by_its_rule(earlier: Path, tmp_path: Path) -> None:
    column = column_of(REPORT, FORMER.now)
    assert parsed_back(earlier.read_bytes(), RENAMED, tmp_path).addresses.cell("results", FORMER.now, 6) == f"{column}6"
    blank = Finding("C401", "Kết quả", f"{column}6", FORMER.now, "Số liệu đến ngày", {"hint": "", "proposal": ""})
    content = marked_copy(earlier, replace(sheet(blank), form=RENAMED, lists=LISTS))
    ((_, cell, is_open, *_),) = register(content)
    assert (cell, str(is_open)[:4]) == (f"{column}6", "=NOT")


def test_of_two_columns_that_differ_far_below_the_head_none_is_taken_for_the_field(tmp_path: Path) -> None:
    blank = template_bytes(FORM, issue(division="VP", year="2019"))
    first, second = column_of(FORM, Objectives.note), column_of(FORM, Objectives.statement)
    path = tmp_path / "original.xlsx"
    last = FORM.sheets[0].plan.rows + 5
    twice = {f"{second}4": None, f"{second}5": "Ghi chú", f"{first}4": None, f"{second}{last}": "Không rõ"}
    values = {title: dict(cells) for title, cells in example_values(FORM).items()}
    values["Mục tiêu"] |= twice
    values["Mục tiêu"][f"{first}6"] = values["Mục tiêu"][f"{second}6"] = "Như trên"
    path.write_bytes(filled(blank, values))
    assert "T222" in {finding.code for finding in parsed_back(path.read_bytes(), FORM, tmp_path).findings}
    facts = {"found": "Như trên", "length": "8", "min_value": "1", "max_value": "1000"}
    remark = Finding("V304", "Mục tiêu", f"{first}6", Objectives.note, "Ghi chú", facts)
    content = marked_copy(path, sheet(remark))
    ((_, _, is_open, *_),) = register(content)
    assert str(is_open)[:4] == "=AND"
