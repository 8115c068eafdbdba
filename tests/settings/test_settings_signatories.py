"""Who signs which paper when, and the sentences for mistakes (m11)."""

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.settings import PaperKind, Settings
from pipeline.settings.refusals import refusal_words

DAY = dt.date(2019, 6, 10)
BASE: dict[str, Any] = {
    "agency": [{"name": "Sở Thử nghiệm", "superior": "UBND tỉnh", "place": "Sóc Trăng"}],
    "standards": [{"designation": "TCVN ISO 9001:2015"}],
    "years": {2019: {}},
    "policy_versions": [
        {"version": "CSCL-1", "approved_on": dt.date(2019, 1, 2), "points": [{"code": "CS1", "text": "Đúng hạn"}]}
    ],
}
CHIEF = {"by_order_of": "TL. GIÁM ĐỐC", "title": "CHÁNH VĂN PHÒNG", "name": "Lê Văn A"}
DEPUTY = {"by_order_of": "KT. GIÁM ĐỐC", "title": "PHÓ GIÁM ĐỐC", "name": "Trần Thị B", "papers": ["báo cáo"]}


def _settings(*signatories: dict[str, Any], **more: object) -> Settings:
    return Settings.model_validate({**BASE, "signatories": signatories, **more})


def _signs(settings: Settings, kind: PaperKind, day: dt.date = DAY) -> tuple[str, str, str]:
    signs = settings.signatory_on(kind, day)
    return signs.by_order_of, signs.title, signs.name


def _refused(*signatories: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        _settings(*signatories)
    return [refusal_words(error) for error in refused.value.errors()]


def test_without_any_the_head_of_the_office_signs_by_order() -> None:
    assert _signs(_settings(), PaperKind.REPORT) == ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "")


def test_each_kind_of_paper_has_its_own() -> None:
    letters = {**CHIEF, "papers": ["công văn"]}
    settings = _settings(DEPUTY, letters)
    assert _signs(settings, PaperKind.REPORT) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị B")
    assert _signs(settings, PaperKind.LETTER) == ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Lê Văn A")


def test_each_time_has_its_own() -> None:
    until, since = {**CHIEF, "valid_to": dt.date(2019, 6, 9)}, {**CHIEF, "name": "C", "valid_from": DAY}
    settings = _settings(until, since)
    assert [_signs(settings, PaperKind.LETTER, day)[2] for day in (DAY - dt.timedelta(1), DAY)] == ["Lê Văn A", "C"]


@pytest.mark.parametrize(
    ("signatories", "said"),
    [
        ([{**CHIEF, "title": "THƯ KÝ ISO"}], "THƯ KÝ ISO không ký thừa lệnh (TL.) được"),
        ([{**CHIEF, "title": ""}], "không được để trống"),
        ([{**CHIEF, "papers": ["thư"]}], "phải là một trong các giá trị: báo cáo; công văn"),
        ([{**CHIEF, "valid_from": "2019-06-10", "valid_to": "2019-06-01"}], "(valid_from) phải không sau"),
        ([CHIEF, DEPUTY], "CHÁNH VĂN PHÒNG và PHÓ GIÁM ĐỐC cùng ký báo cáo trong một thời gian"),
    ],
    ids=["secretary", "no title", "paper", "dates", "two"],
)
def test_a_mistake_is_told_in_one_vietnamese_sentence(signatories: list[dict[str, Any]], said: str) -> None:
    words = _refused(*signatories)
    assert len(words) == 1
    assert said in words[0]


@pytest.mark.parametrize(
    ("signature", "signs"),
    [
        ({}, ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "")),
        ({"title": "THƯ KÝ ISO", "name": "D"}, ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "")),
        ({"title": "TRƯỞNG PHÒNG", "name": "D"}, ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG", "D")),
    ],
    ids=["blank", "secretary", "office"],
)
def test_the_table_of_version_0_3_is_still_taken(signature: dict[str, str], signs: tuple[str, str, str]) -> None:
    assert _signs(Settings.model_validate({**BASE, "signature": signature}), PaperKind.REPORT) == signs
