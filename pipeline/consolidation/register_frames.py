"""The frames of the register of declarations: what is declared, its proofs, changes of scope, all of it in time."""

from pipeline.consolidation.frame import COUNT, DAY, ROW, SOURCE, TEXT, TRUTH, Frame
from pipeline.sheets import declaration as register


class Declarations(Frame, fields=register.Declarations):
    """One row a declaration; one in force is replaced by none (forms.md, BM-04)."""

    submission_id = excel_row = ROW
    is_in_force = TRUTH
    source = SOURCE


class Proofs(Frame):
    """One row a proof of a declaration in force; ``days``: from the decision to the proof, or to today without one."""

    proof = decision_no = reference = TEXT
    done_on = DAY
    submission_id = excel_row = ROW
    is_done = TRUTH
    days = COUNT
    source = SOURCE


class ScopeChanges(Frame, fields=register.ScopeChanges):
    """One row a change of scope; ``days``: since it took effect while it is not declared anew, else 0."""

    submission_id = excel_row = ROW
    is_declared = TRUTH
    days = COUNT
    source = SOURCE


class Timeline(Frame):
    """One row a dated step of the register; ``step`` is the field that holds the day."""

    submission_id = excel_row = ROW
    on = DAY
    step = reference = TEXT
    source = SOURCE
