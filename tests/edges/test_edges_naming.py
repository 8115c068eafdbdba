"""A name is what it looks like, and fits every file system; an ordinary one stays as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.naming import STEM_BYTES, file_name, on_record, visible, visible_lines

ENDING = "__0123abcd.xlsx"
ORDINARY = ("BM-01 Kế hoạch mục tiêu năm 2019 (bản sửa) ", "Ủy ban", "a.b. c", "Nguyễn ⟨nháp⟩")
ANY_NAME = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=40)
HOSTILE = st.text(st.sampled_from("a⟨⟩U+0123E\u202e\u0001\udc80\uffff"), max_size=12)


@pytest.mark.parametrize("name", [*ORDINARY, *(unicodedata.normalize("NFD", name) for name in ORDINARY)])
def test_an_ordinary_name_stays_byte_for_byte(name: str) -> None:
    assert (visible(name), on_record(name), file_name(name, ENDING)) == (name, name, f"{name}{ENDING}")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a\u202egnp", "a⟨U+202E⟩gnp"),
        ("a\u2066\u200fb", "a⟨U+2066⟩⟨U+200F⟩b"),
        ("a\u061cb", "a⟨U+061C⟩b"),
        ("a\nb\x1b[2J", "a⟨U+000A⟩b⟨U+001B⟩[2J"),
        ("a\x9bb", "a⟨U+009B⟩b"),
        ("a\uffffb\U0001fffeb\ufdd0", "a⟨U+FFFF⟩b⟨U+1FFFE⟩b⟨U+FDD0⟩"),
        ("b\udce1o", "b⟨U+DCE1⟩o"),
    ],
)
def test_what_turns_breaks_or_is_no_text_is_written_out(name: str, written: str) -> None:
    assert (visible(name), on_record(name)) == (written, written)
    written.encode()


@given(HOSTILE)
def test_written_out_once_is_enough(name: str) -> None:
    assert visible(visible(name)) == visible(name)


@given(HOSTILE, HOSTILE)
def test_two_names_stay_two_on_record(one: str, other: str) -> None:
    assert (on_record(one) == on_record(other)) == (one == other)


def test_several_lines_stay_several() -> None:
    assert visible_lines("a\n\tb\u202e") == "a\n\tb⟨U+202E⟩"


@pytest.mark.parametrize("name", ["CON", "nul", "COM1", "lpt9", "AUX ", "PRN.tar", "COM¹"])
def test_a_devices_name_is_never_ours(name: str) -> None:
    assert file_name(name, ".xlsx") == f"_{name}.xlsx"


@pytest.mark.parametrize("name", ["CON", "nul.", "COM1"])
def test_a_devices_name_before_our_ending_is_an_ordinary_one(name: str) -> None:
    assert file_name(name, ENDING) == (f"{name}{ENDING}" if "." not in name else f"_{name}{ENDING}")


def test_what_windows_refuses_is_written_out() -> None:
    assert file_name('a:b?"', ENDING) == f"a⟨U+003A⟩b⟨U+003F⟩⟨U+0022⟩{ENDING}"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_long_name_is_cut_between_letters(form: str) -> None:
    name = unicodedata.normalize(form, "ệ" * 195)
    assert file_name(name, ENDING) == "ệ" * (STEM_BYTES // 3) + ENDING


@pytest.mark.parametrize("letter", ["q\u0323\u0302", "👩\u200d👧", "✌\ufe0f"])
def test_a_letter_of_several_signs_is_never_split(letter: str) -> None:
    stem = file_name("a" * (STEM_BYTES - 2) + letter * 3, "")
    assert stem == "a" * (STEM_BYTES - 2)


def test_what_is_written_out_is_never_cut_in_two() -> None:
    assert file_name("a" * (STEM_BYTES - 4) + "\u202e" * 3, "") == "a" * (STEM_BYTES - 4)


@given(ANY_NAME)
def test_every_name_fits_every_file_system(name: str) -> None:
    ours = file_name(name, ENDING)
    assert len(ours.encode()) <= STEM_BYTES + len(ENDING) + 1
    assert not set(ours) & set('<>:"/\\|?*')
    assert visible(ours) == ours
