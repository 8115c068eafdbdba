"""The settings of an agency as frozen, dated values (pure); their loading lives in ``pipeline.workspace``."""

from pipeline.settings.model import (
    NO_DIVISION,
    AgencyName,
    AgencyObjective,
    Contact,
    Division,
    Schedule,
    Settings,
)
from pipeline.settings.periods import Period, PeriodKind, kinds_of, shifted, years_of
from pipeline.settings.signatories import PaperKind, Signatory

__all__ = [
    "NO_DIVISION",
    "AgencyName",
    "AgencyObjective",
    "Contact",
    "Division",
    "PaperKind",
    "Period",
    "PeriodKind",
    "Schedule",
    "Settings",
    "Signatory",
    "kinds_of",
    "shifted",
    "years_of",
]
