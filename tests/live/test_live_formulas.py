"""Every rule is either a formula or has a reason; formulas keep to what every Excel since 2010 computes."""

import re
from functools import cache

import pytest
from live_places import CONTEXT, Named

from pipeline.forms import DIRECTORY, FORMS
from pipeline.forms.objectives import OBJECTIVES
from pipeline.formulas.expressions import patterns_of
from pipeline.rules.live import LONGEST_FORMULA, live_formula, own_checks
from pipeline.vocabulary.live import LiveRow
from pipeline.vocabulary.rules import NotLive
from pipeline.vocabulary.sheets import SheetSchema
from pipeline.wording import topic

FUNCTIONS = frozenset(
    re.findall(
        "[A-Z]+",
        "ABS AND CELL CHAR COUNT COUNTIF EXACT FALSE FIND IF IFERROR INDEX INT ISERROR ISLOGICAL ISNA ISNUMBER ISTEXT "
        "LEFT LEN MATCH MAX MID MIN NOT OR REPT ROUND ROW SEARCH SUBSTITUTE SUMPRODUCT TEXT TODAY TRIM TRUE VALUE YEAR",
    )
)
"""All of them stand in Excel 2007 and need no array entry as they are used here."""
FORM_OF = {schema: form for form in (*FORMS, DIRECTORY) for schema in form.all_sheets}
SHEETS = list(FORM_OF)
RULES = [rule for schema in SHEETS for rule in schema.rules]


def row_of(schema: SheetSchema, missing: frozenset[str] = frozenset()) -> LiveRow:
    return LiveRow(FORM_OF[schema], schema, Named(tuple(schema.by_name), missing))


def asked_codes(schema: SheetSchema) -> list[tuple[str, str]]:
    """Every code that a field of a sheet can be told, with the field."""
    own = [(code, field.name) for field in schema.fields for code in own_checks(field)]
    return list(dict.fromkeys([*own, *((rule.code, rule.field) for rule in schema.rules)]))


@cache
def formulas() -> dict[tuple[str, str, str], str]:
    made = {
        (schema.name, code, field): live_formula(row_of(schema), code, field)
        for schema in SHEETS
        for code, field in asked_codes(schema)
    }
    return {key: formula for key, formula in made.items() if formula is not None}


def test_every_rule_is_a_formula_or_says_why_it_is_none() -> None:
    assert all(bool(rule.why_not_live) == isinstance(rule, NotLive) for rule in RULES)
    assert {rule.kind for rule in RULES if isinstance(rule, NotLive)} == set(topic("live")["not_live"])
    assert all(reason.endswith(".") for reason in topic("live")["not_live"].values())


def test_only_the_rules_with_a_reason_have_no_formula() -> None:
    without = [
        rule
        for schema in SHEETS
        for rule in schema.rules
        if live_formula(row_of(schema), rule.code, rule.field) is None
    ]
    # Whether a plan is being revised stands in the ledger alone.
    assert {rule.kind for rule in without if not rule.why_not_live} == {"FilledWhen"}


@pytest.mark.parametrize("sheet", [schema.name for schema in SHEETS if schema.name != "about"])
def test_formulas_hold_nothing_that_an_older_excel_lacks(sheet: str) -> None:
    made = [formula for (of, _, _), formula in formulas().items() if of == sheet]
    assert made
    for formula in made:
        _assert_plain(formula)


def _assert_plain(formula: str) -> None:
    bare = re.sub(r'"[^"]*"', "", formula)
    assert set(re.findall(r"([A-Z]+)\(", bare)) <= FUNCTIONS
    assert len(formula) < LONGEST_FORMULA * 3 // 4  # the marked copy puts words around it
    assert bare.count("(") == bare.count(")")
    assert max(len(text) for text in [*re.findall(r'"((?:[^"]|"")*)"', formula), ""]) <= 255


def test_a_rule_whose_place_is_missing_has_no_formula() -> None:
    there = live_formula(row_of(OBJECTIVES), "M510", "target_upper")
    gone = live_formula(row_of(OBJECTIVES, frozenset({"target"})), "M510", "target_upper")
    assert there is not None
    assert gone is None


def test_a_code_that_the_field_is_never_told_has_no_formula() -> None:
    assert live_formula(row_of(OBJECTIVES), "V314", "target") is None


def test_a_report_without_the_commitments_says_nothing_that_leans_on_them() -> None:
    results = next(schema for schema in SHEETS if schema.name == "results")
    alone = row_of(results, frozenset(CONTEXT))
    silent = {code for code, field in asked_codes(results) if live_formula(alone, code, field) is None}
    judged = {"C413", "C414", "R605", "R606", "R607", "R608", "R609", "R636", "R641"}
    assert silent == judged | {"R644", "R645", "M506", "V306", "V308", "V309", "V318"}


def test_patterns_cover_letters_with_accents_and_stray_signs() -> None:
    assert patterns_of(["tăng, giảm"]) == ("t?ng*g??m", "t?ng*g??m?", "?t?ng*g??m")
