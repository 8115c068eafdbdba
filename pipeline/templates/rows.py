"""The rows that a table sheet is laid out with: the issued ones, and room for more."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.templates.issue import IssuedRow
from pipeline.vocabulary.limits import printed_code
from pipeline.vocabulary.sheets import SheetSchema

HEADER_ROW: Final = 5
FIRST_ROW: Final = 6
"""The header stands right below its tags, so that both move together (forms.md, head)."""
SPARE_ROWS: Final = 20


def laid_out(schema: SheetSchema, issued: Sequence[IssuedRow]) -> Iterator[IssuedRow]:
    """One row for each that the sheet has room for; issued rows stand at their printed code, or first.

    Where people are printed, as many rows as the staff list has and some more (forms.md: policy: staff + 20).
    """
    plan, identity = schema.plan, schema.fields[0].name
    room = max(plan.rows, min(plan.read_rows, len(issued) + SPARE_ROWS))
    if not plan.codes:
        yield from issued
        yield from ({} for _ in range(room - len(issued)))
        return
    by_code = {str(row.get(identity)): row for row in issued}
    codes = [printed_code(plan.codes, position) for position in range(1, plan.rows + 1)]
    unknown = set(by_code) - set(codes)
    if unknown or len(by_code) < len(issued):
        raise ValueError(sorted(unknown) or sorted(str(row.get(identity)) for row in issued))
    yield from ({**by_code.get(code, {}), identity: code} for code in codes)
