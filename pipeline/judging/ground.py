"""What a verdict leans on beyond the file: what the ledger knows now."""

from dataclasses import dataclass

from pipeline.ledger import Ledger
from pipeline.ledger.tables import read_rows, read_submissions
from pipeline.obligations import in_force
from pipeline.settings import Settings
from pipeline.validation import Knowledge, knowledge

PLAN = "BM-01"
_TABLES = ("objectives", "tasks", "declarations", "scope_changes")


@dataclass(frozen=True)
class Ground:
    """Accepted rows, and the (division, period) whose BM-01 counts already: a new one after its due day revises it."""

    knowledge: Knowledge
    plans: frozenset[tuple[str, str]]


def ground_of(ledger: Ledger, settings: Settings) -> Ground:
    """What the ledger knows now."""
    submissions, rows = read_submissions(ledger), {table: read_rows(ledger, table) for table in _TABLES}
    plans = in_force(submissions[submissions["form"] == PLAN])[["division", "period"]]
    return Ground(knowledge(settings, submissions, rows), frozenset(plans.itertuples(index=False, name=None)))
