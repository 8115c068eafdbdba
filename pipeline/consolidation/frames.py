"""The frames of the committee's workbook: their columns, and all of them together."""

from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from pipeline.consolidation.frame import COUNT, DAY, NUMBER, ROW, SOURCE, TEXT, TRUTH, Frame
from pipeline.consolidation.register_frames import Declarations, Proofs, ScopeChanges, Timeline
from pipeline.consolidation.trend_frames import OverTime, Shifts, Trends
from pipeline.sheets import results as reported


class ObligationStates(Frame):
    """One row an obligation, with what became of it (``obligations.obligation_states``)."""

    form = division = period = TEXT
    due_on = agreed_on = DAY
    state = decided_by = newer_verdict = TEXT
    days_late = COUNT
    received_at = DAY
    last_submission_id = submission_id = version = NUMBER
    not_before = not_after = arrived_at = DAY
    verdict = path = sha256 = TEXT
    source = SOURCE


class Obligations(ObligationStates):
    """With the division that answers for it today, its head and contact, and in words what was decided about it."""

    division_name = responsible = head = contact = decision = TEXT


class ObjectiveResults(Frame):
    """One row an objective of the period: what BM-01 promised, what BM-02 reported, how it is judged."""

    division = code = statement = commitment = indicator = measure = comparator = TEXT
    target = target_upper = NUMBER
    unit = TEXT
    baseline = NUMBER
    baseline_coded = TEXT
    milestone = NUMBER
    due_on = DAY
    owner = policy_point = agency_objective = TEXT
    numerator = denominator = actual = NUMBER
    data_as_of = DAY
    full_year_estimate = NUMBER
    full_year_estimate_coded = TEXT
    self_assessment = cause = corrective_action = action_owner = TEXT
    action_due_on = DAY
    approving_document = evidence = proposal = TEXT
    value = NUMBER
    word = TEXT
    by_estimate = TRUTH
    degree = NUMBER
    computed_status = status = remark = arrow = thread = TEXT
    plan_id = plan_row = report_id = report_row = ROW
    plan_source = report_source = SOURCE


class History(Frame):
    """One row an objective and earlier report.

    ``value`` and ``word`` as reported; where a later report tells the final figure of the year, that stands beside with
    its file and row, and gives the status.
    """

    period = division = code = statement = TEXT
    value = NUMBER
    word = unit = TEXT
    by_estimate = TRUTH
    status = thread = TEXT
    report_id = report_row = ROW
    report_source = SOURCE
    final_figure = NUMBER
    final_word = TEXT
    final_id = final_row = ROW
    final_source = SOURCE


class Unmet(Frame):
    """One row an objective that was missed, in the period or in an earlier one whose action is still open.

    Of the last report that missed it; ``since``: the first from which it is open; ``waits_from``: the earliest due
    day of what is not finished, ``overdue_days``: since then.
    """

    origin = period = division = code = statement = measure = comparator = TEXT
    target = target_upper = NUMBER
    unit = TEXT
    value = NUMBER
    word = TEXT
    by_estimate = TRUTH
    status = remark = cause = corrective_action = action_owner = TEXT
    action_due_on = waits_from = DAY
    overdue_days = COUNT
    since = TEXT
    finished_on = DAY
    action_result = checked_by = is_effective = status_now = TEXT
    report_id = report_row = ROW
    report_source = SOURCE


class ActionReports(Frame, fields=reported.Actions):
    """One row an action of an earlier report of which a report of the period says something."""

    division = TEXT
    report_id = report_row = ROW
    report_source = SOURCE


class Ended(Frame):
    """One row an objective of the year that is *Không còn áp dụng*, with the document that allows it."""

    period = division = code = statement = measure = comparator = TEXT
    target = target_upper = NUMBER
    unit = approving_document = TEXT
    report_id = report_row = ROW
    report_source = SOURCE


class PlanTasks(Frame):
    """One row a task: of the plan in force, or reported on without one."""

    division = task_code = objective = task = resources = owner = coordinating_unit = TEXT
    start_on = finish_on = DAY
    evaluation = status = TEXT
    finished_on = DAY
    overdue_days = COUNT
    obstacle = TEXT
    plan_id = plan_row = report_id = report_row = ROW
    plan_source = report_source = SOURCE


class AgencyParts(Frame):
    """One row an objective of a division that serves one of the agency's; ``is_pooled`` ones are added up.

    ``division_is``: ``agency.In``, whether the division's figures are there, on its first row of the objective; else
    blank.
    """

    agency_objective = division = code = statement = measure = unit = TEXT
    numerator = denominator = actual = NUMBER
    word = TEXT
    value = NUMBER
    by_estimate = TRUTH
    status = TEXT
    report_id = report_row = ROW
    is_pooled = TRUTH
    division_is = TEXT
    report_source = SOURCE


