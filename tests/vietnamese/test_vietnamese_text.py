"""Text: one spelling whatever the machine, and keys that forgive case, accents and tone placement."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vietnamese import fold, halfwidth, normalise, same_text, strip_accents

# Characters that arrive in real cells, so that hypothesis tries their combinations often.
TYPED = st.text(st.sampled_from("aàạâấẬeêoơuưyYđĐhk \t\n\r\u00a0\u00ad\u200b\u2028\u0301\u0323\u0302\u031b-.%İß"))
ANY_TEXT = TYPED | st.text()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (unicodedata.normalize("NFD", "Sở Lao động"), "Sở Lao động"),
        ("ê\u0323", "ệ"),
        ("Phòng\u00a0Người có công", "Phòng Người có công"),
        ("1\u202f200", "1 200"),
        ("a\u3000b", "a b"),
        ("hồ\u200b \ufeffsơ\u2060", "hồ sơ"),
        ("a\u200d\u0301", "á"),
        ("a \t  b", "a b"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("một\u2028hai\vba", "một\nhai\nba"),
        ("một  \n  hai", "một\nhai"),
        ("một\n\nhai", "một\n\nhai"),
        (" \n một \n ", "một"),
        ("", ""),
    ],
)
def test_normalise_gives_one_spelling(typed: str, expected: str) -> None:
    assert normalise(typed) == expected


def test_normalise_keeps_the_soft_hyphen_that_is_a_letter_in_tcvn3() -> None:
    assert normalise("ng\u00ad\u00eai \u00ad") == "ng\u00ad\u00eai \u00ad"


def test_normalise_keeps_the_other_letters_of_legacy_fonts() -> None:
    legacy = "".join(map(chr, range(0xA1, 0x100)))

    assert normalise(legacy) == legacy


@given(ANY_TEXT)
def test_normalise_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Đơn vị tính", "don vi tinh"),
        ("  ĐƠN\nVỊ  TÍNH (*): ", "don vi tinh"),
        (unicodedata.normalize("NFD", "Mục tiêu"), "muc tieu"),
        ("hòa giải", "hoa giai"),
        ("hoà giải", "hoa giai"),
        ("\u00d0i\u1ec1u", "dieu"),
        ("BM-01_KH", "bm 01 kh"),
        ("MT01", "mt01"),
        ("so\u00adft", "soft"),
        ("%", ""),
    ],
)
def test_fold_gives_the_key(typed: str, key: str) -> None:
    assert fold(typed) == key


@given(ANY_TEXT)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_fold_does_not_depend_on_the_unicode_form(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hòa", "hoà"),
        ("Thúy", "thuý"),
        ("khỏe", "KHOẺ"),
        ("tiến", "tíên"),
        ("quý", "qúy"),
        ("hồ sơ", "hồ\u00a0 sơ"),
        (unicodedata.normalize("NFD", "đúng hạn"), "đúng hạn"),
    ],
)
def test_texts_that_read_the_same_are_the_same(a: str, b: str) -> None:
    assert same_text(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hoa", "hòa"),
        ("hóa", "hòa"),
        ("đơn", "dơn"),
        ("hoa quả", "hoà qua"),
        ("mua", "mưa"),
        ("hồ sơ", "hồsơ"),
        ("95%", "95"),
    ],
)
def test_texts_that_differ_in_an_accent_or_a_sign_differ(a: str, b: str) -> None:
    assert not same_text(a, b)


def test_strip_accents_keeps_case_and_punctuation() -> None:
    assert strip_accents("Ngày 9/6, Đạt: 95%") == "Ngay 9/6, Dat: 95%"


def test_halfwidth_maps_east_asian_digits_and_signs() -> None:
    assert halfwidth("－９５，５％") == "-95,5%"
