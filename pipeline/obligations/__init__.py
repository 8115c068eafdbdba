"""Who owes which form by when, what became of it, and which version counts. Pure (design 5)."""

from pipeline.obligations.counting import (
    OBLIGATION,
    PLAN,
    REGISTER,
    REPORT,
    in_force,
    is_accepted,
    period_order,
    plans_in_force,
    register_in_force,
)
from pipeline.obligations.duties import (
    collecting_period,
    decision_words,
    due_within,
    duties,
    last_good_day,
    owes,
    responsible,
    with_decisions,
)
from pipeline.obligations.states import DecidedBy, State, obligation_states
from pipeline.obligations.succession import (
    Unsettled,
    handed_over,
    is_former,
    is_taken_over,
    own_codes,
    taken_over,
    taker,
    unsettled,
    with_taken_over,
)
from pipeline.settings.communication import POLICY

__all__ = [
    "OBLIGATION",
    "PLAN",
    "POLICY",
    "REGISTER",
    "REPORT",
    "DecidedBy",
    "State",
    "Unsettled",
    "collecting_period",
    "decision_words",
    "due_within",
    "duties",
    "handed_over",
    "in_force",
    "is_accepted",
    "is_former",
    "is_taken_over",
    "last_good_day",
    "obligation_states",
    "owes",
    "own_codes",
    "period_order",
    "plans_in_force",
    "register_in_force",
    "responsible",
    "taken_over",
    "taker",
    "unsettled",
    "with_decisions",
    "with_taken_over",
]
