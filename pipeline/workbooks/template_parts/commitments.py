"""The hidden columns of a pre-filled report: what was promised, and how far the figures typed so far reach it.

Decoration, as all live checks: a report is judged against the accepted BM-01, never against these columns.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import pandera.pandas as pa

from pipeline.forms import fields_of
from pipeline.workbooks.live import Where
from pipeline.workbooks.live.achieved import ACHIEVED, COMMITTED
from pipeline.workbooks.live.asked import Asked
from pipeline.workbooks.live.evaluation import Cells, evaluated
from pipeline.workbooks.live.expressions import quoted
from pipeline.workbooks.live.functions import Plain, serial_of
from pipeline.workbooks.template_parts.issue import Issue
from pipeline.workbooks.template_parts.written import InThisRow, Written

_OF_SHEET: Final = "results"


def hidden_columns(schema: pa.DataFrameSchema, issue: Issue) -> Sequence[str]:
    """The hidden columns of a sheet; none where nothing was promised."""
    return (*COMMITTED, *ACHIEVED) if schema.name == _OF_SHEET and issue.commitments else ()


def hidden_formulas(schema: pa.DataFrameSchema, issue: Issue, code: str, where: Where) -> Mapping[str, str]:
    """What the hidden columns hold in the row in which a code is printed; nothing where it promised nothing.

    Whoever writes another code there is told nothing of the old one's commitment.
    """
    if not (hidden_columns(schema, issue) and code in issue.commitments):
        return {}
    identity = fields_of(schema)[0].name
    is_code = f"TRIM({where.cell(identity)})={quoted(code)}"
    promised = {name: f'IF({is_code},{_literal(value)},"")' for name, value in _promised(issue, code).items()}
    return {**promised, **{name: made(Asked(schema, identity, {}, where)) for name, made in ACHIEVED.items()}}


def hidden_values(schema: pa.DataFrameSchema, issue: Issue, code: str, places: Written) -> Written:
    """What the hidden columns of a row give as it is issued; ``places`` are its cells, as ``InThisRow`` calls them."""
    columns = hidden_columns(schema, issue)
    if code not in issue.commitments:
        return {f"${name}": Cells(None) for name in columns}
    where = InThisRow(frozenset((*(field.name for field in fields_of(schema)), *columns)), issue)
    known = {**places, **{f"${name}": Cells(value) for name, value in _promised(issue, code).items()}}
    for name, made in ACHIEVED.items() if columns else ():
        formula = made(Asked(schema, fields_of(schema)[0].name, {}, where))
        known[f"${name}"] = Cells(evaluated(formula, known, issue.made_on))
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
