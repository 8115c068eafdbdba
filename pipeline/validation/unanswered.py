"""What a division registered and left without an answer in a report that was printed with it (dispatch, duty 7)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.findings import Code, Finding
from pipeline.parsing import ParsedForm
from pipeline.rules.plans import PERIOD_CODE
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.rows import Knowledge


def unanswered_findings(read: ParsedForm, submission: Mapping[Any, Any], knowledge: Knowledge) -> Iterator[Finding]:
    """C426 at the first cell to fill of each row that the BM-01 in force still has; a form without rows is told that.

    ``submission`` carries the division and period of the cover.
    """
    if not read.rows[read.form.sheets[0].name]:
        return
    for name, row, code in read.unanswered:
        schema = read.form.sheet(name)
        plan = knowledge.frame(schema.plan.answers)
        own = (plan["division"] == submission["division"]) & (plan["period"] == submission[PERIOD_CODE])
        key, field = schema.fields[0], schema.first_to_fill
        if code in set(plan.loc[own, key.name]) and field.name in read.addresses.maps[name].places:
            located = read.addresses.maps[name]
            place = cell_name(row, located.column(field.name))
            facts = {"unanswered": code}
            yield Finding(Code.C426, located.title, place, field.name, field.label, facts)
