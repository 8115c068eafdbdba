"""Rules on the staff list as far as the row itself tells: the sibling of ``validation.masks.known``."""

from pipeline.forms.choices import YesNo
from pipeline.workbooks.live.asked import Asked, Live
from pipeline.workbooks.live.expressions import blank, every, filled, negated, some


def has_staff_code(asked: Asked) -> Live:
    """The person has a staff code; without one they are not on the list."""
    return Live(blank(asked.cell("code")))


def informed(asked: Asked) -> Live:
    """The person has been told of the policy and understood it."""
    away = every(filled(asked.where.cell("absence")), blank(asked.where.cell("communicated_on")))
    said_no = asked.is_among(asked.field, (YesNo.NO,))
    other = every(filled(asked.value), negated(said_no), negated(asked.is_other(asked.field, (YesNo.NO,))))
    return Live(some(away, said_no), (other,))


FORMULAS = (has_staff_code, informed)
