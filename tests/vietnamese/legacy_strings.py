"""Strings in TCVN3, VNI, NFD and clean Unicode, and encoders that share nothing with the decoder's tables."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.vietnamese import read_legacy
from pipeline.vietnamese.text import normalise

_BYTES_FROM_A1 = (
    # TCVN 5712:1993, VN3, from byte A1 on; a space where the set has nothing.
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
)
_PLAIN_CAPITALS = frozenset("ĂÂÊÔƠƯĐ")
_MARKS_OF_VNI = {
    # By tone, in the order huyền, hỏi, ngã, sắc, nặng: after a plain vowel, after â ê ô, after ă.
    "plain": ("ø", "û", "õ", "ù", "ï"),
    "roof": ("à", "å", "ã", "á", "ä"),
    "breve": ("è", "ú", "ü", "é", "ë"),
}
_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_I_OF_VNI = ("ì", "æ", "ó", "í", "ò")


def to_tcvn3(text: str, *, capitals_font: bool = False) -> str:
    """The text as a TCVN3 font stores it; in a font of capitals every letter is stored small."""
    stored = "".join(map(_byte_of_tcvn3, text))
    return "".join(map(_byte_of_tcvn3, text.lower())) if capitals_font else stored


def _byte_of_tcvn3(letter: str) -> str:
    wanted = letter if letter in _PLAIN_CAPITALS or letter.isascii() else letter.lower()
    place = _BYTES_FROM_A1.find(wanted)
    return letter if letter == " " or place < 0 else chr(0xA1 + place)


def to_vni(text: str) -> str:
    """The text as a VNI font stores it."""
    return "".join(map(_pair_of_vni, text))


def _pair_of_vni(letter: str) -> str:
    stored = _small_pair_of_vni(letter.lower())
    return stored.upper() if letter.isupper() else stored


def _small_pair_of_vni(letter: str) -> str:
    if letter == "đ":
        return "ñ"
    bare, *marks = unicodedata.normalize("NFD", letter)
    tones = [_TONES.index(mark) for mark in marks if mark in _TONES]
    if letter.isascii() or not (marks and bare in "aeiouy"):
        return letter
    if bare == "i":
        return _I_OF_VNI[tones[0]]
    if letter == "ỵ":
        return "î"
    if "\u031b" in marks:
        horned = "ô" if bare == "o" else "ö"
        return horned + "".join(_MARKS_OF_VNI["plain"][tone] for tone in tones)
    shape = "roof" if "\u0302" in marks else "breve" if "\u0306" in marks else "plain"
    untoned = {"roof": "â", "breve": "ê", "plain": ""}[shape]
    return bare + ("".join(_MARKS_OF_VNI[shape][tone] for tone in tones) or untoned)


@cache
def sentences() -> tuple[str, ...]:
    """Every text of the demo that is not plain ASCII, each once."""
    found: dict[str, None] = {}
    for part in sorted(files("pipeline.demo.data").iterdir(), key=lambda part: part.name):
        if part.name.endswith(".toml"):
            found |= dict.fromkeys(_texts(tomllib.loads(part.read_text(encoding="utf-8"))))
    return tuple(text for text in map(normalise, found) if not text.isascii())


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)


SHORT = (
    *("có", "không", "tỷ lệ", "mức", "số lũy kế", "tăng, giảm", "có/không", "ít nhất", "không quá", "đúng bằng"),
    *("lớn hơn", "nhỏ hơn", "trong khoảng", "tháng", "quý", "6 tháng", "năm", "Đạt", "Không đạt", "hồ sơ", "người"),
    *("ngày làm việc", "triệu đồng", "văn bản", "Hoàn thành", "Đang thực hiện", "Hủy", "ký nhận", "công chức"),
    *("Chuyên viên", "Trưởng phòng", "Nguyễn Văn Hòa", "Trần Thị Mai", "Lê Thị Thu", "Võ Minh Đăng", "thư ký"),
    *("QĐ-UBND", "NĐ-CP", "SLĐTBXH-VP", "Mã mục tiêu", "Nội dung mục tiêu", "Chỉ số đo lường", "Thời hạn", "đi"),
)
"""Choices, headers, names and abbreviations: little to go by."""

CLEAN_ONLY = (
    *("UBND tỉnh, TTHC, SLĐTBXH, BHXH, HĐND", "12/BC-VP", "145/QĐ-SLĐTBXH ngày 15/4/2019", "TCVN ISO 9001:2015"),
    *("vanphong.sldtbxh@soctrang.gov.vn", "https://sldtbxh.soctrang.gov.vn/iso?nam=2019&ky=6T", "0299 3821 234"),
    *("bụi PM10 ≤ 50 µg/m³, hạt 5µm", "µm", "nhiệt độ từ 20°C ÷ 25°C", "10÷20", "½ ngày công", "1½ giờ", "±5 %"),
    *("≥ 95 %", "« một cửa »", "«Sổ theo dõi»", "“Sổ tay chất lượng”", "– nộp đúng hạn…", "§ 5", "© 2019 Sở", "ISO®"),
    *("2×3 m", "x² + y³", "CO₂", "€ 100", "£ 20", "¥ 500", "·", "• Rà soát hồ sơ", "Ω", "½", "÷", "«", "µ"),
    *("café", "résumé", "déjà vu", "naïve", "Côte d'Ivoire", "où", "Thaï Airways", "coût", "août", "goût", "fête"),
    *("Müller", "Zürich", "Köln", "Malmö", "señor", "España", "El Niño", "São Paulo", "João", "Noël", "Raphaël"),
    *(
        "façade",
        "au plus tôt",
        "dû",
        "aún",
        "garçon",
        "crème brûlée",
        "über",
        "Ångström",
        "Đắk Lắk",
        "Krông Nô",
        "Pleiku",
        "Kon Tum",
        "Y Bhăm",
    ),
    *("Sà Rài", "Tà Lài", "Bôxit", "ôtô", "axít", "côngtenơ", "Lý Sơn", "ủy ban", "uỷ ban", "hòa giải", "hoà giải"),
    *("là và có cá tôm", "bà cô ôm đàn", "ông ấy nói có", "xã Hòa Tú", "quý II", "tờ trình", "ý kiến", "ở", "à", "ô"),
    *("Total quality management", "Email", "KPI", "Phòng LĐ-TB&XH", "A/B/C", "100%", "Nguyen Van A", "bảo\u00adhiểm"),
)
"""Clean text that looks like something else."""


class Sample(NamedTuple):
    """One string as it is stored, its Unicode, and in which encoding it is: tcvn3, vni, nfd, clean."""

    stored: str
    unicode: str
    kind: str
    font: str


@cache
def samples() -> tuple[Sample, ...]:
    """Every sentence and short text in each encoding, and what is clean only."""
    every = dict.fromkeys((*sentences(), *SHORT))
    return (
        # "quý" is stored alike in TCVN3 and in Unicode: there is nothing to recognise.
        *(Sample(stored, text, "tcvn3", ".VnTime") for text in every if (stored := to_tcvn3(text)) != text),
        *(Sample(stored, text, "vni", "VNI-Times") for text in every if (stored := to_vni(text)) != text),
        *(Sample(unicodedata.normalize("NFD", text), text, "nfd", "Times New Roman") for text in every),
        *(Sample(text, text, "clean", "Times New Roman") for text in (*every, *CLEAN_ONLY)),
    )


def confusion(*, with_fonts: bool) -> Mapping[tuple[str, str], int]:
    """How many strings of each kind are taken for what; "misread" where the words of the reading differ."""
    return Counter((sample.kind, _taken_for(sample, with_fonts=with_fonts)) for sample in samples())


def _taken_for(sample: Sample, *, with_fonts: bool) -> str:
    reading = read_legacy(sample.stored, sample.font if with_fonts else "")
    if reading is None:
        return "clean"
    # A capital vowel with a tone is lost in TCVN3 but in a font of capitals; the words are the same.
    alike = reading.text.casefold() == sample.unicode.casefold()
    return reading.encoding.name.lower() if alike else "misread"
