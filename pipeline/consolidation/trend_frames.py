"""The frames of sheet 9: objectives and the headline over periods and years, and what became of commitments."""

from pipeline.consolidation.frame import COUNT, NUMBER, ROW, SOURCE, TEXT, Frame


class Trends(Frame, pattern=r"(value|word|status)_\d"):
    """One row an objective that was ever registered or reported on; ``value_0`` is of the latest period with reports.

    ``since`` and ``until``: the years in which it began and was last planned or reported on; ``progress``: by how much
    a *số lũy kế* grew since the report before in the same year; ``year_before``: an ``Arrow``, the latest report
    against that of a year before; ``corrected``: the latest period whose result was corrected by a final figure, which
    ``value_k`` has, with what was reported.
    """

    division = code = thread = statement = measure = comparator = TEXT
    target = target_upper = NUMBER
    unit = since = until = TEXT
    progress = NUMBER
    year_before = corrected = TEXT
    reported_value = NUMBER
    reported_word = TEXT
    final_figure = NUMBER
    final_word = TEXT


class OverTime(Frame):
    """One row a period, with what the headline says of it; shares are missing where nothing is to be shared."""

    period = TEXT
    reported = reached = not_met = judged = duties = in_time = late = outstanding = not_due = COUNT
    share = in_time_share = NUMBER


class Shifts(Frame):
    """One row a move of a commitment between two BM-01 of a division, or by a document between them.

    ``year``: of the BM-01 that moved it, or of the report that names the ``document``.
    """

    shift = division = code = statement = year = TEXT
    plan_id = plan_row = ROW
    measure = comparator = TEXT
    target = target_upper = NUMBER
    unit = year_before = measure_before = comparator_before = TEXT
    target_before = target_upper_before = NUMBER
    unit_before = document = TEXT
    plan_source = SOURCE
