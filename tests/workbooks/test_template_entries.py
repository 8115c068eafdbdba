"""What a cell of a template offers, says and refuses while it is filled."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from workbook_samples import LISTS, issue, looked_into, opened, saved, template_bytes, validations

from pipeline.excel.entry import utf16_length
from pipeline.findings import CATALOGUE
from pipeline.forms import DIRECTORY, FORMS
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.sheets import Form

EVERY_FORM = pytest.mark.parametrize("form", [*FORMS, DIRECTORY], ids=lambda form: form.number)
OBJECTIVES, DECLARATION = FORMS[0], FORMS[3]


def shown_words(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def validation_at(content: bytes, title: str, cell: str) -> tuple[object, ...]:
    (found,) = (v for sheet, v in validations(content) if sheet.title == title and cell in v.sqref)
    return found.type, found.formula1, found.errorStyle or "stop"


@EVERY_FORM
def test_no_validation_refers_directly_to_another_sheet(form: Form) -> None:
    formulas = [formula for _, v in validations(template_bytes(form, issue())) for formula in (v.formula1, v.formula2)]
    assert [formula for formula in formulas if formula and "!" in formula] == []


@EVERY_FORM
def test_every_list_has_a_defined_name_over_just_its_items(form: Form) -> None:
    workbook = looked_into(template_bytes(form, issue()))
    lists = workbook["Danh mục"]
    names = {v.formula1 for _, v in validations(template_bytes(form, issue())) if v.type == "list"}
    assert names <= set(workbook.defined_names)
    of_lists = {name: made for name, made in workbook.defined_names.items() if name.startswith(("ds_", "kt_chu_"))}
    assert of_lists
    for name, defined in of_lists.items():
        ((title, area),) = defined.destinations
        items = [cell.value for (cell,) in lists[area]]
        assert (title, lists[area][0][0].offset(-1).value, None in items) == ("Danh mục", name, False)
        assert lists[area][-1][0].offset(1).value is None


@EVERY_FORM
def test_every_choice_has_a_drop_down(form: Form) -> None:
    content = template_bytes(form, issue())
    listed = {(sheet.title, v.promptTitle) for sheet, v in validations(content) if v.type == "list"}
    assert listed == {
        (schema.title, field.label) for schema in form.all_sheets for field in schema.fields if options_of(field, LISTS)
    }


@EVERY_FORM
def test_every_field_explains_itself_within_the_bounds_of_excel(form: Form) -> None:
    said = [v for _, v in validations(template_bytes(form, issue()))]
    assert len(said) == sum(len(schema.fields) for schema in form.all_sheets)
    for validation in said:
        assert 0 < utf16_length(validation.promptTitle) <= 32
        assert 0 < utf16_length(validation.prompt) <= 255
        assert utf16_length(validation.error or "") <= 255


@EVERY_FORM
def test_a_prompt_names_the_code_of_its_error_box(form: Form) -> None:
    for _, validation in validations(template_bytes(form, issue())):
        code = (validation.errorTitle or "").split(" - ")[0]
        assert validation.prompt.endswith(f"\nMã lỗi nếu ghi sai: {code}.") == bool(code)
        assert code in {"", *CATALOGUE}


@EVERY_FORM
def test_openpyxl_keeps_every_validation(form: Form) -> None:
    content = template_bytes(form, issue())
    before = [(sheet.title, str(v.sqref), v.type, v.formula1, v.prompt) for sheet, v in validations(content)]
    after = [
        (sheet.title, str(v.sqref), v.type, v.formula1, v.prompt) for sheet, v in validations(saved(opened(content)))
    ]
    assert after == before


def test_a_closed_list_stops_and_an_open_one_only_informs() -> None:
    content = template_bytes(OBJECTIVES, issue())
    assert validation_at(content, "Mục tiêu", "E6") == ("list", "ds_objectives_measure", "stop")
    assert validation_at(content, "Mục tiêu", "I6") == ("list", "ds_units", "information")


def test_a_number_that_may_be_a_word_accepts_both() -> None:
    expected = "OR(ISNUMBER(J6),SUMPRODUCT(--(TRIM(J6)=ds_objectives_baseline_coded))>0)"
    assert validation_at(template_bytes(OBJECTIVES, issue()), "Mục tiêu", "J6") == ("custom", expected, "stop")


def test_a_day_that_may_be_a_word_accepts_both() -> None:
    expected = "OR(AND(ISNUMBER(M6),M6>=36526,M6<=73050),SUMPRODUCT(--(TRIM(M6)=ds_declarations_notice_on_coded))>0)"
    assert validation_at(template_bytes(DECLARATION, issue()), "Công bố", "M6") == ("custom", expected, "stop")


def test_a_day_lies_in_this_century() -> None:
    assert validation_at(template_bytes(OBJECTIVES, issue()), "Mục tiêu", "O6") == ("date", "36526", "stop")


def test_a_count_is_whole_and_not_negative() -> None:
    assert validation_at(template_bytes(DECLARATION, issue()), "Công bố", "F6") == ("whole", "0", "stop")


def test_the_statement_has_its_own_length() -> None:
    content = template_bytes(OBJECTIVES, issue())
    (found,) = (v for sheet, v in validations(content) if sheet.title == "Mục tiêu" and "C6" in v.sqref)
    assert (found.type, found.formula1, found.formula2) == ("textLength", "15", "500")


def test_a_list_with_long_words_offers_its_codes_and_the_guide_the_words() -> None:
    workbook = looked_into(template_bytes(OBJECTIVES, issue()))
    ((_, area),) = workbook.defined_names["ds_policy_points"].destinations
    assert [cell.value for (cell,) in workbook["Danh mục"][area]] == ["CS1", "CS2"]
    words = shown_words(workbook["Hướng dẫn"])
    assert [word for word in words if word.startswith("Tuân thủ pháp luật")] == [
        LISTS["policy_points"]["CS1"].removeprefix("CS1 - ")
    ]


def test_the_prompt_of_such_a_list_says_how_each_item_begins() -> None:
    content = template_bytes(OBJECTIVES, issue())
    (found,) = (v for sheet, v in validations(content) if sheet.title == "Mục tiêu" and "Q6" in v.sqref)
    assert found.prompt.splitlines()[1:] == [
        "CS1: Tuân thủ pháp luật",
        "CS2: Công khai.",
        "Mã lỗi nếu ghi sai: V303.",
    ]


def test_a_list_without_items_leaves_its_cells_open() -> None:
    lists = {**LISTS, "agency_objectives": {}}
    assert validation_at(template_bytes(OBJECTIVES, issue(lists=lists)), "Mục tiêu", "R6") == (None, None, "stop")


def test_a_year_in_a_list_is_a_number_so_that_a_typed_year_is_known_again() -> None:
    workbook = looked_into(template_bytes(OBJECTIVES, issue()))
    ((_, area),) = workbook.defined_names["ds_years"].destinations
    assert [cell.value for (cell,) in workbook["Danh mục"][area]] == [2019]
