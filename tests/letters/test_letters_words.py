"""The small Vietnamese of official letters."""

import datetime as dt

import pytest
from letters_samples import SETTINGS

from pipeline.letters.words import agency_lines, basis_on, day_words, head_of, superior_lines
from pipeline.settings import AgencyName, Division


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2019, 6, 9), "09/6/2019"),
        (dt.date(2019, 2, 5), "05/02/2019"),
        (dt.date(2019, 1, 31), "31/01/2019"),
        (dt.date(2019, 11, 10), "10/11/2019"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_zero(day: dt.date, words: str) -> None:
    assert day_words(day) == words


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Phòng Bảo trợ xã hội", "Trưởng phòng Bảo trợ xã hội"),
        ("Phòng Phòng, chống tệ nạn xã hội", "Trưởng phòng Phòng, chống tệ nạn xã hội"),
        ("Văn phòng Sở", "Chánh Văn phòng Sở"),
        ("Thanh tra Sở", "Chánh Thanh tra Sở"),
        ("Chi cục Phòng, chống tệ nạn xã hội", "Chi cục trưởng Chi cục Phòng, chống tệ nạn xã hội"),
        ("Tổ công tác ISO", "Tổ trưởng Tổ công tác ISO"),
        ("Lãnh đạo Sở", "Lãnh đạo Sở"),
    ],
)
def test_a_letter_is_addressed_to_the_head_by_office(name: str, head: str) -> None:
    assert head_of(Division(code="AA", name=name, kind="phòng")) == head


def test_the_head_of_a_letter_breaks_long_names_where_they_may_be_broken() -> None:
    agency = SETTINGS.agency[0]
    assert superior_lines(agency) == ("ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG")
    assert agency_lines(agency) == ("SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI")


def test_the_place_stays_where_the_superior_body_does_not_name_it() -> None:
    agency = AgencyName(name="Sở Nội vụ tỉnh Cần Thơ", superior="Bộ Nội vụ", place="Cần Thơ")
    assert superior_lines(agency) == ("BỘ NỘI VỤ",)
    assert agency_lines(agency) == ("SỞ NỘI VỤ TỈNH CẦN THƠ",)


@pytest.mark.parametrize(
    ("day", "basis"),
    [
        (dt.date(2019, 6, 5), "Công văn số 262"),
        (dt.date(2019, 1, 5), "Quyết định số 19"),
        (dt.date(2010, 1, 5), ""),
    ],
)
def test_the_newest_basis_in_force_is_cited(day: dt.date, basis: str) -> None:
    assert basis_on(SETTINGS, day) == basis
