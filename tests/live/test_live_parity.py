"""Item 1 of the live checks: on every rule and cell LibreOffice says what the pipeline says."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from parity_bench import Rule, Told, address, both_told
from parity_mutants import Mutant, is_used, mutants, reports
from rules_bases import BASES
from rules_sheets import form_of

from pipeline.findings import CATALOGUE, Severity
from pipeline.rules.days import NotAfterReferred
from pipeline.rules.report_cases import ObstacleExpected
from pipeline.sheets.results import Results
from pipeline.spreadsheet import cell_name
from pipeline.templates.row_messages import ERROR
from pipeline.vocabulary.rules import Rule as FormRule

FORMS = ("BM-01", "BM-02", "BM-03", "BM-04")
REPORTS = ("BM-02", "BM-02-CN")
"""Reports that carry what was promised."""
SPOILS = frozenset({"V301", "V302", "V303", "V307", "V309", "V316", "C401", "V304", "V305", "V313", "V314"})
"""Findings on the value itself: the pipeline then says nothing of what only follows from it."""


def compared(made: Sequence[Mutant], told: Sequence[Told]) -> tuple[Counter[str], list[str]]:
    """How often both agree, how often Excel leaves a text to the reader, and each place where they disagree."""
    counts: Counter[str] = Counter()
    apart: list[str] = []
    for mutant, both in zip(made, told, strict=True):
        found: dict[str, set[str]] = defaultdict(set)
        for finding in both.found:
            found[f"{finding.sheet}!{finding.cell}"].add(finding.code)
        of_used_rows = {rule: told for rule, told in both.live.items() if is_used(mutant, rule[0], rule[3])}
        for rule, (broken, kept) in of_used_rows.items():
            place, code = address(mutant.base, rule), rule[1]
            outcome = _outcome(code, found[place], broken=broken, kept=kept)
            if (
                outcome == "apart"
                and not (broken and kept)
                and code not in found[place]
                and follows(mutant, both, rule)
            ):
                outcome = "follows"
            counts[outcome] += 1
            if outcome == "apart":
                apart.append(f"{mutant.base} {code} {place}: broken={broken} kept={kept} found={sorted(found[place])}")
    return counts, apart


def _outcome(code: str, found: set[str], *, broken: bool, kept: bool) -> str:
    if broken and kept:
        return "apart"
    if broken:
        return "broken for both" if code in found else "follows" if found & SPOILS else "apart"
    if code in found:
        return "apart" if kept else "left to the reader"
    return "kept for both" if kept else "unsure"


def follows(mutant: Mutant, both: Told, asked: Rule) -> bool:
    """Whether a rule looks at a cell in which the pipeline finds an error of its own: of what follows it is silent."""
    sheet, code, name, row = asked
    form = form_of(BASES[mutant.base])
    schema, wrong = form.sheet(sheet), _wrong_cells(mutant, both)
    rules = [rule for rule in schema.rules if (rule.code, rule.field) == (code, name)]
    here = {*(of for rule in rules for of in rule.leans_on(schema.fields)), name}
    there = {(other or sheet, of) for rule in rules for other, names in rule.elsewhere.items() for of in names}
    at_hand = any((sheet, of, row) in wrong for of in here)
    return at_hand or any((other, of) in there for other, of, _ in wrong) or _is_referred_to_wrongly(rules, wrong)


def _is_referred_to_wrongly(rules: Sequence[FormRule], wrong: set[tuple[str, str, int]]) -> bool:
    """Whether a day of another sheet that the rule looks up is wrong in itself: pandas leaves it out."""
    days = {(rule.sheet, rule.day) for rule in rules if isinstance(rule, NotAfterReferred)}
    days |= {
        ("results", Results.data_as_of) for rule in rules for case in rule.cases if isinstance(case, ObstacleExpected)
    }
    return any((sheet, of) in days for sheet, of, _ in wrong)


def _wrong_cells(mutant: Mutant, both: Told) -> set[tuple[str, str, int]]:
    names = {schema.title: schema.name for schema in form_of(BASES[mutant.base]).all_sheets}
    return {
        (names[finding.sheet], finding.field, int(finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))
        for finding in both.found
        if finding.cell and CATALOGUE[finding.code].severity is Severity.ERROR
    }


def errors_apart(mutant: Mutant, both: Told) -> list[str]:
    """Rows whose text tells of an error where the pipeline finds none, and none from which it follows."""
    rows: dict[tuple[str, int], set[str]] = defaultdict(set)
    for finding in both.found:
        if CATALOGUE[finding.code].severity is Severity.ERROR and finding.cell:
            rows[finding.sheet, int(finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))].add(finding.label)
    for rule, (broken, _) in both.live.items():
        if broken and follows(mutant, both, rule):
            title = address(mutant.base, rule).split("!")[0]
            rows[title, rule[3]].add(form_of(BASES[mutant.base]).sheet(rule[0]).field(rule[2]).label)
    apart = []
    for sheet in mutant.rows:
        title = address(mutant.base, (sheet, "", next(iter(mutant.rows[sheet][0])), 6)).split("!")[0]
        shown = both.workbook.sheet(title)
        assert shown is not None
        for row in range(6, 66):
            cells = [shown.cells[row, column] for column in range(1, 45) if (row, column) in shown.cells]
            told = [item.split(":")[0] for cell in cells for item in _items(cell.text)]
            apart += [f"{title}!{cell_name(row, 1)} {label}" for label in told if label not in rows[title, row]]
    return apart


def _items(text: str) -> list[str]:
    is_told = text.startswith((f".{ERROR}", ERROR))
    return [item.split("¬")[0] for item in text.split(ERROR)[1:]] if is_told else []


def show(counts: Counter[str], made: Sequence[Mutant]) -> str:
    """The figures of a run, as the closing note gives them."""
    return f"{sum(len(mutant.spoilt) for mutant in made)} cells spoilt, {dict(counts)}"


def _assert_alike(made: Sequence[Mutant], folder: Path, soffice: Path) -> Counter[str]:
    told = both_told(made, folder, soffice)
    counts, apart = compared(made, told)
    print(show(counts, made))  # noqa: T201 - the figures, seen with -s
    assert apart == []
    assert [line for mutant, both in zip(made, told, strict=True) for line in errors_apart(mutant, both)] == []
    return counts


@pytest.mark.libreoffice
def test_excel_and_the_pipeline_agree_on_five_hundred_spoilt_cells(tmp_path: Path, soffice: Path) -> None:
    made = [*(mutants(form, seed=1) for form in FORMS), *(reports(form, seed=1) for form in REPORTS)]
    counts = _assert_alike(made, tmp_path, soffice)
    assert sum(len(mutant.spoilt) for mutant in made) >= 500
    assert counts["broken for both"] >= 200


@pytest.mark.long
@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", range(2, 12))
def test_excel_and_the_pipeline_agree_on_thousands_of_spoilt_cells(seed: int, tmp_path: Path, soffice: Path) -> None:
    made = [mutants(form, seed) for form in (*FORMS, "BM-02-CN")]
    _assert_alike([*made, *(reports(form, seed) for form in REPORTS)], tmp_path, soffice)
