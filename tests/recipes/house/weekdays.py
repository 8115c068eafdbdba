"""Days of the week, a rule as a newcomer writes it by CONTRIBUTING."""

from dataclasses import dataclass

from pipeline.vocabulary.live import Live, LiveRow
from pipeline.vocabulary.rows import Mask, Rows
from pipeline.vocabulary.rules import Rule


@dataclass(frozen=True)
class NotOnWeekend(Rule):
    """The day is a working day."""

    def kept(self, rows: Rows) -> Mask:
        return ~(rows[self.field].dt.dayofweek >= 5)

    def live(self, row: LiveRow) -> Live:
        day = row.cell(self.field)
        return Live(f"IF({row.is_read(self.field)},INT({day})-7*INT(INT({day})/7)<2,FALSE)", (row.unread(self.field),))
