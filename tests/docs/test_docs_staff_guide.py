"""The staff guide is made from the settings: another agency, year or policy needs no edit (issue 16)."""

import datetime as dt
from pathlib import Path

import pytest

from pipeline.cli.app import main
from pipeline.letters.guide import guide_text
from pipeline.letters.guide_document import guide_bytes
from pipeline.settings import Settings

OTHER = Settings.model_validate(
    {
        "agency": ({"name": "Sở Nội vụ", "superior": "UBND tỉnh", "place": "Cần Thơ", "symbol": "SNV"},),
        "standards": ({"designation": "TCVN ISO 9001:2015"},),
        "years": {
            2031: {
                "KH": {"BM-01": dt.date(2031, 2, 1)},
                "CN": {"BM-02": dt.date(2031, 12, 5)},
            }
        },
        "policy_versions": (
            {
                "version": "CSCL-2031/02",
                "approved_on": dt.date(2031, 1, 9),
                "points": ({"code": "CS9", "text": "Nhanh"},),
            },
        ),
        "contact": {"secretary": "Lý Thị Ba", "email": "iso@so.gov.vn"},
        "divisions": ({"code": "TC", "name": "Phòng Tổ chức", "kind": "phòng", "owes": ("BM-01", "BM-02")},),
    }
)


@pytest.mark.parametrize(
    "words",
    [
        "Sở Nội vụ, năm 2031",
        "| Phòng Tổ chức | Kế hoạch năm | 01/02 | 31/01 |",
        "| Phòng Tổ chức | Cả năm | 05/12 | 04/12 |",
        "phiên bản CSCL-2031/02, phê duyệt ngày 09/01/2031",
        "| CS9 | Nhanh |",
        "Thư ký ISO (Lý Thị Ba, iso@so.gov.vn)",
        "`inbox/TC/`",
        "05/06/2031",
    ],
)
def test_the_guide_speaks_of_the_settings_own_papers_dates_and_people(words: str) -> None:
    assert words in guide_text(OTHER)


@pytest.mark.parametrize("words", ["2019", "Sóc Trăng", "Công văn số 262", "images/", ".md)", "<!--", "{", "inbox/VP"])
def test_nothing_of_the_demo_is_left_in_it(words: str) -> None:
    assert words not in guide_text(OTHER)


def test_the_same_settings_give_the_same_word_file() -> None:
    made = [guide_bytes(guide_text(OTHER), "Hướng dẫn", "Lý Thị Ba", dt.date(2031, 1, 1)) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].startswith(b"PK")


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    place = tmp_path / "qms"
    assert main(["init", str(place), "--year", "2027"]) == 0
    assert main(["guide", "--workspace", str(place)]) == 0
    written = sorted(path.name for path in (place / "outbox" / "huong_dan").iterdir())
    assert written == ["Huong_dan_can_bo_2027.docx", "Huong_dan_can_bo_2027.md"]
