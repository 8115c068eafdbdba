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
from pipeline.settings.communication import POLICY

__all__ = [
    "OBLIGATION",
    "PLAN",
    "POLICY",
    "REGISTER",
    "REPORT",
    "DecidedBy",
    "State",
    "collecting_period",
    "decision_words",
    "due_within",
    "duties",
    "in_force",
    "is_accepted",
    "last_good_day",
    "obligation_states",
    "owes",
    "period_order",
    "plans_in_force",
    "register_in_force",
    "responsible",
    "with_decisions",
]
