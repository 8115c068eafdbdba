"""The covering report as it is printed: three pages at most, the last one holding more than the signature (m11)."""

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from covering_lengths import LENGTHS, SHORT
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


def _printed(papers: Mapping[str, bytes], soffice: Path, folder: Path) -> dict[str, list[list[str]]]:
    """The lines of each page of each paper, as LibreOffice Writer prints them all at once."""
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(paper)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    task = [str(soffice), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    files = [f"{name}.docx" for name in papers]
    subprocess.run([*task, *files], check=True, capture_output=True, timeout=280, cwd=folder)
    if not all((folder / f"{name}.pdf").is_file() for name in papers) or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice Writer or pdftotext is not here")
    return {name: _pages(folder / f"{name}.pdf") for name in papers}


def _pages(pdf: Path) -> list[list[str]]:
    read = ["pdftotext", "-layout", str(pdf), "-"]
    printed = subprocess.run(read, check=True, capture_output=True, timeout=60).stdout.decode()
    return [
        [line.strip() for line in page.splitlines() if line.strip()] for page in printed.split("\f") if page.strip()
    ]


@pytest.mark.libreoffice
def test_it_is_printed_on_three_pages_that_end_well(committee: Committee, soffice: Path, tmp_path: Path) -> None:
    """m11: no heading alone at a foot; the last page holds more than a sentence and the signature."""
    pages = _printed({"bao_cao": paper_of(committee)}, soffice, tmp_path)["bao_cao"]
    assert len(pages) <= 3
    assert all(not re.match(r"[IVX]+\. ", page[-2]) for page in pages)
    until_signed = next(place for place, line in enumerate(pages[-1]) if "Nơi nhận" in line)
    assert until_signed > 6


@pytest.mark.libreoffice
def test_nothing_and_texts_in_capitals_take_three_pages_at_most(soffice: Path, tmp_path: Path) -> None:
    _hold_three_pages(SHORT, soffice, tmp_path)


@pytest.mark.long
@pytest.mark.libreoffice
def test_a_report_of_any_length_takes_three_pages_at_most(soffice: Path, tmp_path: Path) -> None:
    assert len({**SHORT, **LENGTHS}) >= 12
    _hold_three_pages(LENGTHS, soffice, tmp_path)


def _hold_three_pages(lengths: Mapping[str, Callable[[], Committee]], soffice: Path, folder: Path) -> None:
    papers = {name: paper_of(make()) for name, make in lengths.items()}
    counts = {name: len(pages) for name, pages in _printed(papers, soffice, folder).items()}
    assert {name: count for name, count in counts.items() if count > 3} == {}


def test_in_the_last_rooms_long_sentences_and_titles_are_cut_and_say_so() -> None:
    """What is asked of the committee is never cut."""
    committee = LENGTHS["capitals at length"]()
    text = report_text(committee)
    longest = [block for section in text.sections for block in section.blocks if isinstance(block, str)]
    assert any("…" in block for block in longest)
    assert all("Đề nghị" in item for item in text.sections[-1].blocks if isinstance(item, str))
