"""Every rule is either a formula or has a reason; formulas keep to what every Excel since 2010 computes."""

import re
from functools import cache

import pandera.pandas as pa
import pytest
from live_places import CONTEXT, Named

from pipeline.forms import DIRECTORY, FORMS, fields_of, rules_of
from pipeline.forms.objectives import OBJECTIVES
from pipeline.validation.masks import MASKS
from pipeline.workbooks.live import FORMULAS, NOT_LIVE, live_formula
from pipeline.workbooks.live.formulas import LONGEST_FORMULA
from pipeline.workbooks.live.own_values import own_rules
from pipeline.workbooks.live.patterns import patterns_of

FUNCTIONS = frozenset(
    re.findall(
        "[A-Z]+",
        "ABS AND CELL CHAR COUNT COUNTIF EXACT FALSE FIND IF IFERROR INDEX INT ISERROR ISLOGICAL ISNA ISNUMBER ISTEXT "
        "LEFT LEN MATCH MAX MID MIN NOT OR ROUND ROW SEARCH SUBSTITUTE SUMPRODUCT TEXT TODAY TRIM TRUE VALUE YEAR",
    )
)
"""All of them stand in Excel 2007 and need no array entry as they are used here."""
SHEETS = [schema for form in (*FORMS, DIRECTORY) for schema in form.all_sheets]


def places(schema: pa.DataFrameSchema, missing: frozenset[str] = frozenset()) -> Named:
    return Named(tuple(field.name for field in fields_of(schema)), missing)


def asked_codes(schema: pa.DataFrameSchema) -> list[tuple[str, str]]:
    """Every code that a field of a sheet can be told, with the field."""
    own = [(code, field.name) for field in fields_of(schema) for code in own_rules(schema, field.name)]
    rules = [(str(r.checks[0].error), str(r.checks[0].statistics["field"])) for r in rules_of(schema)]
    return list(dict.fromkeys([*own, *rules]))


@cache
def formulas() -> dict[tuple[str, str, str], str]:
    made = {
        (str(schema.name), code, field): live_formula(schema, code, field, places(schema))
        for schema in SHEETS
        for code, field in asked_codes(schema)
    }
    return {key: formula for key, formula in made.items() if formula is not None}


def test_every_rule_is_a_formula_or_says_why_it_is_none() -> None:
    assert set(FORMULAS) | set(NOT_LIVE) == set(MASKS)
    assert not set(FORMULAS) & set(NOT_LIVE)
    assert all(reason.endswith(".") for reason in NOT_LIVE.values())


def test_only_the_rules_with_a_reason_have_no_formula() -> None:
    without = {
        check.name
        for schema in SHEETS
        for rule in rules_of(schema)
        for check in rule.checks
        if live_formula(schema, str(check.error), str(check.statistics["field"]), places(schema)) is None
    }
    # Whether a plan is being revised stands in the ledger alone.
    assert without - set(NOT_LIVE) == {"filled_when"}


@pytest.mark.parametrize("sheet", [str(schema.name) for schema in SHEETS if schema.name != "about"])
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
    there = live_formula(OBJECTIVES, "M510", "target_upper", places(OBJECTIVES))
    gone = live_formula(OBJECTIVES, "M510", "target_upper", places(OBJECTIVES, frozenset({"target"})))
    assert there is not None
    assert gone is None


def test_a_code_that_the_field_is_never_told_has_no_formula() -> None:
    assert live_formula(OBJECTIVES, "V314", "target", places(OBJECTIVES)) is None


def test_a_report_without_the_commitments_says_nothing_that_leans_on_them() -> None:
    results = next(schema for schema in SHEETS if schema.name == "results")
    alone = places(results, frozenset(CONTEXT))
    silent = {code for code, field in asked_codes(results) if live_formula(results, code, field, alone) is None}
    assert silent == {"C413", "R605", "R636", "V306", "R606", "C414", "R607", "R608", "V309", "V308", "V318", "R609"}


def test_patterns_cover_letters_with_accents_and_stray_signs() -> None:
    assert patterns_of(["tăng, giảm"]) == ("t?ng*g??m", "t?ng*g??m?", "?t?ng*g??m")
