"""Text in TCVN3 and VNI is recognised and read; clean Unicode is left alone."""

import itertools

import pytest
from legacy_strings import CLEAN_ONLY, confusion, samples, sentences

from pipeline.vietnamese import fold, normalise, possible_readings, read_legacy
from pipeline.vietnamese.legacy import Encoding, encoding_of_font
from pipeline.vietnamese.syllables import is_syllable


@pytest.mark.parametrize(
    ("stored", "meant", "encoding"),
    [
        # As such texts stand in real files of the time, byte for byte.
        ("Së Lao ®éng - Th\u00ad¬ng binh vµ X· héi", "Sở Lao động - Thương binh và Xã hội", Encoding.TCVN3),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", Encoding.TCVN3),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc", Encoding.TCVN3),
        ("ñy ban nh©n d©n", "ủy ban nhân dân", Encoding.TCVN3),
        ("Phßng KÕ ho¹ch - Tµi chÝnh", "Phòng Kế hoạch - Tài chính", Encoding.TCVN3),
        ("TR\u00ada¦êNG §¹I HäC".replace("\u00ada", ""), "TRƯỜNG ĐẠI HỌC", Encoding.TCVN3),
        ("145/Q§-UBND", "145/QĐ-UBND", Encoding.TCVN3),
        ("Sôû Lao ñoäng", "Sở Lao động", Encoding.VNI),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", Encoding.VNI),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc", Encoding.VNI),
        ("UÛY BAN NHAÂN DAÂN TÆNH SOÙC TRAÊNG", "ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG", Encoding.VNI),
        ("Kyø hoïp thöù ba, tyû leä 95%", "Kỳ họp thứ ba, tỷ lệ 95%", Encoding.VNI),
        ("NÑ-CP", "NĐ-CP", Encoding.VNI),
        ("ñi", "đi", Encoding.VNI),
    ],
)
def test_a_known_text_is_read(stored: str, meant: str, encoding: Encoding) -> None:
    reading = read_legacy(stored)
    assert reading is not None
    assert (reading.text, reading.encoding) == (meant, encoding)


def test_every_text_is_recognised_by_its_font_and_no_clean_one_is() -> None:
    assert len(samples()) > 3000
    found = confusion(with_fonts=True)
    assert {kinds: count for kinds, count in found.items() if kinds[0] in {"nfd", "clean"}}.keys() == {
        ("nfd", "clean"),
        ("clean", "clean"),
    }
    assert found.keys() == {("tcvn3", "tcvn3"), ("vni", "vni"), ("nfd", "clean"), ("clean", "clean")}


def test_without_a_font_only_what_can_be_read_either_way_passes_for_clean() -> None:
    """Words that are syllables either way, and one whose signs hold no letter."""
    missed = {
        sample.stored for sample in samples() if sample.kind in {"tcvn3", "vni"} and not read_legacy(sample.stored)
    }
    assert missed == {"hé", "cã", "vô", "Tõ Quang Minh", "líp", "giê", "§· chi", "Sôn Thò Thu Ba", "hoà sô"}
    found = confusion(with_fonts=False)
    mistaken = {kinds for kinds in found if kinds[0] != kinds[1] and kinds[0] != "nfd"}
    assert mistaken == {("tcvn3", "clean"), ("vni", "clean")}
    assert found["nfd", "clean"] == sum(sample.kind == "nfd" for sample in samples())


@pytest.mark.parametrize("text", CLEAN_ONLY)
def test_clean_text_that_looks_like_something_else_is_left_alone(text: str) -> None:
    assert read_legacy(text) is None
    assert read_legacy(text, "Times New Roman") is None


def test_clean_text_is_left_alone_in_a_legacy_font_that_was_left_over() -> None:
    # A clerk pastes Unicode into a .VnTime cell: Excel draws it in another font and keeps the name.
    taken = [text for text in sentences() if len(text) > 30 and read_legacy(text, ".VnTime") is not None]
    assert taken == []


def test_a_font_says_which_encoding_it_draws() -> None:
    fonts = (".VnTime", ".VNARIAL", ".VnTimeH", "VNI-Times", "VNI-Helve", "Times New Roman", "", "Vni", "Vina")
    assert [encoding_of_font(font) for font in fonts] == [*[Encoding.TCVN3] * 3, *[Encoding.VNI] * 2, *[None] * 4]


def test_a_font_of_capitals_draws_every_letter_as_one() -> None:
    reading = read_legacy("phßng tæ chøc", ".VnTimeH")
    assert reading is not None
    assert reading.text == "PHÒNG TỔ CHỨC"


def test_the_font_decides_for_a_word_that_makes_sense_either_way() -> None:
    assert read_legacy("cã") is None
    reading = read_legacy("cã", ".VnTime")
    assert reading is not None
    assert reading.text == "có"
    assert "có" in possible_readings("cã")


def test_of_a_cell_in_two_encodings_only_the_legacy_half_is_decoded() -> None:
    reading = read_legacy("Giải quyết hồ sơ đúng hạn, kh«ng cã hå s¬ qu¸ h¹n")
    assert reading is not None
    assert reading.text == "Giải quyết hồ sơ đúng hạn, không có hồ sơ quá hạn"


def test_the_soft_hyphen_is_a_letter_until_the_text_was_read() -> None:
    assert "\u00ad" in normalise("Th\u00ad¬ng")
    assert fold("Th\u00ad¬ng") == "th ng"
    reading = read_legacy("Th\u00ad¬ng binh")
    assert reading is not None
    assert reading.text == "Thương binh"


def test_a_clean_reading_is_not_read_again() -> None:
    again = [sample.unicode for sample in samples() if read_legacy(sample.unicode) is not None]
    assert again == []


def test_the_grammar_knows_every_word_of_the_demo_but_abbreviations() -> None:
    words = {word for text in sentences() for word in text.replace("/", " ").replace("-", " ").split()}
    plain = {word.strip(".,;:()“”%…×") for word in words}
    unknown = [w for w in plain if w and not w.isascii() and not any(c.isdigit() for c in w) and not is_syllable(w)]
    assert [word for word in unknown if not word.isupper()] == []


def test_a_syllable_carries_one_tone_on_its_vowel() -> None:
    assert [is_syllable(word) for word in ("hòa", "hoà", "gì", "quốc", "giếng", "khuya", "nghiêng")] == [True] * 7
    wrong = ("hòà", "tàt", "kang", "ghàn", "ñi", "leõ", "b", "", "xyz")
    assert list(itertools.filterfalse(lambda word: not is_syllable(word), wrong)) == []
