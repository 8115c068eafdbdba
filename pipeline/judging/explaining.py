"""Warnings that the sender has explained: the explanation stands with the finding, as long as the value stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.findings import Finding, Severity, explain
from pipeline.findings.finding import EXPLANATION, ROW, Binding, binding_of
from pipeline.ledger import Ledger
from pipeline.ledger.contents import read_explained
from pipeline.parsing import ParsedForm
from pipeline.parsing.explanations import Explanation
from pipeline.spreadsheet import cell_position
from pipeline.vietnamese import normalise

Owner = tuple[str | None, str | None, str | None]
"""Form, division and period."""
Explanations = Mapping[Owner, Mapping[Binding, str]]


def explanations_in(ledger: Ledger) -> Explanations:
    """The last explanation of each value of each obligation."""
    kept: dict[Owner, dict[Binding, str]] = {}
    for owner, finding in read_explained(ledger):
        kept.setdefault(owner, {})[binding_of(finding)] = finding.facts[EXPLANATION]
    return kept


def with_explanations(
    findings: Sequence[Finding], read: ParsedForm, own: Sequence[Explanation], earlier: Mapping[Binding, str]
) -> Iterator[Finding]:
    """The findings, each warning with its explanation as a fact: what this workbook says, else what was said before.

    Bound to the rule, the row by its own identity, and every value that the finding's words name: another value is
    another finding, and is asked about anew.
    """
    for finding in findings:
        if finding.severity is not Severity.WARNING:
            yield finding
            continue
        placed = replace(finding, facts={**finding.facts, ROW: _row(finding, read)})
        words = _of_workbook(finding, own) or earlier.get(binding_of(placed))
        yield replace(placed, facts={**placed.facts, EXPLANATION: words}) if words else finding


def _of_workbook(finding: Finding, own: Sequence[Explanation]) -> str:
    """What the sender's sheet says of the finding: of this cell, else of the only cell of which it said the same."""
    problem = normalise(explain(finding).whole_problem)
    same = [one for one in own if one.code == finding.code and one.problem == problem]
    here = [one for one in same if (one.sheet, one.cell) == (normalise(finding.sheet), finding.cell)]
    return here[0].words if here else same[0].words if len(same) == 1 else ""


def _row(finding: Finding, read: ParsedForm) -> str:
    """The identity of the finding's row, its first filled field; "" for a cover, a sheet or a file."""
    titles = {where.title: name for name, where in read.addresses.maps.items()}
    name = titles.get(finding.sheet, "")
    if not name or not finding.cell or name in read.addresses.covers:
        return ""
    excel_row, schema = cell_position(finding.cell)[0], read.form.sheet(name)
    row = next((row for row in read.rows.get(name, ()) if row["excel_row"] == excel_row), {})
    return str(next((row[field.name] for field in schema.fields if row.get(field.name) is not None), ""))
