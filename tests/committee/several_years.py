"""An agency of any size over three years, six reports a division, with targets lowered and objectives dropped."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from committee_content import Story
from small_agency import objective, plan, rate, report, result, small_settings

from pipeline.consolidation import LedgerContent
from pipeline.settings import Period, Settings

YEARS = (2017, 2018, 2019)
PERIODS = [f"{year}-{kind}" for year in YEARS for kind in ("6T", "CN")]
LAST = Period.parse(PERIODS[-1])
BUILT_ON = dt.date(2019, 11, 20)


def settings_of(divisions: int, years: Iterable[int] = YEARS) -> Settings:
    """As many divisions as asked for, each with two people; otherwise the small agency over three years."""
    told = small_settings()
    codes = [f"P{number:02d}" for number in range(1, divisions + 1)]
    pattern = told.divisions[0]
    made = [
        pattern.model_copy(
            update={"code": code, "name": f"Phòng chuyên môn số {code[1:]}", "head": f"Trưởng phòng {code}"}
        )
        for code in codes
    ]
    people = [
        told.staff[0].model_copy(update={"staff_code": f"CB{code}{n}", "name": f"Người {code}{n}", "division": code})
        for code in codes
        for n in (1, 2)
    ]
    dated = {year: _dated(told, year) for year in years}
    groups = tuple(division for division in told.divisions if division.code == "TCT")
    return told.model_copy(
        update={"divisions": (*made, *groups), "staff": tuple(people), "years": {**told.years, **dated}}
    )


def _dated(told: Settings, year: int) -> dict[Any, dict[str, dt.date]]:
    """The due dates of 2019 in another year."""
    return {
        kind: {form: day.replace(year=year) for form, day in dates.items()} for kind, dates in told.years[2019].items()
    }


def content_of(divisions: int, objectives: int) -> LedgerContent:
    """Every division reports on every objective in six periods; some miss, some are late, some are silent."""
    return story_of(divisions, objectives, YEARS).content()


def story_of(divisions: int, objectives: int, years: Iterable[int]) -> Story:
    """The same over these years, as it came in."""
    story = Story()
    for year in years:
        for number in range(1, divisions + 1):
            _year_of(story, f"P{number:02d}", year, objectives)
    return story


def _year_of(story: Story, division: str, year: int, objectives: int) -> None:
    number = int(division[1:])
    planned = [_objective(place, year, number) for place in range(1, objectives + 1) if not _is_dropped(place, year)]
    tasks = [_task(place, year) for place in range(1, 4)]
    plan(story, division, *planned, period=f"{year}-KH", tasks=tasks)
    told = [
        {"staff_code": f"CB{division}{n}", "full_name": "x", "understood": "có" if n == 1 or number % 5 else "không"}
        for n in (1, 2)
    ]
    story.add("BM-03", division, f"{year}-KH", f"{year}-03-20 08:00", {"cover": [{}], "policy": told})
    for kind, month in (("6T", 6), ("CN", 11)):
        if (number + year) % 7 == 0 and kind == "CN":
            continue
        day = f"{year}-{month:02d}-{11 if number % 6 == 0 else 5:02d} 08:00"
        results = [_result(row, year, kind, number) for row in planned]
        progress = [
            {"task_code": task["task_code"], "status": "Hoàn thành" if kind == "CN" else "Đang thực hiện"}
            for task in tasks
        ]
        report(story, division, *results, period=f"{year}-{kind}", arrived=day, progress=progress)


def _is_dropped(place: int, year: int) -> bool:
    return place % 9 == 0 and year == YEARS[-1]


def _objective(place: int, year: int, number: int) -> dict[str, Any]:
    target = 95.0 - (5.0 if place % 7 == 0 and year == YEARS[-1] and number % 2 else 0.0)
    continues = f"MT{place:02d}" if year > YEARS[0] else None
    row = objective(f"MT{place:02d}", continues=continues, due_on=f"{year}-12-31", target=target)
    if place % 5 == 0:
        return {**row, "measure": "số lũy kế", "comparator": "không quá", "target": 4.0, "unit": "vụ", "baseline": 3.0}
    return {**row, "agency_objective": "MC1"} if place % 4 == 1 else row


def _result(planned: dict[str, Any], year: int, kind: str, number: int) -> dict[str, Any]:
    place = int(planned["code"][2:])
    as_of = f"{year}-{'05' if kind == '6T' else '10'}-31"
    if planned["measure"] == "số lũy kế":
        count = float((place + number + year) % 7)
        return result(planned["code"], actual=count, data_as_of=as_of, full_year_estimate=count, cause="Thiếu người")
    reached = 90 + (place * 3 + number * 5 + year) % 11
    return rate(
        planned["code"],
        reached,
        100,
        data_as_of=as_of,
        full_year_estimate=float(reached),
        cause="Hồ sơ tăng đột biến",
        corrective_action="Bổ sung người trực",
        action_owner="Trưởng phòng",
        action_due_on=f"{year}-12-15",
    )


def _task(place: int, year: int) -> dict[str, Any]:
    return {
        "task_code": f"NV{place:02d}",
        "objective": "MT01",
        "task": f"Nhiệm vụ {place} của năm {year}",
        "owner": "Trưởng phòng",
        "start_on": f"{year}-0{place}-01",
        "finish_on": f"{year}-1{place - 1}-15",
    }
