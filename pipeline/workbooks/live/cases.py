"""The cases ``when`` and ``unless`` of a rule, decided by the cells of the row."""

from collections.abc import Sequence

from pipeline.forms import Field
from pipeline.workbooks.live.asked import Asked
from pipeline.workbooks.live.contexts import CONTEXTS, Case
from pipeline.workbooks.live.expressions import every, is_one, some
from pipeline.workbooks.live.where import NoPlaceError


def case(asked: Asked, fact: str) -> Case:
    """Rows in which every column named in a ``when`` or ``unless`` surely holds one of its values, or surely not.

    Raises:
        NoPlaceError: the case is decided by something that the workbook does not carry.
    """
    made = [_decided_by(asked, column, values) for column, values in asked.facts[fact].items()]
    return Case(every(*(one.holds for one in made)), some(*(one.fails for one in made)))


def _decided_by(asked: Asked, column: str, values: Sequence[object]) -> Case:
    if column in CONTEXTS:
        return CONTEXTS[column](asked)
    coded = asked.declared(column.removesuffix("_coded"))
    if column.endswith("_coded") and coded is not None:
        return _decided_by_word(asked, coded, tuple(map(str, values)))
    if asked.declared(column) is None:
        raise NoPlaceError(column)
    return Case(asked.is_among(column, values), asked.is_other(column, values))


def _decided_by_word(asked: Asked, field: Field, words: Sequence[str]) -> Case:
    cell = asked.where.cell(field.name)
    others = [word for word in field.coded if word not in words]
    return Case(is_one(cell, words), some(f"ISNUMBER({cell})", is_one(cell, others)))
