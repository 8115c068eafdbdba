"""Reports of every length: few and many decisions, long names and texts, capitals, sixty divisions, nothing at all."""

import dataclasses
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from covering_samples import (
    PLAN,
    SIX_MONTHS,
    TODAY,
    Story,
    consolidated,
    demo_committee,
    objective,
    plan,
    rate,
    report,
)
from small_agency import small_settings

sys.path.insert(0, str(Path(__file__).parents[1] / "committee"))

from several_years import BUILT_ON, LAST, content_of, settings_of

from pipeline.consolidation import Committee, consolidate
from pipeline.settings import Period, Settings

WIDE: Final = "VĂN PHÒNG ĐĂNG KÝ MWMW ĐẤT ĐAI VÀ QUẢN LÝ HOẠT ĐỘNG CUNG ỨNG DỊCH VỤ CÔNG TỈNH "
LONG: Final = "Giải quyết dứt điểm hồ sơ tồn đọng của các năm trước theo quy trình đã được phê duyệt, "


def _agency(divisions: int, objectives: int, period: str = str(LAST), name: str = "") -> Committee:
    told = Period.parse(period)
    settings = renamed_settings(settings_of(divisions), name) if name else settings_of(divisions)
    return consolidate(content_of(divisions, objectives), settings, told, BUILT_ON if told == LAST else TODAY)


def renamed_settings(settings: Settings, name: str) -> Settings:
    """The settings with a long name for every division."""
    divisions = tuple(each.model_copy(update={"name": f"{name} {each.code}"}) for each in settings.divisions)
    return settings.model_copy(update={"divisions": divisions})


def missing(count: int, text: str = "", name: str = "") -> Committee:
    """One division that misses so many objectives, with texts and names of any length."""
    story = Story()
    codes = [f"MT{number:02d}" for number in range(1, count + 1)]
    told: dict[str, Any] = {"cause": text, "corrective_action": text, "action_owner": "Trưởng phòng"}
    rows = [objective(code, due_on="2019-05-31", statement=f"Mục tiêu {code} {text}".strip()) for code in codes]
    plan(story, "VP", *rows)
    report(story, "VP", *(rate(code, 1, 2, action_due_on="2019-06-01", **told) for code in codes))
    settings = renamed_settings(small_settings(), name) if name else small_settings()
    return consolidated(story, SIX_MONTHS, TODAY, settings)


def with_chief_objectives(count: int) -> Committee:
    """An agency with so many objectives of its own, each with a long text."""
    story, told = Story(), small_settings()
    pattern = told.agency_objectives[0]
    codes = [f"MC{number}" for number in range(1, count + 1)]
    chief = tuple(pattern.model_copy(update={"code": code, "text": f"{LONG * 2}{code}"}) for code in codes)
    rows = [
        objective(f"MT{place:02d}", agency_objective=code, due_on="2019-05-31") for place, code in enumerate(codes, 1)
    ]
    plan(story, "VP", *rows)
    report(story, "VP", *(rate(row["code"], 1, 2, cause=LONG * 3) for row in rows))
    return consolidated(story, SIX_MONTHS, TODAY, told.model_copy(update={"agency_objectives": chief}))


def with_bases(count: int) -> Committee:
    """A report that rests on many documents."""
    committee = demo_committee()
    settings = committee.settings
    bases = tuple(each for _ in range(count) for each in settings.legal_bases)
    return dataclasses.replace(committee, settings=settings.model_copy(update={"legal_bases": bases}))


SHORT: Final[Mapping[str, Callable[[], Committee]]] = {
    "nothing at all": lambda: consolidated(Story(), today=TODAY),
    "texts in capitals": partial(missing, 12, WIDE * 3, WIDE),
}
LENGTHS: Final[Mapping[str, Callable[[], Committee]]] = {
    "nothing planned": lambda: consolidated(Story(), PLAN, TODAY),
    "the demo": demo_committee,
    "one missed": partial(missing, 1),
    "twenty missed": partial(missing, 20, LONG),
    "five missed at length": partial(missing, 5, LONG * 12),
    "thirty missed at length": partial(missing, 30, LONG * 12),
    "capitals at length": partial(missing, 30, WIDE * 12, WIDE * 2),
    "a word without a blank": partial(missing, 6, "W" * 300),
    "eight of the agency": partial(with_chief_objectives, 8),
    "twelve of the agency": partial(with_chief_objectives, 12),
    "many bases": partial(with_bases, 6),
    "fifteen divisions": partial(_agency, 15, 4),
    "forty divisions": partial(_agency, 40, 2),
    "sixty divisions": partial(_agency, 60, 3),
    "sixty divisions of long names": partial(_agency, 60, 3, name=LONG),
    "sixty divisions in capitals": partial(_agency, 60, 3, name=WIDE),
    "sixty plans": partial(_agency, 60, 2, "2019-KH"),
    "sixty at six months": partial(_agency, 60, 2, "2019-6T"),
}
