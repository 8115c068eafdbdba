"""The Excel rendering of the forms' rules: formulas that say in the workbook itself what is still to be mended."""

from pipeline.workbooks.live.formulas import FORMULAS, live_formula
from pipeline.workbooks.live.not_live import NOT_LIVE
from pipeline.workbooks.live.where import NoPlaceError, Where

__all__ = ["FORMULAS", "NOT_LIVE", "NoPlaceError", "Where", "live_formula"]