class AgencyObjectives(Frame):
    """One row an objective of the agency.

    ``objectives``: how many of the divisions' serve it; ``pooled``: how many of these are added up; ``value``: percent
    or sum, missing where nothing is pooled; ``divisions``: how many have to give figures; ``divisions_in``: how many
    gave all of theirs; ``status``: missing where not judged; ``remark``: a ``status.Remark`` where it may still change.
    """

    code = text = measure = comparator = TEXT
    target = target_upper = NUMBER
    unit = pooling = TEXT
    objectives = pooled = divisions = divisions_in = COUNT
    numerator = denominator = value = NUMBER
    commitment = status = remark = TEXT


class People(Frame):
    """One row a person; ``knowledge`` is a ``coverage.Knowledge``."""

    division = staff_code = full_name = position = category = knowledge = channel = TEXT
    communicated_on = DAY
    communicator = how_checked = policy_version = absence = note = TEXT
    submission_id = excel_row = NUMBER
    source = SOURCE


class Coverage(Frame):
    """One row a division that has to submit BM-03: one count a ``coverage.Knowledge``.

    ``expected``: on the list on the form's due day, absent people included; ``share``: understood of these.
    """

    division = contact = TEXT
    no_record = former = not_understood = absent = joined_later = not_listed = understood = expected = COUNT
    share = NUMBER


class Sources(Frame):
    """One row a file.

    ``warnings`` and, of these, those that its sender has ``explained``. ``first_code``: of its first error, else of its
    first finding; ``of_earlier``: on an earlier version of the form that is still taken; ``document_no``,
    ``prepared_by``, ``approved_by`` from the cover of accepted forms.
    """

    source = use = path = division = form = period = TEXT
    arrived_at = DAY
    sha256 = verdict = TEXT
    version = NUMBER
    is_empty = withdrawn = TRUTH
    errors = warnings = explained = COUNT
    first_code = document_no = prepared_by = approved_by = TEXT
    of_earlier = TRUTH
    submission_id = ROW


class Standing(Frame):
    """One row a standing finding (design 6) on a form that counts, in the catalogue's words."""

    submission_id = ROW
    form = division = period = code = problem = fix = TEXT
    source = SOURCE


class Presented(Frame):
    """One row a time that the workbook of the period was laid before the Steering Committee."""

    document = TEXT
    document_on = DAY
    sha256 = TEXT


class Corrections(Frame):
    """One row a difference from the workbook that was presented (``corrections.Corrected``), in words.

    ``subject``: the figure of page 1, or the objective's statement.
    """

    corrected = division = code = subject = before = after = TEXT


class Faults(Frame):
    """One row a thing that our own program could not make."""

    code = stage = artefact = reason = TEXT


@dataclass(frozen=True, eq=False)
class Frames:
    """What the sheets are written from, before it is summed up. Beside every id of a submission stands its source."""

    obligations: Annotated[pd.DataFrame, Obligations]
    objective_results: Annotated[pd.DataFrame, ObjectiveResults]
    history: Annotated[pd.DataFrame, History]
    unmet: Annotated[pd.DataFrame, Unmet]
    actions: Annotated[pd.DataFrame, ActionReports]
    ended: Annotated[pd.DataFrame, Ended]
    plan_tasks: Annotated[pd.DataFrame, PlanTasks]
    tasks_apart: Annotated[pd.DataFrame, PlanTasks]
    agency_parts: Annotated[pd.DataFrame, AgencyParts]
    agency_objectives: Annotated[pd.DataFrame, AgencyObjectives]
    trends: Annotated[pd.DataFrame, Trends]
    over_time: Annotated[pd.DataFrame, OverTime]
    obligations_before: Annotated[pd.DataFrame, ObligationStates]
    shifts: Annotated[pd.DataFrame, Shifts]
    people: Annotated[pd.DataFrame, People]
    coverage: Annotated[pd.DataFrame, Coverage]
    declarations: Annotated[pd.DataFrame, Declarations]
    proofs: Annotated[pd.DataFrame, Proofs]
    scope_changes: Annotated[pd.DataFrame, ScopeChanges]
    timeline: Annotated[pd.DataFrame, Timeline]
    presented: Annotated[pd.DataFrame, Presented]
    faults: Annotated[pd.DataFrame, Faults]
    sources: Annotated[pd.DataFrame, Sources]
    left_out: Annotated[pd.DataFrame, Sources]
    standing: Annotated[pd.DataFrame, Standing]
