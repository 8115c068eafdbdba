"""What waits division by division, as a workbook of many divisions shows it: sheets 9 and 1."""

from collections.abc import Mapping
from fractions import Fraction

from openpyxl.worksheet.worksheet import Worksheet
from recompute_compare import Comparison, block, cell_at, compare_figures
from recompute_objectives import Cells
from recompute_overview import Recomputed, overdue
from recompute_status import UNMET

FORMS, MISSED = "Biểu mẫu quá hạn", "Mục tiêu không đạt"
ACTIONS, TASKS, ALL = "Hành động quá hạn", "Nhiệm vụ quá hạn", "Cộng"
_COUNTS = (FORMS, MISSED, ACTIONS, TASKS, ALL)


def waiting(one: Recomputed) -> dict[str, Cells]:
    """What each division has still to do, by its code."""
    rows: dict[str, Cells] = {}
    for division in one.inputs.divisions:
        counts = {
            FORMS: sum(owed.is_overdue for owed in one.owed if owed.division == division),
            MISSED: sum(held.judged.status == UNMET for held in one.registered if held.division == division),
            ACTIONS: sum(row["Mã Phòng"] == division for row in overdue(one.unmet)),
            TASKS: sum(row["Mã Phòng"] == division for row in overdue(one.tasks)),
        }
        counts[ALL] = sum(counts[name] for name in (FORMS, MISSED, ACTIONS, TASKS))
        rows[division] = {"Mã Phòng": division, **{name: Fraction(count) for name, count in counts.items()}}
    return rows


def compare_attention(done: Comparison, trends: Worksheet, overview: Worksheet, one: Recomputed) -> None:
    """The tables of sheet 9, and the first ten of sheet 1; nothing in a workbook of few divisions."""
    if "viec_cho_theo_phong" not in trends.tables:
        return
    rows = waiting(one)
    listed = [row for row in rows.values() if row["Mã Phòng"] in {owed.division for owed in one.owed}]
    compare_figures(done, trends, "viec_cho_theo_phong", listed, "Mã Phòng")
    compare_figures(done, trends, "viec_cho_theo_loai", _by_kind(one, rows), "Loại")
    _compare_first(done, overview, rows)


def _by_kind(one: Recomputed, rows: Mapping[str, Cells]) -> list[Cells]:
    owing = {owed.division for owed in one.owed}
    kinds: dict[str, list[str]] = {}
    for code, division in one.inputs.divisions.items():
        if code in owing:
            kinds.setdefault(str(division["kind"]).capitalize(), []).append(code)
    return [
        {
            "Loại": kind,
            "Số Phòng, đơn vị": Fraction(len(codes)),
            **{name: sum((Fraction(str(rows[code][name])) for code in codes), Fraction(0)) for name in _COUNTS},
        }
        for kind, codes in kinds.items()
    ]


def _compare_first(done: Comparison, sheet: Worksheet, rows: Mapping[str, Cells]) -> None:
    """Each by the code before its name; overdue actions and tasks are one figure."""
    row, columns = block(sheet, ("Phòng, đơn vị", "Thiếu BM", "Không đạt", "Việc quá hạn"))
    while (code := str(sheet.cell(row := row + 1, 1).value).partition(" ")[0]) in rows:
        late = Fraction(str(rows[code][ACTIONS])) + Fraction(str(rows[code][TASKS]))
        figures = {"Thiếu BM": rows[code][FORMS], "Không đạt": rows[code][MISSED], "Việc quá hạn": late}
        for label, value in figures.items():
            done.cell(sheet, cell_at(sheet, row, columns[label]), value, f"{code}, {label}")
