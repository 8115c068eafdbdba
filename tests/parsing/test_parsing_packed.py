"""What is parsed where it is read, and kept packed, is what is parsed here; cells are kept of neither."""

import datetime as dt
import pickle
import zlib
from pathlib import Path

import pytest
from parsing_desk import whole
from rules_bases import BASES
from rules_settings import SETTINGS

from pipeline.findings import Verdict
from pipeline.intake.file_kinds import DEFAULT_LIMITS, FileProblem, RawWorkbook, ReadFailure
from pipeline.intake.worker import read_workbook
from pipeline.intake.workers import Workers
from pipeline.judging import reading
from pipeline.judging.reading import Submission, read, read_and_parse, read_submissions, unpacked

PACKED_SETTINGS = zlib.compress(pickle.dumps(SETTINGS))


@pytest.fixture
def forms(tmp_path: Path) -> list[Submission]:
    """The valid forms, the directory, which no division sends, and a file that is no workbook, on their way."""
    contents = [*map(whole, sorted(BASES)), b"Danh sach"]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return [Submission(key, path, dt.datetime(2019, 6, 3, 8)) for key, path in enumerate(paths)]


def test_many_files_are_parsed_in_workers_to_what_few_are_parsed_to_here(
    forms: list[Submission], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = list(read_submissions(forms, SETTINGS, Workers(1)))
    monkeypatch.setattr(reading, "_WORTH_A_PARSER", 1)
    there = list(read_submissions(forms, SETTINGS, Workers(2)))
    assert [one.parsed for one in there] == [None] * len(forms)
    assert [one.opened() for one in there] == here
    assert [one.verdict for one in here if not one.is_open] == [Verdict.NOT_A_FORM] * 2


def test_no_cell_is_kept_of_what_was_parsed(forms: list[Submission]) -> None:
    parsed = [one.parsed for one in read_submissions(forms, SETTINGS, Workers(1)) if one.parsed]
    assert parsed
    assert not any(located.raw.cells for form in parsed for located in form.addresses.maps.values())


def test_a_packed_form_is_a_tenth_of_its_cells(forms: list[Submission]) -> None:
    answer = read_and_parse(forms[0].path, DEFAULT_LIMITS, PACKED_SETTINGS)
    assert isinstance(answer, bytes)
    assert len(answer) < len(pickle.dumps(read_workbook(forms[0].path))) / 10


def test_what_cannot_be_read_comes_back_as_it_is(forms: list[Submission]) -> None:
    answer = read_and_parse(forms[-1].path, DEFAULT_LIMITS, PACKED_SETTINGS)
    assert isinstance(answer, ReadFailure)
    assert answer.problem is FileProblem.NOT_A_WORKBOOK


def test_a_file_on_which_our_code_fails_comes_back_to_fail_aloud(
    forms: list[Submission], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(reading, "recognised", fails)
    answer = read_and_parse(forms[0].path, DEFAULT_LIMITS, PACKED_SETTINGS)
    assert isinstance(answer, RawWorkbook)
    broken = read(forms[0], answer, SETTINGS)
    assert (broken.verdict, [finding.code for finding in broken.findings]) == (Verdict.INTERNAL_FAULT, ["Z901"])
    assert "internal fault on 0.xlsx" in caplog.text


def test_a_packed_submission_keeps_whose_it_is(forms: list[Submission]) -> None:
    answer = read_and_parse(forms[0].path, DEFAULT_LIMITS, PACKED_SETTINGS)
    assert isinstance(answer, bytes)
    opened = unpacked(forms[0], answer)
    assert (opened.key, opened.path, opened.arrived_at) == (0, forms[0].path, forms[0].arrived_at)
