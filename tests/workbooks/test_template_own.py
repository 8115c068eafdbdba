"""What a form says of the agency and the division that it was issued to: who signs, and examples of its own."""

import pytest
from workbook_samples import LISTS, SETTINGS, issue, looked_into, template_bytes

from pipeline.forms import BY_NUMBER, DIRECTORY, FORMS
from pipeline.settings.heads import title_of_head
from pipeline.settings.model import Contact, Division
from pipeline.vocabulary.sheets import Form


def _words(content: bytes) -> list[str]:
    """Every word that a clerk reads, prompts of the cells included."""
    words = []
    for sheet in looked_into(content).worksheets:
        if sheet.sheet_state == "visible":
            words += [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
            words += [str(each.prompt) for each in sheet.data_validations.dataValidation if each.prompt]
    return words


@pytest.mark.parametrize(
    ("name", "title", "signs"),
    [
        ("Phòng Người có công", "", "Trưởng phòng"),
        ("Văn phòng Sở", "", "Chánh Văn phòng"),
        ("Thanh tra Sở", "", "Chánh Thanh tra"),
        ("Tổ công tác ISO", "", "Tổ trưởng"),
        ("Lãnh đạo Sở", "", ""),
        ("Lãnh đạo Sở", "Giám đốc", "Giám đốc"),
        ("Phòng Người có công", "Phó Trưởng phòng phụ trách", "Phó Trưởng phòng phụ trách"),
    ],
)
def test_the_head_signs_by_the_title_of_the_directory_or_by_the_name(name: str, title: str, signs: str) -> None:
    """Forms on paper: not every head is a TRƯỞNG PHÒNG."""
    assert title_of_head(Division(code="VP", name=name, kind="phòng", head_title=title)) == signs


@pytest.mark.parametrize(
    ("signed_by", "signs"), [("Chánh Văn phòng", "CHÁNH VĂN PHÒNG"), ("", "NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ")]
)
def test_the_cover_is_signed_by_that_title_in_capitals(signed_by: str, signs: str) -> None:
    sheet = looked_into(template_bytes(FORMS[0], issue(signed_by=signed_by)))["Thông tin chung"]
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.value in {signs, "TRƯỞNG PHÒNG"}] == [signs]


@pytest.mark.parametrize("form", [*FORMS, DIRECTORY], ids=lambda form: form.number)
def test_no_example_of_a_form_is_of_another_year_or_agency(form: Form) -> None:
    """d: a form of 2026 had examples of 2018 and 2019, and decisions of another agency."""
    agency = SETTINGS.agency[0].model_copy(update={"symbol": "SNV"})
    facts = {"year": "2026", "period": "KH", "symbol": "TCCB", "contact": Contact(telephone="0270 111")}
    own = issue(lists={**LISTS, "years": {"2026": "2026"}}, agency=agency, **facts)
    words = [text for text in _words(template_bytes(form, own)) if "CSCL-2019/01" not in text]
    assert [text for text in words if "2018" in text or "2019" in text or "SLĐTBXH" in text] == []
    assert [text for text in words if "0299" in text] == []


def test_an_example_of_a_number_bears_the_symbols_of_agency_and_division() -> None:
    agency = SETTINGS.agency[0].model_copy(update={"symbol": "SNV"})
    own = issue(division="VP", year="2026", period="KH", agency=agency, symbol="TTr")
    words = " ".join(_words(template_bytes(BY_NUMBER["BM-01"], own)))
    assert "12/BC-TTr" in words
    assert "145/QĐ-SNV ngày 15/4/2026" in words
