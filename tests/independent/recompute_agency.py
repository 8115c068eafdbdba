"""Sheet 6 again: the agency's objectives pooled over the divisions that chose them, and each division's part."""

from collections.abc import Sequence
from fractions import Fraction

from recompute_inputs import Row
from recompute_objectives import Cells, Outcome
from recompute_overview import Recomputed
from recompute_status import CUMULATIVE, NO_DATA, SHARE, SIGNS, number, unit_words

YES, NO = "có", "không"
_WAYS = {SHARE: "gộp tử số, mẫu số", CUMULATIVE: "cộng"}


def parts_of(one: Recomputed, code: str) -> list[Outcome]:
    """The registered objectives that serve one of the agency's."""
    served = [(str((held.objective or {})["agency_objective"]).split(" - ")[0], held) for held in one.registered]
    return [held for name, held in served if name == code]


def is_pooled(agency: Row, held: Outcome) -> bool:
    """A rate with both its halves; a number that only grows in the agency's unit."""
    objective, result = held.objective or {}, held.result or {}
    if objective["measure"] != agency["measure"]:
        return False
    if agency["measure"] == SHARE:
        return None not in (number(result, "numerator"), number(result, "denominator"))
    same_unit = (objective.get("unit") or "") == (agency.get("unit") or "")
    return agency["measure"] == CUMULATIVE and same_unit and number(result, "actual") is not None


def _is_given(held: Outcome) -> bool:
    return held.result is not None and held.judged.status != NO_DATA


def divisions_in(parts: Sequence[Outcome]) -> tuple[int, int]:
    """How many divisions gave all their figures, and how many have to."""
    everyone = {held.division for held in parts}
    return len(everyone - {held.division for held in parts if not _is_given(held)}), len(everyone)


def pooled_value(agency: Row, parts: Sequence[Outcome]) -> Fraction | None:
    """Percent of all cases, or the sum."""
    added = [held.result or {} for held in parts if is_pooled(agency, held)]
    if agency["measure"] != SHARE:
        return sum((number(result, "actual") or Fraction(0) for result in added), Fraction(0)) if added else None
    above, below = (sum(number(result, name) or 0 for result in added) for name in ("numerator", "denominator"))
    return Fraction(100 * above) / below if below else None


def pooled_rows(one: Recomputed) -> list[Cells]:
    """The figures of the agency's objectives; status and remark are words."""
    rows: list[Cells] = []
    for agency in one.inputs.settings["agency_objectives"]:
        parts = parts_of(one, agency["code"])
        added = [held.result or {} for held in parts if is_pooled(agency, held)]
        given, everyone = divisions_in(parts)
        halves = [sum((number(row, name) or Fraction(0) for row in added), Fraction(0)) for name in _HALVES]
        rows.append(
            {
                "Mã": agency["code"],
                "Số mục tiêu của Phòng": Fraction(len(parts)),
                "Số được gộp": Fraction(len(added)),
                "Chỉ tiêu": f"{SIGNS[agency['comparator']]} {agency['target']}{unit_words(agency)}",
                "Tử số": halves[0],
                "Mẫu số": halves[1],
                "Kết quả chung": pooled_value(agency, parts),
                "Cách gộp": _WAYS[agency["measure"]],
                "Số Phòng đã có số liệu": Fraction(given),
                "Số Phòng tham gia": Fraction(everyone),
            }
        )
    return rows


_HALVES = ("numerator", "denominator")


def part_rows(one: Recomputed) -> list[Cells]:
    """Each division's part."""
    rows: list[Cells] = []
    for agency in one.inputs.settings["agency_objectives"]:
        for held in parts_of(one, agency["code"]):
            result = held.result or {}
            rows.append(
                {
                    "Mã": agency["code"],
                    "Mã Phòng": held.division,
                    "Mã mục tiêu": held.code,
                    "Tử số": number(result, "numerator"),
                    "Mẫu số": number(result, "denominator"),
                    "Kết quả": held.judged.value,
                    "Trạng thái": held.judged.status,
                    "Được gộp": YES if is_pooled(agency, held) else NO,
                    "Nguồn": held.report.source.number if held.report and held.result else None,
                }
            )
    return rows
