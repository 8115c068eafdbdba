"""Inspection of zips: nothing hostile gets past it or costs much."""

import struct
import time
import zipfile
from pathlib import Path

import pytest
from intake_packages import (
    ONE_CELL,
    workbook_parts,
    write_parts,
    write_workbook,
    write_zeros,
    written,
)

from pipeline.intake.file_kinds import MEBIBYTE, FileKind, FileProblem, Limits, ReadFailure
from pipeline.intake.inspection import inspect


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_cut_xlsx_is_truncated(tmp_path: Path, tenths: int) -> None:
    whole = write_workbook(tmp_path / "form.xlsx", ONE_CELL).read_bytes()
    cut = written(tmp_path / "cut.xlsx", whole[: len(whole) * tenths // 10])
    assert inspect(cut).problem is FileProblem.TRUNCATED


def test_a_cut_xlsx_that_ends_in_a_whole_inner_zip_is_truncated(tmp_path: Path) -> None:
    inner = write_workbook(tmp_path / "inner.xlsx", ONE_CELL).read_bytes()
    outer = tmp_path / "outer.xlsx"
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_STORED) as package:
        package.writestr("xl/embeddings/inner.xlsx", inner)
    whole = outer.read_bytes()
    cut = written(tmp_path / "cut.xlsx", whole[: whole.index(inner) + len(inner)])
    assert inspect(cut) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLSX)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    parts = workbook_parts(ONE_CELL) | {f"xl/{number}": "" for number in range(10)}
    path = write_parts(tmp_path / "form.xlsx", parts)
    expected = ReadFailure(FileProblem.TOO_MANY_ENTRIES, {"entries": 15, "limit": 10}, FileKind.ARCHIVE)
    assert inspect(path, Limits(max_entries=10)) == expected


def test_too_many_entries_are_refused_when_the_end_record_hides_them(tmp_path: Path) -> None:
    parts = workbook_parts(ONE_CELL) | {f"xl/{number}": "" for number in range(10)}
    hidden = bytearray(write_parts(tmp_path / "form.xlsx", parts).read_bytes())
    struct.pack_into("<HH", hidden, hidden.rindex(b"PK\x05\x06") + 8, 1, 1)
    path = written(tmp_path / "hidden.xlsx", bytes(hidden))
    assert inspect(path, Limits(max_entries=10)).problem is FileProblem.TOO_MANY_ENTRIES


def test_a_directory_of_half_a_million_entries_is_refused_at_once(tmp_path: Path) -> None:
    entry = b"PK\x01\x02" + bytes(42)
    directory = entry * 400_000
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(directory), 4, 0)
    path = written(tmp_path / "form.xlsx", b"PK\x03\x04" + directory + end)
    started = time.perf_counter()
    assert inspect(path).problem is FileProblem.TOO_MANY_ENTRIES
    assert time.perf_counter() - started < 0.5


def test_two_gigabytes_of_zeros_are_refused_at_once(tmp_path: Path) -> None:
    path = write_zeros(tmp_path / "form.xlsx", 2048, declared=2048 * MEBIBYTE)
    facts = {"inflated": 2048 * MEBIBYTE, "limit": 200 * MEBIBYTE}
    started = time.perf_counter()
    assert inspect(path) == ReadFailure(FileProblem.INFLATES_TOO_MUCH, facts, FileKind.ARCHIVE)
    assert time.perf_counter() - started < 0.5


def test_a_zip_that_understates_its_size_is_found_out_by_counting(tmp_path: Path) -> None:
    path = write_zeros(tmp_path / "form.xlsx", 2048, declared=10)
    counted = inspect(path, Limits(max_inflated=20 * MEBIBYTE))
    assert counted.problem is FileProblem.INFLATES_TOO_MUCH
    assert 20 * MEBIBYTE < int(counted.facts["inflated"]) <= 22 * MEBIBYTE


def test_a_large_honest_workbook_passes(tmp_path: Path) -> None:
    path = write_zeros(tmp_path / "form.xlsx", 16, declared=16 * MEBIBYTE)
    assert inspect(path, Limits(max_inflated=16 * MEBIBYTE)) == FileKind.XLSX


@pytest.mark.parametrize(
    ("entries", "expected"),
    [(5, FileKind.XLSX), (5_000, None)],
)
def test_the_number_of_entries_is_read_from_a_zip64_too(
    tmp_path: Path, entries: int, expected: FileKind | None
) -> None:
    plain = write_workbook(tmp_path / "form.xlsx", ONE_CELL).read_bytes()
    end = plain.rindex(b"PK\x05\x06")
    size, offset = struct.unpack_from("<LL", plain, end + 12)
    record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    short = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path = written(tmp_path / "zip64.xlsx", plain[:end] + record + locator + short)
    facts = {"entries": entries, "limit": 2_000}
    too_many = ReadFailure(FileProblem.TOO_MANY_ENTRIES, facts, FileKind.ARCHIVE)
    assert inspect(path) == (expected or too_many)


def test_a_broken_central_directory_is_truncated(tmp_path: Path) -> None:
    broken = write_workbook(tmp_path / "form.xlsx", ONE_CELL).read_bytes().replace(b"PK\x01\x02", b"PK\x01\x03")
    path = written(tmp_path / "broken.xlsx", broken)
    assert inspect(path) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLSX)


def test_damaged_content_types_are_left_to_the_reader(tmp_path: Path) -> None:
    damaged = bytearray(write_workbook(tmp_path / "form.xlsx", ONE_CELL).read_bytes())
    at = damaged.index(b"[Content_Types].xml") + len(b"[Content_Types].xml")
    damaged[at : at + 4] = b"\xff\xff\xff\xff"
    assert inspect(written(tmp_path / "damaged.xlsx", bytes(damaged))) == FileKind.XLSX


def test_damaged_entries_are_counted_as_far_as_they_go(tmp_path: Path) -> None:
    damaged = bytearray(write_workbook(tmp_path / "form.xlsx", ONE_CELL).read_bytes())
    at = damaged.index(b"[Content_Types].xml") + len(b"[Content_Types].xml")
    damaged[at : at + 4] = b"\xff\xff\xff\xff"
    limits = Limits(max_inflated=3_000)
    assert inspect(written(tmp_path / "damaged.xlsx", bytes(damaged)), limits) == FileKind.XLSX


def test_stored_entries_are_counted_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        package.writestr("xl/workbook.xml", bytes(3_000))
    assert inspect(path, Limits(max_inflated=3_000)) == FileKind.XLSX
