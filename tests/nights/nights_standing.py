"""What is told of files that were accepted, from what the ledger holds beside them: the files that bring it about.

Each story is of a division of its own. Beside it stands what the committee's workbook shall say: code, form and period
of the file that it is said of, and a word of its facts.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nights_books import book_bytes
from nights_examples import IN_2018, of_division
from rules_bases import Value
from rules_sheets import Case

Edits = Mapping[str, Value]
_LAST_YEAR, _PLAN, _REVISED = dt.datetime(2018, 1, 20, 9), dt.datetime(2019, 1, 20, 9), dt.datetime(2019, 4, 20, 9)
_SIX_MONTHS, _WHOLE_YEAR = dt.datetime(2019, 6, 5, 9), dt.datetime(2019, 11, 5, 9)
_REASON: Edits = {
    "cover.revision_reason": "Giao bổ sung chỉ tiêu",
    "cover.revision_document": "145/QĐ-SLĐTBXH ngày 15/4/2019",
}
_WEAKER: Edits = {
    "objectives.target.1": 90,
    "objectives.milestone.1": 89,
    "objectives.statement.1": "Giải quyết đúng hạn ít nhất 90% hồ sơ thủ tục hành chính trong năm 2019",
}
_CONTINUING: Edits = {f"objectives.continues.{row}": f"MT0{row}" for row in (1, 2, 3)}
_IN_MINUTES: Edits = {
    "objectives.unit.3": "phút",
    "objectives.statement.3": "Thời gian phân phối văn bản đến bình quân không quá 5 phút",
}
_EXACTLY: Edits = {
    "objectives.comparator.3": "đúng bằng",
    "objectives.statement.3": "Thời gian phân phối văn bản đến bình quân đúng bằng 5 giờ làm việc",
}
_HIGHER: Edits = {
    "objectives.target.3": 7,
    "objectives.statement.3": "Thời gian phân phối văn bản đến bình quân không quá 7 giờ làm việc",
}
_EXACTLY_LESS: Edits = {
    **_EXACTLY,
    "objectives.target.3": 4,
    "objectives.statement.3": "Thời gian phân phối văn bản đến bình quân đúng bằng 4 giờ làm việc",
}
_CODES_SWAPPED: Edits = {**_WEAKER, "objectives.code.1": "MT03", "objectives.code.3": "MT01"}
_WITHOUT_THIRD: Edits = {"objectives.*.3": None, "tasks.*.3": None, "tasks.*.4": None}
_CUMULATIVE: Edits = {
    "objectives.measure.3": "số lũy kế",
    "objectives.comparator.3": "không quá",
    "objectives.unit.3": "đơn",
    "objectives.statement.3": "Số đơn thư khiếu nại quá hạn không quá 5 đơn trong năm 2019",
    "objectives.indicator.3": "Số đơn thư khiếu nại quá hạn",
    "objectives.method.3": "Đếm đơn thư quá hạn từ đầu năm",
}
_FALLEN: Edits = {
    "results.code.3": "MT03",
    "results.actual.3": 2,
    "results.full_year_estimate.3": 2,
    "results.data_as_of.3": dt.date(2019, 10, 31),
    "results.self_assessment.3": "Đạt",
    "results.evidence.3": "Sổ theo dõi đơn thư",
}


@dataclass(frozen=True)
class Told:
    """A code, what it is said of, and a word of its facts."""

    code: str
    at: dt.datetime
    form_period: str
    fact: str = ""

    def file(self, division: str) -> str:
        """The file that it is said of."""
        return _name(division, self.at)


def _name(division: str, at: dt.datetime) -> str:
    return f"{division}_{at:%Y%m%d}.xlsx"


@dataclass(frozen=True)
class Story:
    """The files of one division by the moment of their arrival, and what is told in the end.

    ``beside`` is typed into a second file of the first night.
    """

    files: Mapping[dt.datetime, tuple[str, Edits]]
    told: tuple[Told, ...]
    beside: Edits | None = None


def _revised(edits: Edits, *told: Told) -> Story:
    return Story({_PLAN: ("BM-01", {}), _REVISED: ("BM-01", {**_REASON, **edits})}, told)


def _continued(edits: Edits, *told: Told) -> Story:
    return Story({_LAST_YEAR: ("BM-01", IN_2018), _PLAN: ("BM-01", {**_CONTINUING, **edits})}, told)


SAME_NIGHT = "two files in one night"
_OF_PLAN = "BM-01 2019-KH"
STORIES: Mapping[str, Story] = {
    "nothing to say": Story({_PLAN: ("BM-01", {}), _SIX_MONTHS: ("BM-02", {})}, ()),
    "a floor lowered": _revised(_WEAKER, Told("R612", _REVISED, _OF_PLAN, "MT01")),
    "lowered against last year's, which it continues": _continued(_WEAKER, Told("R612", _PLAN, _OF_PLAN, "MT01")),
    "a ceiling raised": _revised(_HIGHER, Told("R612", _REVISED, _OF_PLAN, "MT03")),
    "an exact target lowered": Story(
        {_PLAN: ("BM-01", _EXACTLY), _REVISED: ("BM-01", {**_REASON, **_EXACTLY_LESS})},
        (Told("R612", _REVISED, _OF_PLAN, "MT03"),),
    ),
    "continued under another code": _continued(_CODES_SWAPPED, Told("R612", _PLAN, _OF_PLAN, "MT03")),
    "another unit": _revised(_IN_MINUTES, Told("R613", _REVISED, _OF_PLAN, "MT03")),
    "another unit than last year's": _continued(_IN_MINUTES, Told("R613", _PLAN, _OF_PLAN, "MT03")),
    "another comparator": _revised(_EXACTLY, Told("R613", _REVISED, _OF_PLAN, "MT03")),
    "an objective dropped": _revised(_WITHOUT_THIRD, Told("R614", _REVISED, _OF_PLAN, "MT03")),
    "last year's objective that nothing continues": _continued(
        {"objectives.continues.3": None}, Told("R614", _PLAN, _OF_PLAN, "MT03")
    ),
    "last year's objective that nothing continues since an earlier revision": Story(
        {
            _LAST_YEAR: ("BM-01", IN_2018),
            _PLAN: ("BM-01", {**_CONTINUING, **_WITHOUT_THIRD}),
            _REVISED: ("BM-01", {**_CONTINUING, **_WITHOUT_THIRD, **_REASON}),
        },
        (Told("R614", _REVISED, _OF_PLAN, "MT03/2018"),),
    ),
    "an objective without result": Story(
        {_PLAN: ("BM-01", {}), _SIX_MONTHS: ("BM-02", {"results.*.3": None})},
        (Told("R610", _SIX_MONTHS, "BM-02 2019-6T", "MT03"),),
    ),
    "made on an older plan": Story(
        {_PLAN: ("BM-01", {}), _REVISED: ("BM-01", _REASON), _SIX_MONTHS: ("BM-02", {"identity.based_on": "plan"})},
        (Told("R611", _SIX_MONTHS, "BM-02 2019-6T"),),
    ),
    SAME_NIGHT: Story({_PLAN: ("BM-01", {})}, (Told("S701", _PLAN, _OF_PLAN),), {"cover.telephone": "0299 3821 235"}),
    "a cumulative number fallen": Story(
        {
            _PLAN: ("BM-01", _CUMULATIVE),
            _SIX_MONTHS: ("BM-02", {"results.actual.3": 4, "results.commitment.3": "không quá 5 đơn"}),
            _WHOLE_YEAR: ("BM-02-CN", _FALLEN),
        },
        (Told("R615", _WHOLE_YEAR, "BM-02 2019-CN", "MT03"),),
    ),
}


def stories() -> Iterator[tuple[str, str, Story]]:
    """The division of each, its name, itself."""
    for number, (name, story) in enumerate(STORIES.items(), 1):
        yield f"P{number:03d}", name, story


def nights() -> Mapping[dt.datetime, Mapping[str, bytes]]:
    """The files of all stories by the moment of their arrival."""
    arriving: dict[dt.datetime, dict[str, bytes]] = {}
    for code, _, story in stories():
        plan = ""
        for at, (base, edits) in story.files.items():
            known = {**edits, **({"identity.based_on": plan} if "identity.based_on" in edits else {})}
            content = book_bytes(of_division(Case(base, known).workbook, base, code))
            plan = plan or hashlib.sha256(content).hexdigest()
            arriving.setdefault(at, {})[_name(code, at)] = content
            if story.beside is not None:
                beside = of_division(Case(base, story.beside).workbook, base, code)
                arriving[at][f"{code}_{at:%Y%m%d}_nua.xlsx"] = book_bytes(beside)
    return dict(sorted(arriving.items()))
