"""The covering report as it is printed: three pages at most, the last one holding more than the signature (m11)."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from covering_samples import demo_committee, paper_of

from pipeline.consolidation import Committee
from pipeline.letters.report import report_text
from pipeline.letters.report_results import TableText
from pipeline.letters.room import ROOMS, is_enough


@pytest.fixture(scope="module")
def committee() -> Committee:
    return demo_committee()


def test_what_has_no_room_is_counted_and_stands_in_the_workbook(committee: Committee) -> None:
    """m11: of six missed objectives four are told in full."""
    text = report_text(committee)
    blocks = [block for section in text.sections for block in section.blocks]
    assert is_enough((text.opening, text.closing), blocks)
    tables = [block for block in blocks if isinstance(block, TableText)]
    left = len(committee.unmet) - len(tables[-1].rows)
    assert f"Còn {left:02d} mục tiêu không đạt khác, xem trang 4 của Bảng tổng hợp." in blocks


def test_a_report_of_any_length_is_tried_from_the_fullest_on() -> None:
    assert sorted(ROOMS, reverse=True) == list(ROOMS)


@pytest.mark.libreoffice
def test_it_is_printed_on_three_pages_that_end_well(committee: Committee, soffice: Path, tmp_path: Path) -> None:
    """m11: no heading alone at a foot; the last page holds more than a sentence and the signature."""
    (tmp_path / "bao_cao.docx").write_bytes(paper_of(committee))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    task = [str(soffice), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), "bao_cao.docx"]
    subprocess.run(task, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    if not (tmp_path / "bao_cao.pdf").is_file() or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice Writer or pdftotext is not here")
    read = ["pdftotext", "-layout", str(tmp_path / "bao_cao.pdf"), "-"]
    printed = subprocess.run(read, check=True, capture_output=True, timeout=60).stdout.decode()
    pages = [
        [line.strip() for line in page.splitlines() if line.strip()] for page in printed.split("\f") if page.strip()
    ]
    assert len(pages) <= 3
    assert all(not re.match(r"[IVX]+\. ", page[-2]) for page in pages)
    until_signed = next(place for place, line in enumerate(pages[-1]) if "Nơi nhận" in line)
    assert until_signed > 6
