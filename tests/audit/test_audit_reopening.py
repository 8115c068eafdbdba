"""The second reader opens archived bytes in a worker: what it cannot survive ends the worker, and is told."""

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.audit import reopening
from pipeline.audit.reopening import NotOpened, Reopening, Unopened
from pipeline.spreadsheet import RawWorkbook
from pipeline.wording import say

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))

from intake_packages import FIXTURES, workbook_parts, write_parts

FORM = FIXTURES / "form.ods"


@pytest.fixture
def second_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reopening]:
    """With less time than an audit has."""
    monkeypatch.setattr(reopening, "_LIMITS", replace(reopening._LIMITS, seconds=1))
    with Reopening() as opened:
        yield opened


def kept(folder: Path, content: bytes) -> str:
    """The hash under which these bytes lie in the archive."""
    sha256 = hashlib.sha256(content).hexdigest()
    (folder / f"{sha256}.xlsx").write_bytes(content)
    return sha256


def test_a_form_is_read_again(second_reader: Reopening, tmp_path: Path) -> None:
    assert isinstance(second_reader.read(tmp_path, kept(tmp_path, FORM.read_bytes())), RawWorkbook)


def test_bytes_of_another_hash_are_not_opened(second_reader: Reopening, tmp_path: Path) -> None:
    sha256 = kept(tmp_path, FORM.read_bytes())
    (tmp_path / f"{sha256}.xlsx").write_bytes(b"PK\x03\x04")
    assert second_reader.read(tmp_path, sha256) == NotOpened(Unopened.UNTRUSTED)
    assert second_reader.read(tmp_path, "0" * 64) == NotOpened(Unopened.UNTRUSTED)


def test_what_keeps_the_second_reader_busy_for_ever_ends_its_process_and_no_other(
    second_reader: Reopening, tmp_path: Path
) -> None:
    write_parts(tmp_path / "bomb", workbook_parts("<row>" + "<c/>" * 8_000_000 + "</row>"))
    used = os.times()
    told = second_reader.read(tmp_path, kept(tmp_path, (tmp_path / "bomb").read_bytes()))
    assert os.times().user - used.user < 1
    assert told in [
        NotOpened(Unopened.DAMAGED, say(f"files.problem.{problem}")) for problem in ("timed_out", "out_of_memory")
    ]
    assert isinstance(second_reader.read(tmp_path, kept(tmp_path, FORM.read_bytes())), RawWorkbook)


def test_a_slip_of_the_second_reader_is_told_of_the_file_that_it_was_made_over(
    second_reader: Reopening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reopening, "reopened", int)  # no such call in the worker either
    said = say("files.problem.internal_fault")
    assert second_reader.read(tmp_path, "0" * 64) == NotOpened(Unopened.DAMAGED, said)
