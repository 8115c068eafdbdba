"""What the template writes, the reader and the parser find again."""

import datetime as dt
from pathlib import Path

import pytest
from workbook_samples import example_values, filled, issue, parsed_back, read_back, template_bytes

from pipeline.forms import BY_NUMBER, DIRECTORY, FORMS
from pipeline.parsing import Identity, fingerprint, recognise
from pipeline.vocabulary.sheets import Form

EVERY_FORM = pytest.mark.parametrize("form", [*FORMS, DIRECTORY], ids=lambda form: form.number)
OBJECTIVES, RESULTS, POLICY = (BY_NUMBER[number] for number in ("BM-01", "BM-02", "BM-03"))

OBJECTIVE = {
    "code": "MT02",
    "statement": "Giải quyết đúng hạn ít nhất 95% hồ sơ thủ tục hành chính trong năm 2019",
    "indicator": "Tỷ lệ hồ sơ giải quyết đúng hạn",
    "measure": "tỷ lệ",
    "comparator": "ít nhất",
    "target": 95.5,
    "unit": "%",
    "baseline_coded": "chưa có số liệu",
    "method": "=tử số / mẫu số",
    "data_source": "Sổ theo dõi",
    "frequency": "6 tháng",
    "due_on": dt.date(2019, 12, 31),
    "owner": "Trần Thị Mai",
    "policy_point": "CS1",
    "agency_objective": "MC1",
}
RESULT = {"code": "MT01", "statement": "Giải quyết đúng hạn ít nhất 95% hồ sơ", "commitment": "ít nhất 95 %"}
PERSON = {"staff_code": "CB001", "full_name": "Trần Thị Mai", "position": "Chuyên viên", "category": "công chức"}


@EVERY_FORM
def test_a_blank_template_is_recognised_with_its_identity(form: Form, tmp_path: Path) -> None:
    workbook = read_back(template_bytes(form, issue()), tmp_path)
    expected = Identity(form_id=form.form_id, form_version=str(form.version), fingerprint=fingerprint(form))
    assert recognise(workbook, [*FORMS, DIRECTORY]) == (form, expected)


def test_an_issued_template_says_for_whom_and_when_it_is(tmp_path: Path) -> None:
    made = issue(division="VP", year="2019", period="6T", based_on="ab12")
    _, identity = recognise(read_back(template_bytes(RESULTS, made), tmp_path), FORMS)
    assert identity == Identity("results", "3", "VP", "2019", "6T", fingerprint(RESULTS), "ab12")


def test_an_issued_cover_is_read_as_codes(tmp_path: Path) -> None:
    made = issue(division="VP", year="2019", period="6T", cover={"signed_on": dt.date(2019, 6, 5)})
    (cover,) = parsed_back(template_bytes(RESULTS, made), RESULTS, tmp_path).rows["cover"]
    found = {name: cover[name] for name in ("division", "year", "period", "signed_on")}
    assert found == {"division": "VP", "year": "2019", "period": "6T", "signed_on": dt.date(2019, 6, 5)}


@EVERY_FORM
def test_a_blank_template_has_no_findings_and_no_used_rows(form: Form, tmp_path: Path) -> None:
    parsed = parsed_back(template_bytes(form, issue()), form, tmp_path)
    assert parsed.findings == ()
    assert {schema.name: parsed.rows[schema.name] for schema in form.sheets} == {
        schema.name: () for schema in form.sheets
    }


@EVERY_FORM
def test_every_field_of_a_table_stands_in_its_own_column_of_the_header(form: Form, tmp_path: Path) -> None:
    maps = parsed_back(template_bytes(form, issue()), form, tmp_path).addresses.maps
    assert {name: located.places for name, located in maps.items() if name != form.cover.name} == {
        schema.name: {field.name: (5, column) for column, field in enumerate(schema.fields, 1)}
        for schema in form.sheets
    }


@EVERY_FORM
def test_every_field_of_the_cover_stands_in_the_column_of_values(form: Form, tmp_path: Path) -> None:
    places = parsed_back(template_bytes(form, issue()), form, tmp_path).addresses.maps[form.cover.name].places
    assert {name: column for name, (_, column) in places.items()} == {f.name: 3 for f in form.cover.fields}


