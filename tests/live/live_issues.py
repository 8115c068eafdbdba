"""Templates of every kind: blank, taken over from last year, printed with people, filled with mistakes."""

import datetime as dt
from dataclasses import replace
from functools import cache

from rules_bases import BASES
from rules_settings import SETTINGS

from pipeline.forms import BY_NUMBER, FORMS
from pipeline.templates.template import Issue, template_bytes
from pipeline.vocabulary.lists import lists_of

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


def promised() -> Issue:
    """A report that carries what was promised, answered rightly, wrongly and not at all."""
    rate = {"objective_measure": "tỷ lệ", "objective_comparator": "ít nhất", "objective_unit": "%"}
    rate |= {"objective_target": 95.5, "objective_due_on": dt.date(2019, 12, 31)}
    word = {
        "objective_measure": "có/không",
        "objective_comparator": "đúng bằng",
        "objective_due_on": dt.date(2019, 3, 31),
    }
    grows = {"objective_measure": "số lũy kế", "objective_comparator": "nhỏ hơn", "objective_unit": "hồ sơ"}
    grows |= {"objective_target": 10, "objective_milestone": 4, "objective_due_on": dt.date(2019, 12, 31)}
    said = {"data_as_of": dt.date(2019, 5, 31), "self_assessment": "Đạt", "evidence": "Báo cáo"}
    answers = (
        {**said, "numerator": 90, "denominator": 100, "actual": 90},
        {**said, "actual": "không"},
        {**said, "actual": 12},
        {**said, "actual": "chưa có số liệu"},
        {},
    )
    codes = [f"MT{number:02}" for number in range(1, len(answers) + 1)]
    rows = [{"code": code, **answer} for code, answer in zip(codes, answers, strict=True)]
    commitments = dict(zip(codes, (rate, word, grows, rate, rate), strict=True))
    return replace(issue("BM-02", rows={"results": rows}, commitments=commitments), made_on=dt.date(2019, 7, 1))


@cache
def issues() -> dict[str, bytes]:
    blank = {form.number: template_bytes(form, issue(form.number)) for form in FORMS}
    nobody = Issue(lists=lists_of(SETTINGS, 2019), agency=SETTINGS.agency[0], made_on=DAY)
    register = {name: BASES["BM-04"].rows[name] for name in ("declarations", "postings", "checks", "scope_changes")}
    register["checks"] = register["checks"][:1]  # the second came after the day of issue
    broken = [{**row, "replaces": "98/QĐ-SLĐTBXH"} for row in register["declarations"]]
    person = {"full_name": "Trần Thị Mai", "position": "Văn thư", "category": "công chức"}
    people = [{**person, "staff_code": f"CB{number:03}"} for number in range(70)]
    cover = {"prepared_by": "Trần Thị Mai", "approved_by": "Nguyễn Văn Hòa"}
    return blank | {
        "nobody": template_bytes(FORMS[0], nobody),
        "carried": template_bytes(FORMS[0], issue("BM-01", rows={"objectives": carried()}, cover=cover)),
        "register": template_bytes(BY_NUMBER["BM-04"], issue("BM-04", rows=register, cover=cover)),
        "broken": template_bytes(BY_NUMBER["BM-04"], issue("BM-04", rows={**register, "declarations": broken})),
        "promised": template_bytes(BY_NUMBER["BM-02"], promised()),
        "people": template_bytes(BY_NUMBER["BM-03"], issue("BM-03", rows={"policy": people})),
    }
