"""Earlier versions of a form: registered truly, read as one of today's, or returned with the difference by name."""

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
from parsing_workbooks import whole, with_cells
from rules_settings import SETTINGS

from pipeline.forms import BY_NUMBER, FORMS
from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.parsing import held_against_version, parse_form, recognise
from pipeline.parsing.recognition import IDENTITY_KEYS, IDENTITY_SHEET, digest_of
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.vocabulary.versions import Earlier, Former

GOALS, REPORT = BY_NUMBER["BM-01"], BY_NUMBER["BM-02"]
RENAMED = Former(sheet="objectives", tag="person", label="Cán bộ phụ trách", now="owner")


def registered() -> list[tuple[Form, Earlier]]:
    return [(form, earlier) for form in FORMS for earlier in form.earlier]


def of_version(workbook: RawWorkbook, version: int | str, fingerprint: str) -> RawWorkbook:
    row = {key: at for at, key in enumerate(IDENTITY_KEYS, 1)}
    return with_cells(
        workbook, IDENTITY_SHEET, {(row["form_version"], 2): str(version), (row["fingerprint"], 2): fingerprint}
    )


def told(workbook: RawWorkbook, form: Form) -> list[tuple[str, dict[str, str]]]:
    """Code and facts of what is found on version and layout."""
    parsed = parse_form(workbook, form, lists_of(SETTINGS, 2019))
    findings, kept = held_against_version(parsed, recognise(workbook, FORMS)[1])
    return [(finding.code, dict(finding.facts)) for finding in (*findings, *kept.findings)]


def fingerprint_then(form: Form, earlier: Earlier) -> str:
    """The digest that an earlier version had, made from today's form and what has changed since.

    The registry writes the digest down; this one must be the same, or the registry does not tell all that changed.
    """
    names = {(name.sheet, name.now): name.tag for name in earlier.renamed}
    today = [(str(s.name), f.name) for s in form.all_sheets for f in s.fields]
    then = [(sheet, names.get((sheet, name), name)) for sheet, name in today if (sheet, name) not in earlier.lacks]
    for moved in earlier.moved:
        at = then.index((moved.stood_on, moved.before))
        then[at:at] = [(moved.stood_on, field.name) for field in form.sheet(moved.sheet).fields]
    return digest_of(form, earlier.version, then)


@pytest.mark.parametrize(("form", "earlier"), registered())
def test_the_registry_tells_all_that_changed_since_a_version(form: Form, earlier: Earlier) -> None:
    assert fingerprint_then(form, earlier) == earlier.fingerprint
    assert earlier.version < form.version


@pytest.mark.parametrize(("form", "earlier"), registered())
def test_what_a_version_that_is_taken_lacks_is_required_nowhere(form: Form, earlier: Earlier) -> None:
    # A sheet that came whole has no rows in an earlier file.
    kept = {
        sheet for sheet, names in groupby(earlier.lacks, itemgetter(0)) if len([*names]) < len(form.sheet(sheet).fields)
    }
    added = [form.sheet(sheet).field(name) for sheet, name in earlier.lacks if sheet in kept]
    assert not earlier.is_taken or not any(field.required for field in added)


def test_h16_bm6_the_checks_of_the_first_register_are_read_from_its_declarations() -> None:
    """h16 bm6: a copy of BM-04 as 0.3.0 issued it is taken, and its last check becomes a row."""
    register = BY_NUMBER["BM-04"]
    before = read_workbook(Path(__file__).parent / "programs" / "version_1_of_BM-04.xlsx")
    findings = told(before, register)
    assert [(code, facts["added"]) for code, facts in findings] == [
        ("T226", "“trang Niêm yết, đăng tải khác”, “trang Kiểm tra công bố”")
    ]
    parsed = parse_form(before, register, lists_of(SETTINGS, 2019))
    assert [(row["excel_row"], str(row["checked_on"]), row["check_result"]) for row in parsed.rows["checks"]] == [
        (6, "2017-01-15", "Đầy đủ, còn hiệu lực")
    ]
    assert parsed.addresses.cell("checks", "checked_on", 6) == "R6"
    assert len(parsed.rows["declarations"]) == 2


