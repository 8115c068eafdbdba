"""The hidden columns of a pre-filled report: what was promised, and how far the figures typed so far reach it.

Decoration, as all live checks: a report is judged against the accepted BM-01, never against these columns.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.formulas.evaluation import Cells, evaluated
from pipeline.formulas.expressions import quoted
from pipeline.formulas.functions import Plain, serial_of
from pipeline.rules.achieved import ACHIEVED, COMMITTED
from pipeline.templates.issue import Issue
from pipeline.templates.written import InThisRow, Written
from pipeline.vocabulary.live import LiveRow
from pipeline.vocabulary.sheets import Form, SheetSchema

_OF_SHEET: Final = "results"


def hidden_columns(schema: SheetSchema, issue: Issue) -> Sequence[str]:
    """The hidden columns of a sheet; none where nothing was promised."""
    return (*COMMITTED, *ACHIEVED) if schema.name == _OF_SHEET and issue.commitments else ()


def hidden_formulas(row: LiveRow, issue: Issue, code: str) -> Mapping[str, str]:
    """What the hidden columns hold in the row in which a code is printed; nothing where it promised nothing.

    Whoever writes another code there is told nothing of the old one's commitment.
    """
    if not (hidden_columns(row.schema, issue) and code in issue.commitments):
        return {}
    is_code = f"TRIM({row.cell(row.schema.fields[0].name)})={quoted(code)}"
    promised = {name: f'IF({is_code},{_literal(value)},"")' for name, value in _promised(issue, code).items()}
    return {**promised, **{name: formula(row) for name, formula in ACHIEVED.items()}}


def hidden_values(form: Form, schema: SheetSchema, issue: Issue, code: str, places: Written) -> Written:
    """What the hidden columns of a row give as it is issued; ``places`` are its cells, as ``InThisRow`` calls them."""
    columns = hidden_columns(schema, issue)
    if code not in issue.commitments:
        return {f"${name}": Cells(None) for name in columns}
    where = InThisRow(frozenset((*(field.name for field in schema.fields), *columns)), issue)
    known = {**places, **{f"${name}": Cells(value) for name, value in _promised(issue, code).items()}}
    row = LiveRow(form, schema, where)
    for name, formula in ACHIEVED.items() if columns else ():
        known[f"${name}"] = Cells(evaluated(formula(row), known, issue.made_on))
    return {f"${name}": known[f"${name}"] for name in columns}


def _promised(issue: Issue, code: str) -> Mapping[str, Plain]:
    said = issue.commitments[code]
    return {name: _plain(said.get(name)) for name in COMMITTED}


def _plain(value: object) -> Plain:
    if isinstance(value, dt.date):
        return serial_of(value)
    return "" if value is None else value


def _literal(value: Plain) -> str:
    return quoted(value) if isinstance(value, str) else f"{value:.10f}".rstrip("0").rstrip(".")
