"""What the column *Kiểm tra* says of a row, as one formula: each mistake by its column, errors told from notices.

The formula is kept in a hidden column, every item behind a sign of its own. The colours, the words that staff read and
the count on the cover only look at it, so that each rule is computed once a row. People's text never comes into it.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Final

from pipeline.findings import Code, Severity
from pipeline.findings import entry_of as entry_of_code
from pipeline.formulas.expressions import NEVER, blank, every, filled, quoted, some
from pipeline.rules.live import live_checks
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.live import LiveRow
from pipeline.wording import say, topic

ERROR, NOTICE, USED = "¦", "¬", "."
"""The sign before each error, before each notice, and at the head of a row that is used."""
_MOST_ITEMS: Final = 3
_CUT: Final = "§"
_LONGEST: Final = 2_000
_ROOM: Final = 7_000
"""Of the 8,192 signs and 16,384 bytes that Excel gives a formula."""
_WORDS: Final = topic("live")


def row_parts(row: LiveRow) -> tuple[str, ...]:
    """Every mistake of a row, such as ``.¦Đơn vị tính: còn trống``; ``.`` for none, nothing for a row not used.

    Split into as many formulas as Excel's bound on their length needs; joined, their values are the message.
    """
    parts: list[list[str]] = [[]]
    for field in row.schema.fields:
        formula = field_formula(row, field)
        if sum(map(len, parts[-1])) + len(formula) > _ROOM:
            parts.append([])
        parts[-1].append(formula)
    used, heads = _used_formula(row), [[quoted(USED)], *repeat([], len(parts) - 1)]
    unused = [_unanswered(row), *repeat('""', len(parts) - 1)]
    return tuple(
        f"IF({used},{'&'.join([*head, *part])},{other})" for head, part, other in zip(heads, parts, unused, strict=True)
    )


def field_formula(row: LiveRow, field: Field) -> str:
    """The first mistake of a cell with its sign and label, errors before notices; nothing for none."""
    branches = list(_branches(row, field))
    errors = [(condition, words) for condition, words, is_error in branches if is_error]
    notices = [(condition, words) for condition, words, is_error in branches if not is_error]
    (broken_cell, words), *rest = errors
    # An error in the cell makes every other condition an error too.
    return f'IF({broken_cell},{words},IFERROR({_chain([*rest, *notices])},""))'


def visible_formula(message: str) -> str:
    """The words that staff read: the first mistakes in ``message``, which refers to a row's joined parts."""
    items = f'SUBSTITUTE({message},"{NOTICE}","{ERROR}{NOTICE}")'
    count = f'(LEN({items})-LEN(SUBSTITUTE({items},"{ERROR}","")))'
    cut = f'SUBSTITUTE({items},"{ERROR}","{_CUT}",{_MOST_ITEMS + 1})'
    first = f'LEFT({items},IFERROR(FIND("{_CUT}",{cut})-1,{_LONGEST}))'
    words = f'SUBSTITUTE(SUBSTITUTE({first},"{ERROR}","; "),"{NOTICE}",{quoted(_WORDS["column"]["notice"])})'
    more = _filled_in(_WORDS["column"]["more"], "count", f"({count}-{_MOST_ITEMS})")
    rest = f'IF({count}>{_MOST_ITEMS},{more},"")'
    fine = quoted(say("live.column.fine"))
    return f'IF({message}="","",IF({message}="{USED}",{fine},MID({words},{len(USED) + 3},{_LONGEST})&{rest}))'


def has_item(message: str, label: str, sign: str) -> str:
    """Whether a row's message has a mistake of the field with that label; plain enough for a conditional format."""
    return f"ISNUMBER(FIND({quoted(f'{sign}{label}:')},{message}))"


def count_of_errors(columns: Sequence[str]) -> str:
    """How many cells are wrong, by whole columns of messages of rows."""
    return "+".join(f'SUMPRODUCT(LEN({column})-LEN(SUBSTITUTE({column},"{ERROR}","")))' for column in columns)


def _branches(row: LiveRow, field: Field) -> Iterator[tuple[str, str, bool]]:
    """(condition, words, whether it is an error) of everything that can be said of a cell, in the order of saying."""
    for code, live in live_checks(row, field.name):
        is_error = entry_of_code(code).severity is Severity.ERROR
        if live.broken != NEVER and code in _WORDS["words"]:
            yield live.broken, _item(field, _WORDS["words"][code], row, is_error=is_error), is_error
        unsure = some(*live.unsure) if code in _WORDS["unsure"] else NEVER
        if unsure != NEVER:
            yield unsure, _item(field, _WORDS["unsure"][code], row, is_error=False), False


def _item(field: Field, words: str, row: LiveRow, *, is_error: bool) -> str:
    item = f"{ERROR if is_error else NOTICE}{field.label}: {words}"
    return _filled_in(item, "year", row.where.cover("year")) if "{year}" in item else quoted(item)


def _filled_in(words: str, fact: str, value: str) -> str:
    before, _, after = words.partition("{" + fact + "}")
    return "&".join([quoted(before), value, *([quoted(after)] if after else [])])


def _chain(branches: Sequence[tuple[str, str]]) -> str:
    """The words of the first condition that holds. At most 64 deep (Excel)."""
    chain = '""'
    for condition, words in reversed(branches):
        chain = f"IF({condition},{words},{chain})"
    return chain


def _unanswered(row: LiveRow) -> str:
    """What is said of a row that nobody filled: where we printed it and it wants an answer, that it has none."""
    schema = row.schema
    if not schema.plan.answers:
        return '""'
    item = f"{USED}{ERROR}{schema.first_to_fill.label}: {_WORDS['words'][Code.C426]}"
    return f'IF({filled(row.cell(schema.fields[0].name))},{quoted(item)},"")'


def _used_formula(row: LiveRow) -> str:
    """Whether any cell is filled but those that we print; where the first of these is blank they count too."""
    fields = row.schema.fields
    to_fill = "&".join(row.cell(field.name) for field in fields if not field.printed)
    used = [filled(f"({to_fill})")]
    printed = [row.cell(field.name) for field in fields if field.printed]
    if fields[0].printed and len(printed) > 1:
        used.append(every(blank(printed[0]), filled(f"({'&'.join(printed[1:])})")))
    return f"IFERROR({some(*used)},TRUE)"
