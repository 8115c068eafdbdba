"""Templates of every kind: blank, taken over from last year, printed with people, filled with mistakes."""

import datetime as dt
from functools import cache

from rules_bases import BASES
from rules_settings import SETTINGS

from pipeline.forms import BY_NUMBER, FORMS, lists_of
from pipeline.workbooks.template import Issue, template_bytes

DAY = dt.date(2019, 1, 1)


def issue(form: str, **known: object) -> Issue:
    division = "TCT" if form == "BM-04" else "VP"
    given = {"division": division, "year": "2019", "period": str(BY_NUMBER[form].periods[0]), **known}
    return Issue(lists=lists_of(SETTINGS, 2019), agency=SETTINGS.agency[0], made_on=DAY, **given)  # type: ignore[arg-type]


def carried() -> list[dict[str, object]]:
    """Last year's objectives as they are taken over, and one with mistakes of every kind."""
    left = {"target", "target_upper", "milestone", "due_on", "note"}
    rows = [dict(row, continues=row["code"]) for row in BASES["BM-01"].rows["objectives"]]
    wrong = {"code": "MT09", "statement": "Nhanh", "measure": "tỷ lệ", "comparator": "trong khoảng", "target": 120}
    wrong |= {
        "target_upper": 90,
        "unit": "hồ sơ",
        "baseline": "chưa có",
        "due_on": dt.date(2020, 1, 1),
        "method": "Đếm",
    }
    wrong["method"] = "Đếm"
    return [*({k: v for k, v in row.items() if k not in left} for row in rows), wrong]


@cache
def issues() -> dict[str, bytes]:
    blank = {form.number: template_bytes(form, issue(form.number)) for form in FORMS}
    nobody = Issue(lists=lists_of(SETTINGS, 2019), agency=SETTINGS.agency[0], made_on=DAY)
    register = {name: BASES["BM-04"].rows[name] for name in ("declarations", "scope_changes")}
    broken = [{**row, "replaces": "98/QĐ-SLĐTBXH"} for row in register["declarations"]]
    person = {"full_name": "Trần Thị Mai", "position": "Văn thư", "category": "công chức"}
    people = [{**person, "staff_code": f"CB{number:03}"} for number in range(70)]
    cover = {"prepared_by": "Trần Thị Mai", "approved_by": "Nguyễn Văn Hòa"}
    return blank | {
        "nobody": template_bytes(FORMS[0], nobody),
        "carried": template_bytes(FORMS[0], issue("BM-01", rows={"objectives": carried()}, cover=cover)),
        "register": template_bytes(BY_NUMBER["BM-04"], issue("BM-04", rows=register, cover=cover)),
        "broken": template_bytes(BY_NUMBER["BM-04"], issue("BM-04", rows={**register, "declarations": broken})),
        "people": template_bytes(BY_NUMBER["BM-03"], issue("BM-03", rows={"policy": people})),
    }
