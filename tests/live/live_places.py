"""A workbook whose places are plain names, so that a formula can be read in a test."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.formulas.expressions import array
from pipeline.vocabulary.fields import Field, Options
from pipeline.vocabulary.lists import options_of
from pipeline.vocabulary.live import NoPlaceError

LISTS = {
    "divisions": {"VP": "VP - Văn phòng Sở"},
    "years": {"2019": "2019"},
    "policy_points": {"CS1": "CS1 - Công khai"},
    "agency_objectives": {"MC1": "MC1 - Đúng hạn"},
    "policy_versions": {"CSCL-2019/01": "CSCL-2019/01"},
    "standards": {"TCVN ISO 9001:2015": "TCVN ISO 9001:2015"},
    "units": {"%": "%", "hồ sơ": "hồ sơ"},
}
CONTEXT = (
    "objective_measure",
    "objective_unit",
    "objective_due_on",
    "computed_status",
    "is_final",
    "last_year_kind",
)


@dataclass(frozen=True)
class Named:
    """Every cell is called by its field, every column by sheet and field; ``missing`` are not there."""

    fields: tuple[str, ...]
    missing: frozenset[str] = field(default_factory=frozenset)

    def cell(self, name: str) -> str:
        if name not in {*self.fields, *CONTEXT} - self.missing:
            raise NoPlaceError(name)
        return f"${name}"

    def column(self, sheet: str, name: str) -> str:
        if name in self.missing:
            raise NoPlaceError(name)
        return f"{sheet}.{name}"

    def cover(self, name: str) -> str:
        return f"cover.{name}"

    def options(self, of: Field) -> Options:
        return options_of(of, LISTS)

    def texts(self, items: Sequence[str]) -> str:
        return array(items)
