"""What the column *Kiểm tra* says of a row, as one formula: each mistake by its column, errors told from notices.

The formula is kept in a hidden column, every item behind a sign of its own. The colours, the words that staff read and
the count on the cover only look at it, so that each rule is computed once a row. People's text never comes into it.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final, NamedTuple

from pipeline.findings import Severity
from pipeline.findings import entry_of as entry_of_code
from pipeline.formulas.expressions import NEVER, blank, every, filled, quoted, some
from pipeline.rules.live import live_checks
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.live import LiveRow
from pipeline.wording import say, topic

ERROR, NOTICE, USED = "¦", "¬", "."
"""The sign before each error, before each notice, and at the head of a row that is used."""
_SHOWN: Final = 3
_CUT: Final = "§"
_LONGEST: Final = 2_000
_ROOM: Final = 6_000
"""Of the 8,192 signs and 16,384 bytes that Excel gives a formula."""
_WORDS: Final = topic("live")

Branch = tuple[str, str]
"""A condition, and what is told where it holds, as a formula."""


class Part(NamedTuple):
    """One of the formulas that tell the mistakes of a row: those of some of its fields."""

    fields: tuple[Field, ...]
    formula: str


def row_parts(row: LiveRow) -> tuple[Part, ...]:
    """Every mistake of a row, such as ``.¦Đơn vị tính: còn trống``; ``.`` for none, nothing for a row not used.

    As many formulas as Excel's bound on their length asks for, to be read one behind the other.
    """
    made: list[list[tuple[Field, str]]] = [[]]
    for field in row.schema.fields:
        told = field_formula(row, field)
        if sum(len(formula) for _, formula in made[-1]) + len(told) > _ROOM:
            made.append([])
        made[-1].append((field, told))
    used = used_formula(row)
    heads = [quoted(USED), *repeat("", len(made) - 1)]
    return tuple(
        Part(
            tuple(field for field, _ in items),
            f'IF({used},{"&".join(filter(None, [head, *(told for _, told in items)]))},"")',
        )
        for head, items in zip(heads, made, strict=True)
    )


def field_formula(row: LiveRow, field: Field) -> str:
    """The first mistake of a cell with its sign and label, errors before notices; nothing for none."""
    told = list(_branches(row, field))
    errors = [(broken, words) for broken, words, is_error in told if is_error]
    notices = [(broken, words) for broken, words, is_error in told if not is_error]
    (broken_cell, said), *rest = errors
    # An error in the cell makes every other condition an error too.
    return f'IF({broken_cell},{said},IFERROR({_chain([*rest, *notices])},""))'


def shown_formula(told: str) -> str:
    """The words that staff read: the first mistakes in ``told``, a cell with a ``row_formula``."""
    items = f'SUBSTITUTE({told},"{NOTICE}","{ERROR}{NOTICE}")'
    count = f'(LEN({items})-LEN(SUBSTITUTE({items},"{ERROR}","")))'
    first = f'LEFT({items},IFERROR(FIND("{_CUT}",SUBSTITUTE({items},"{ERROR}","{_CUT}",{_SHOWN + 1}))-1,{_LONGEST}))'
    words = f'SUBSTITUTE(SUBSTITUTE({first},"{ERROR}","; "),"{NOTICE}",{quoted(_WORDS["column"]["notice"])})'
    more = "&".join(_filled_in(_WORDS["column"]["more"], "count", f"({count}-{_SHOWN})"))
    rest = f'IF({count}>{_SHOWN},{more},"")'
    fine = quoted(say("live.column.fine"))
    return f'IF({told}="","",IF({told}="{USED}",{fine},MID({words},{len(USED) + 3},{_LONGEST})&{rest}))'


def has_item(told: str, label: str, sign: str) -> str:
    """Whether a row's text tells a mistake of the field with that label; plain enough for a conditional format."""
    return f"ISNUMBER(FIND({quoted(f'{sign}{label}:')},{told}))"


def count_of_errors(told: Sequence[str]) -> str:
    """How many cells of whole columns of row texts are told as errors."""
    return "+".join(f'SUMPRODUCT(LEN({column})-LEN(SUBSTITUTE({column},"{ERROR}","")))' for column in told)


def _branches(row: LiveRow, field: Field) -> Iterator[tuple[str, str, bool]]:
    """(condition, words, whether it is an error) of everything that can be told of a cell, in the order of telling."""
    for code, live in live_checks(row, field.name):
        is_error = entry_of_code(code).severity is Severity.ERROR
        if live.broken != NEVER and code in _WORDS["words"]:
            yield live.broken, _item(field, _WORDS["words"][code], row, is_error=is_error), is_error
        unsure = some(*live.unsure) if code in _WORDS["unsure"] else NEVER
        if unsure != NEVER:
            yield unsure, _item(field, _WORDS["unsure"][code], row, is_error=False), False


def _item(field: Field, words: str, row: LiveRow, *, is_error: bool) -> str:
    said = f"{ERROR if is_error else NOTICE}{field.label}: {words}"
    if "{year}" not in said:
        return quoted(said)
    return "&".join(_filled_in(said, "year", row.where.cover("year")))


def _filled_in(words: str, fact: str, value: str) -> Iterator[str]:
    before, _, after = words.partition("{" + fact + "}")
    yield quoted(before)
    yield value
    if after:
        yield quoted(after)


def _chain(branches: Sequence[Branch]) -> str:
    """The words of the first condition that holds. At most 64 deep (Excel)."""
    chain = '""'
    for condition, words in reversed(branches):
        chain = f"IF({condition},{words},{chain})"
    return chain


def used_formula(row: LiveRow) -> str:
    """Whether any cell is filled but those that we print; where the first of these is blank they count too."""
    fields = row.schema.fields
    to_fill = "&".join(row.cell(field.name) for field in fields if not field.printed)
    used = [filled(f"({to_fill})")]
    printed = [row.cell(field.name) for field in fields if field.printed]
    if fields[0].printed and len(printed) > 1:
        used.append(every(blank(printed[0]), filled(f"({'&'.join(printed[1:])})")))
    return f"IFERROR({some(*used)},TRUE)"
