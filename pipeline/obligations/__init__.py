"""Who owes which form by when, what became of it, and which version counts. Pure (design 5)."""

from pipeline.obligations.counting import OBLIGATION, in_force, is_accepted, plans_in_force
from pipeline.obligations.decided import decision_words
from pipeline.obligations.owing import collecting_period, due_within, duties, last_good_day, owes, responsible
from pipeline.obligations.states import DecidedBy, State, obligation_states

__all__ = [
    "OBLIGATION",
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
    "plans_in_force",
    "responsible",
]