@EVERY_FORM
def test_without_its_hidden_sheet_and_tags_a_template_is_still_recognised(form: Form, tmp_path: Path) -> None:
    content = template_bytes(form, issue())
    names = {field.name for schema in form.all_sheets for field in schema.fields}
    workbook = read_back(content, tmp_path)
    untagged = [
        sheet.__class__(
            sheet.title,
            {at: cell for at, cell in sheet.cells.items() if cell.value not in names},
            last_row=sheet.last_row,
        )
        for sheet in workbook.sheets
        if sheet.title != "_qms"
    ]
    assert recognise(workbook.__class__(tuple(untagged)), [*FORMS, DIRECTORY]) == (form, None)


@EVERY_FORM
def test_the_example_of_every_field_is_read_without_a_finding(form: Form, tmp_path: Path) -> None:
    content = filled(template_bytes(form, issue()), example_values(form))
    parsed = parsed_back(content, form, tmp_path)
    assert parsed.findings == ()
    assert {schema.name: len(parsed.rows[schema.name]) for schema in form.sheets} == {s.name: 1 for s in form.sheets}


def test_issued_objectives_come_back_equal_at_their_printed_code(tmp_path: Path) -> None:
    content = template_bytes(OBJECTIVES, issue(rows={"objectives": [OBJECTIVE]}))
    (row,) = parsed_back(content, OBJECTIVES, tmp_path).rows["objectives"]
    assert {name: row[name] for name in OBJECTIVE} == OBJECTIVE
    assert row["excel_row"] == 7


def test_a_missing_value_of_pandas_is_a_blank_cell(tmp_path: Path) -> None:
    row_issued = {**OBJECTIVE, "target": float("nan"), "note": None}
    content = template_bytes(OBJECTIVES, issue(rows={"objectives": [row_issued]}))
    (row,) = parsed_back(content, OBJECTIVES, tmp_path).rows["objectives"]
    assert (row["target"], row["note"]) == (None, None)


@pytest.mark.parametrize(
    ("form", "sheet", "issued"), [(RESULTS, "results", RESULT), (POLICY, "policy", PERSON)], ids=["results", "policy"]
)
def test_printed_rows_are_not_used_until_something_is_typed(
    form: Form, sheet: str, issued: dict[str, str], tmp_path: Path
) -> None:
    parsed = parsed_back(template_bytes(form, issue(rows={sheet: [issued]})), form, tmp_path)
    assert parsed.rows[sheet] == ()


def test_a_moment_is_issued_as_its_day(tmp_path: Path) -> None:
    moment = dt.datetime(2019, 12, 31, 8, 30)
    content = template_bytes(OBJECTIVES, issue(rows={"objectives": [{**OBJECTIVE, "due_on": moment}]}))
    (row,) = parsed_back(content, OBJECTIVES, tmp_path).rows["objectives"]
    assert row["due_on"] == dt.date(2019, 12, 31)


def test_printed_cells_come_back_with_what_was_typed_beside_them(tmp_path: Path) -> None:
    content = template_bytes(RESULTS, issue(rows={"results": [RESULT]}))
    typed = filled(content, {"Kết quả": {"G6": 96}})
    (row,) = parsed_back(typed, RESULTS, tmp_path).rows["results"]
    assert {name: row[name] for name in RESULT} == RESULT
    assert row["actual"] == 96


def test_the_last_row_of_a_sheet_that_prints_more_people_than_usual_is_read(tmp_path: Path) -> None:
    people = [{**PERSON, "staff_code": f"CB{number:03}"} for number in range(1, 51)]
    content = template_bytes(POLICY, issue(rows={"policy": people}))
    typed = filled(content, {"Phổ biến CSCL": {"B75": "Lê Văn Tám"}})
    (row,) = parsed_back(typed, POLICY, tmp_path).rows["policy"]
    assert (row["full_name"], row["excel_row"]) == ("Lê Văn Tám", 75)


def test_a_code_that_the_sheet_does_not_print_is_refused() -> None:
    with pytest.raises(ValueError, match="MT99"):
        template_bytes(OBJECTIVES, issue(rows={"objectives": [{**OBJECTIVE, "code": "MT99"}]}))


def test_two_rows_of_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match="MT02"):
        template_bytes(OBJECTIVES, issue(rows={"objectives": [OBJECTIVE, OBJECTIVE]}))


def test_a_value_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(TypeError):
        template_bytes(OBJECTIVES, issue(rows={"objectives": [{**OBJECTIVE, "target": [95]}]}))
