"""The settings of an agency as frozen, dated values (pure); their loading lives in ``pipeline.workspace``."""

from pipeline.settings.model import (
    NO_DIVISION,
    AgencyName,
    AgencyObjective,
    Contact,
    Division,
    Schedule,
    Settings,
    Signature,
)
from pipeline.settings.periods import Period, PeriodKind, kinds_of, shifted, years_of

__all__ = [
    "NO_DIVISION",
    "AgencyName",
    "AgencyObjective",
    "Contact",
    "Division",
    "Period",
    "PeriodKind",
    "Schedule",
    "Settings",
    "Signature",
    "kinds_of",
    "shifted",
    "years_of",
]