def test_every_version_below_todays_is_registered() -> None:
    assert {form.number: [one.version for one in form.earlier] for form in FORMS} == {
        form.number: list(range(1, form.version)) for form in FORMS
    }


def first_version_of_the_report() -> RawWorkbook:
    """BM-02 as it was issued before the column *Kết quả 6 tháng* came: the columns behind stood one further left."""
    today = whole("BM-02")
    sheets = tuple(
        replace(
            sheet,
            cells={
                (row, column - (column > 4)): cell
                for (row, column), cell in sheet.cells.items()
                if column != 4 or row < 4
            },
        )
        if sheet.title == "Kết quả"
        else sheet
        for sheet in today.sheets
    )
    return of_version(replace(today, sheets=sheets), 1, "45fb85647e4f4e43")


def version_before_of_the_report() -> RawWorkbook:
    """BM-02 as it was issued before the sheet *Khắc phục* came."""
    today = whole("BM-02")
    sheets = tuple(sheet for sheet in today.sheets if sheet.title != "Khắc phục")
    return of_version(replace(today, sheets=sheets), 2, "47e0c70674620d17")


def test_an_earlier_version_that_is_taken_is_read_as_todays_and_told() -> None:
    facts = {"found": "2", "expected_version": "3", "added": "“Số chính thức năm trước”, “trang Khắc phục”"}
    assert told(version_before_of_the_report(), REPORT) == [("T226", facts)]
    lists = lists_of(SETTINGS, 2019)
    then, now = (parse_form(w, REPORT, lists).rows for w in (version_before_of_the_report(), whole("BM-02")))
    assert then == {**now, "actions": ()}


def test_an_earlier_version_that_is_no_longer_taken_is_returned_with_the_difference() -> None:
    parsed = parse_form(first_version_of_the_report(), REPORT, lists_of(SETTINGS, 2019))
    findings, kept = held_against_version(parsed, recognise(first_version_of_the_report(), FORMS)[1])
    assert [(finding.code, finding.facts["difference"]) for finding in findings] == [
        ("T202", "thiếu cột “Kết quả 6 tháng” (trang “Kết quả”)")
    ]
    assert kept.findings == ()


def test_the_number_of_a_version_alone_does_not_make_a_file_one() -> None:
    assert [code for code, _ in told(of_version(whole("BM-02"), 1, "0" * 16), REPORT)] == ["T202"]


def test_a_version_that_nobody_registered_is_returned_with_its_strange_columns_and_sheets_by_name() -> None:
    without_plan = replace(whole(), sheets=tuple(sheet for sheet in whole().sheets if sheet.title != "Kế hoạch"))
    strange = with_cells(of_version(without_plan, 7, "f" * 16), "Mục tiêu", {(4, 12): "weight", (5, 12): "Trọng số"})
    assert told(strange, GOALS) == [
        (
            "T202",
            {
                "found": "7",
                "expected_version": "2",
                "difference": "thiếu cột “Nguồn số liệu” (trang “Mục tiêu”); thiếu trang “Kế hoạch”; "
                "có cột lạ “Trọng số” (trang “Mục tiêu”)",
            },
        )
    ]


def test_a_version_with_the_same_columns_is_returned_with_the_word_that_only_its_mark_differs() -> None:
    ((code, facts),) = told(of_version(whole(), 9, "e" * 16), GOALS)
    assert (code, facts["difference"][:30]) == ("T202", "các cột giống nhau nhưng dấu n")


@pytest.mark.parametrize("with_tags", [True, False])
def test_a_field_that_was_renamed_is_found_by_its_former_tag_and_label(with_tags: bool) -> None:  # noqa: FBT001 - pytest names it
    renaming = replace(GOALS, version=3, earlier=(Earlier(version=1, fingerprint="", renamed=(RENAMED,)),))
    tag = "person" if with_tags else None
    old = with_cells(whole(), "Mục tiêu", {(4, 16): tag, (5, 16): "Cán bộ phụ trách (*)"})
    lists = lists_of(SETTINGS, 2019)
    assert parse_form(old, renaming, lists).rows == parse_form(whole(), GOALS, lists).rows
