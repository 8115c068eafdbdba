"""The words that the workbook shows for an objective, beyond the computed status, and their order."""

from enum import StrEnum
from typing import Final

from pipeline.vocabulary.choices import Status


class Shown(StrEnum):
    """What is shown where the algorithm's own status does not say it (forms.md, computed status)."""

    EXCEEDED = "Vượt"
    NOT_REPORTED = "Chưa có báo cáo"
    NOT_PLANNED = "Chưa đăng ký mục tiêu"


class Remark(StrEnum):
    """Why a status is what it is, where the status alone would puzzle."""

    BY_ESTIMATE = "by_estimate"
    BOUND_BROKEN = "bound_broken"
    MILESTONE_MISSED = "milestone_missed"
    ON_TRACK = "on_track"


class Arrow(StrEnum):
    """How the figure stands to the baseline, by the comparator."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


REACHED: Final = (str(Status.MET), str(Shown.EXCEEDED))
STATUS_ORDER: Final = (
    str(Status.NOT_MET),
    str(Shown.NOT_REPORTED),
    str(Status.NO_DATA),
    str(Shown.NOT_PLANNED),
    str(Status.NOT_DUE),
    str(Status.MET),
    str(Shown.EXCEEDED),
    str(Status.NO_CASE),
    str(Status.NO_LONGER),
)
"""Every shown status, what needs the reader most first."""
