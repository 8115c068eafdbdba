"""What suits an objective's sentence, and what suits the columns beside it by what the sentence says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.measurability.rewording import agrees, reworded, stated
from pipeline.validation.sentences import COLUMNS, Row, row_of, ways_to_measure
from pipeline.validation.suggesting.asking import Asking, Statistics, typed_figure
from pipeline.validation.suggesting.bounds import bounds_of, nearest
from pipeline.vietnamese import canonical_unit


def of_sentence(asking: Asking, said: Statistics) -> str | None:
    """A value that agrees with the whole sentence; for the sentence itself one that agrees with its columns."""
    if asking.name == said["field"]:
        return _statement(asking, said)
    row = _row(asking)
    if row is None or len(row.reading.targets) != 1:
        return None
    target = row.reading.targets[0]
    if asking.name == said["unit"]:
        return canonical_unit(target.unit) or target.unit if target.unit else None
    wanted = {said["value"]: target.value, said["upper"]: target.upper}.get(asking.name)
    fits = wanted is not None and nearest(wanted, bounds_of(asking)) == wanted and agrees_with(asking, wanted)
    return typed_figure(wanted) if wanted is not None and fits else None


def agrees_with(asking: Asking, value: object) -> bool:
    """Whether the row's sentence would contradict nothing if the field had this value."""
    row = _row(replace(asking, row={**asking.row, asking.name: value}))
    return row is None or not row.contradictions


def _row(asking: Asking) -> Row | None:
    return row_of({name: asking.value(name) for name in (*COLUMNS, "year")})


def _statement(asking: Asking, said: Statistics) -> str | None:
    """The sentence as its columns have it, another that can be measured, or one made of the columns."""
    if asking.value(said["value"]) is not None and not _may_be_promised(asking, said):
        return ""  # the figure is wrong, not the sentence
    row = _row(asking)
    columns = row.columns if row else {name: asking.value(name) for name in COLUMNS if asking.value(name) is not None}
    return next((text for text in _sentences(asking, row, columns) if _is_good(asking, text, columns)), None)


def _sentences(asking: Asking, row: Row | None, columns: Mapping[str, object]) -> Iterator[str]:
    if row:
        yield from [reworded(row.reading, columns)] if row.reading.measurable else ways_to_measure(row)
    yield stated(columns)
    yield asking.field.example


def _is_good(asking: Asking, text: str, columns: Mapping[str, object]) -> bool:
    return _has_room(asking, text) and text != asking.typed and agrees(text, columns)


def _has_room(asking: Asking, text: str) -> bool:
    lengths = [one.statistics for one in asking.schema.columns[asking.name].checks if one.name == "str_length"]
    return all(length["min_value"] <= len(text) <= length["max_value"] for length in lengths)


def _may_be_promised(asking: Asking, said: Statistics) -> bool:
    """Whether the rules leave the target as it stands."""
    target = replace(asking, field=asking.beside(str(said["value"])))
    return bool(nearest(target.typed, bounds_of(target)) == target.typed)
