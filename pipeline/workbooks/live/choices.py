"""Whether a cell holds one of its list's words, as tolerant as the reader (``parsing.values``)."""

from pipeline.forms import field_named
from pipeline.forms.vocabulary import Options
from pipeline.workbooks.live.asked import Asked, Live
from pipeline.workbooks.live.expressions import every, filled, is_listed, is_nearly, negated
from pipeline.workbooks.live.patterns import patterns_of

_LONG = 80
"""Longer words are shown in the guide alone: a cell that repeats them is left to the reader."""


def not_listed(asked: Asked) -> Live:
    """Broken where the cell surely holds none of its list; unsure where it is typed otherwise, such as unaccented."""
    options = asked.where.options(field_named(asked.schema, asked.field))
    cell, words = asked.value, _words(options)
    other = every(filled(cell), negated(is_listed(cell, asked.where.texts(words))))
    near = is_nearly(cell, asked.where.texts(patterns_of(words)))
    sure = every(other, negated(near), negated(asked.in_pieces(asked.field)), f"LEN({cell})<={_LONG}")
    return Live(sure, (other,))


def _words(options: Options) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for pair in options.items() for text in pair if len(text) <= _LONG))
