"""``qms coach``: sentences from arguments, standard input or a workbook; plain words, or one JSON object a line."""

import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pipeline.cli import main
from pipeline.findings import entry_of

KEYS = [
    *("text", "measurable", "comparator", "targets", "unit", "deadline", "vague_terms", "indicator"),
    *("findings", "proposal"),
]
GOOD = "Giải quyết đúng hạn ít nhất 95% hồ sơ trước ngày 10/6/2019"
BAD = "Nâng cao chất lượng phục vụ người bệnh"
Output = pytest.CaptureFixture[str]


def _json(capsys: Output, *arguments: str) -> list[dict[str, object]]:
    assert main(["coach", "--json", "--year", "2019", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_json_object_a_sentence(capsys: Output) -> None:
    good, bad = _json(capsys, GOOD, BAD)
    assert [key for key in KEYS if key not in good] == []
    assert {name: good[name] for name in KEYS[:8]} == {
        "text": GOOD,
        "measurable": True,
        "comparator": ">=",
        "targets": [95],
        "unit": "%",
        "deadline": "2019-06-10",
        "vague_terms": [],
        "indicator": "Tỷ lệ hồ sơ được giải quyết đúng hạn",
    }
    assert good["proposal"] == {
        "statement": GOOD,
        "indicator": "Tỷ lệ hồ sơ được giải quyết đúng hạn",
        "measure": "tỷ lệ",
        "comparator": "ít nhất",
        "target": 95,
        "unit": "%",
        "baseline": "chưa có số liệu",
        "method": "Tử số: số hồ sơ được giải quyết đúng hạn; mẫu số: tổng số hồ sơ",
        "frequency": "quý",
        "due_on": "2019-06-09",
    }
    assert (bad["measurable"], bad["comparator"], bad["targets"], bad["proposal"]) == (False, None, [], {})
    assert bad["vague_terms"] == ["nâng cao"]


def test_findings_bear_the_codes_and_words_of_the_catalogue(capsys: Output) -> None:
    good, bad = _json(capsys, "Phấn đấu giải quyết đúng hạn ít nhất 95% hồ sơ", BAD)
    assert good["findings"] == [
        {
            "code": "M514",
            "severity": "warning",
            "found": "Phấn đấu",
            "problem": "“Phấn đấu” là từ ngữ chung chung, không đo lường được.",
            "fix": entry_of("M514").fix,
        }
    ]
    assert [(one["code"], one["severity"]) for one in bad["findings"]] == [("M501", "error")]  # type: ignore[attr-defined]


def test_standard_input_is_read_line_by_line(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"\ufeff{GOOD}\n\n{BAD}\r\n"))
    assert [one["measurable"] for one in _json(capsys)] == [True, False]


def test_a_blank_form_has_no_sentence_and_a_filled_one_its_statements(capsys: Output, tmp_path: Path) -> None:
    template = Path(__file__).parents[2] / "templates_xlsx" / "BM-01_Muc_tieu_va_ke_hoach.xlsx"
    assert _json(capsys, str(template)) == []
    workbook = openpyxl.load_workbook(template)
    sheet = workbook["Mục tiêu"]
    header = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("Nội dung mục tiêu"))
    sheet.cell(header.row + 1, header.column, GOOD)
    sheet.cell(header.row + 3, header.column, BAD)
    workbook.save(tmp_path / "BM-01.xlsx")
    assert [one["text"] for one in _json(capsys, str(tmp_path / "BM-01.xlsx"))] == [GOOD, BAD]


def test_of_another_workbook_the_column_of_sentences_is_read(capsys: Output, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for row in [("TT", "Mục tiêu", "Phòng"), (1, GOOD, "Văn phòng Sở Lao động tỉnh"), (2, BAD, "VP")]:
        workbook.active.append(row)
    workbook.save(tmp_path / "so.xlsx")
    assert [one["text"] for one in _json(capsys, str(tmp_path / "so.xlsx"))] == [GOOD, BAD]


def test_people_are_told_why_and_how_to_write_it(capsys: Output) -> None:
    assert main(["coach", "--year", "2019", GOOD, BAD]) == 0
    said = capsys.readouterr().out
    assert "Đo lường được: có mức phải đạt “95%”" in said
    assert "Chỉ số đo lường: Tỷ lệ hồ sơ được giải quyết đúng hạn" in said
    assert "Thời hạn: 09/06/2019" in said
    assert "Chưa đo lường được" in said
    assert f"[M501] “{BAD}” chưa có căn cứ để cuối năm kết luận" in said
    assert "hài lòng về chất lượng phục vụ người bệnh" in said


@pytest.mark.parametrize(("name", "code"), [("khong_co.xlsx", "E809"), ("hong.xlsx", "E822")])
def test_a_workbook_that_cannot_be_read_is_the_operators_matter(
    name: str, code: str, capsys: Output, tmp_path: Path
) -> None:
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert main(["coach", str(tmp_path / name)]) == 3
    assert capsys.readouterr().err.startswith(code)


def test_a_sentence_imports_nothing_of_frames_to_be_read() -> None:
    script = "import sys, pipeline.measurability; sys.exit('pandas' in sys.modules or 'pandera' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
