"""Item 1 of the live checks: on every rule and cell LibreOffice says what the pipeline says."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from parity_bench import Told, address, both_told
from parity_mutants import Mutant, is_used, mutants, reports

from pipeline.findings import CATALOGUE, Severity
from pipeline.spreadsheet import cell_name
from pipeline.templates.row_messages import ERROR

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


def errors_apart(mutant: Mutant, both: Told) -> list[str]:
    """Rows whose text in the workbook tells of an error where the pipeline finds none at all in the row."""
    rows: dict[tuple[str, int], set[str]] = defaultdict(set)
    for finding in both.found:
        if CATALOGUE[finding.code].severity is Severity.ERROR and finding.cell:
            rows[finding.sheet, int(finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))].add(finding.label)
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
