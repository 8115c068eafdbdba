"""The frames of the register of declarations: what is declared, its proofs, changes of scope, all of it in time."""

from pipeline.consolidation.frame import COUNT, DAY, ROW, SOURCE, TEXT, TRUTH, Frame
from pipeline.sheets import declaration as register


class Declarations(Frame, fields=register.Declarations):
    """One row a declaration; one in force is replaced by none (forms.md, BM-04).

    ``is_outdated``: it is in force by a standard that is applied no more.
    """

    submission_id = excel_row = ROW
    is_in_force = is_outdated = TRUTH
    source = SOURCE


class Proofs(Frame):
    """One row a proof of a declaration in force; ``days``: from the decision to the proof, or to today without one.

    ``table`` is the sheet on which it stands; ``at`` the further place of a posting, else blank.
    """

    proof = decision_no = reference = table = at = TEXT
    done_on = DAY
    submission_id = excel_row = ROW
    is_done = TRUTH
    days = COUNT
    source = SOURCE


class Postings(Frame, fields=register.Postings):
    """One row a further place of posting or address on a portal, of whatever declaration."""

    submission_id = excel_row = ROW
    is_done = TRUTH
    source = SOURCE


class Checks(Frame, fields=register.Checks):
    """One row a check of what is declared (dispatch, duty 1), the latest first."""

    submission_id = excel_row = ROW
    source = SOURCE


class CheckPeriods(Frame):
    """One row a period of the year with a BM-04 to submit; ``watch``: :class:`consolidation.declaration.Watch`."""

    period = watch = TEXT
    count = COUNT
    last_on = DAY


class ScopeChanges(Frame, fields=register.ScopeChanges):
    """One row a change of scope; ``days``: since it took effect while it is not declared anew, else 0."""

    submission_id = excel_row = ROW
    is_declared = TRUTH
    days = COUNT
    source = SOURCE


class Timeline(Frame):
    """One row a dated step of the register; ``step`` is the field that holds the day, ``table`` its sheet."""

    submission_id = excel_row = ROW
    on = DAY
    step = reference = table = TEXT
    source = SOURCE
