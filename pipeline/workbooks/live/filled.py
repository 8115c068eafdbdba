"""Rules on what must be filled and what must be blank: the sibling of ``validation.masks.filled``."""

from pipeline.workbooks.live.asked import Asked, Live
from pipeline.workbooks.live.cases import case
from pipeline.workbooks.live.contexts import Case
from pipeline.workbooks.live.expressions import blank, every, filled, negated
from pipeline.workbooks.live.tables import count_of_used


def answered(asked: Asked) -> Live:
    """A value or a coded answer stands there."""
    return Live(blank(asked.value))


def filled_when(asked: Asked) -> Live:
    """Filled in the case ``when``."""
    return _asked_for(asked, case(asked, "when"))


def filled_unless(asked: Asked) -> Live:
    """Filled but in the case ``unless``; a cell that decides and is blank decides nothing."""
    return _asked_for(asked, _turned(case(asked, "unless")))


def blank_when(asked: Asked) -> Live:
    """Blank in the case ``when``."""
    return _forbidden(asked, case(asked, "when"))


def blank_unless(asked: Asked) -> Live:
    """Blank but in the case ``unless``; a cell that decides and is blank decides nothing."""
    return _forbidden(asked, _turned(case(asked, "unless")))


def has_rows(asked: Asked) -> Live:
    """The sheet ``sheet`` has at least one used row."""
    return Live(f"{count_of_used(asked.where, str(asked.facts['sheet']))}=0")


def _asked_for(asked: Asked, asks: Case) -> Live:
    nothing = blank(asked.value)
    return Live(every(nothing, asks.holds), (every(nothing, negated(asks.fails)),))


def _forbidden(asked: Asked, forbids: Case) -> Live:
    something = filled(asked.value)
    return Live(every(something, forbids.holds), (every(something, negated(forbids.fails)),))


def _turned(spares: Case) -> Case:
    return Case(holds=spares.fails, fails=spares.holds)


FORMULAS = (answered, filled_when, filled_unless, blank_when, blank_unless, has_rows)
