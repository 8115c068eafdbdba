"""Inspection of OLE files: .xls, cut, locked or something else."""

import struct
from pathlib import Path

import pytest
from intake_packages import (
    FIXTURES,
    refused,
    write_compound,
    written,
)

from pipeline.intake.file_kinds import FileKind, FileProblem, ReadFailure
from pipeline.intake.inspection import inspect


@pytest.mark.parametrize("name", ["form.xls", "long.xls"])
@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_cut_xls_is_truncated(tmp_path: Path, name: str, tenths: int) -> None:
    whole = (FIXTURES / name).read_bytes()
    cut = written(tmp_path / "cut.xls", whole[: len(whole) * tenths // 10])
    assert inspect(cut) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        (30, 77),  # the size of a sector
        (48, 99_999),  # where the directory begins
        (72, 99_999_999),  # how long the list of table sectors is
    ],
)
def test_an_xls_with_an_absurd_header_is_truncated(tmp_path: Path, offset: int, value: int) -> None:
    absurd = bytearray((FIXTURES / "form.xls").read_bytes())
    struct.pack_into("<H" if offset == 30 else "<I", absurd, offset, value)
    path = written(tmp_path / "form.xls", bytes(absurd))
    assert inspect(path) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)


@pytest.mark.parametrize(
    ("stream", "kind", "what"),
    [
        ("WordDocument", FileKind.OTHER_OFFICE, "doc"),
        ("PowerPoint Document", FileKind.OTHER_OFFICE, "ppt"),
        ("Catalog", FileKind.UNKNOWN, "ole"),
    ],
)
def test_other_compound_files_are_named(tmp_path: Path, stream: str, kind: FileKind, what: str) -> None:
    renamed = bytearray((FIXTURES / "form.xls").read_bytes())
    at = renamed.index("Workbook".encode("utf-16-le"))
    name = stream.encode("utf-16-le")
    renamed[at : at + 64] = name.ljust(64, b"\0")
    struct.pack_into("<H", renamed, at + 64, len(name) + 2)
    assert inspect(written(tmp_path / "form.xls", bytes(renamed))) == refused(kind, what)


def test_an_xls_whose_directory_goes_in_circles_is_truncated(tmp_path: Path) -> None:
    circular = bytearray((FIXTURES / "form.xls").read_bytes())
    (first_directory_sector,) = struct.unpack_from("<I", circular, 48)
    (first_table_sector,) = struct.unpack_from("<I", circular, 76)
    at = (first_table_sector + 1) * 512 + first_directory_sector * 4
    struct.pack_into("<I", circular, at, first_directory_sector)
    path = written(tmp_path / "form.xls", bytes(circular))
    assert inspect(path) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)


def test_a_large_xls_is_known_by_the_continued_list_of_its_table(tmp_path: Path) -> None:
    path = write_compound(tmp_path / "form.xls", "Workbook", table_sectors=120)
    assert inspect(path) == FileKind.XLS


def test_a_large_xls_that_lacks_its_end_is_truncated(tmp_path: Path) -> None:
    path = write_compound(tmp_path / "form.xls", "Workbook", table_sectors=120)
    path.write_bytes(path.read_bytes()[:-1024])
    assert inspect(path) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)


def test_an_xlsx_with_a_password_is_recognised() -> None:
    assert inspect(FIXTURES / "password.xlsx") == ReadFailure(FileProblem.PASSWORD, {}, FileKind.UNKNOWN)


@pytest.mark.parametrize("name", ["form.xls", "long.xls"])
def test_an_xls_with_a_password_is_recognised(tmp_path: Path, name: str) -> None:
    locked = bytearray((FIXTURES / name).read_bytes())
    after_bof = locked.index(bytes.fromhex("0908100000060500")) + 20
    struct.pack_into("<H", locked, after_bof, 0x2F)  # the record after BOF becomes FilePass
    path = written(tmp_path / "form.xls", bytes(locked))
    assert inspect(path) == ReadFailure(FileProblem.PASSWORD, {}, FileKind.XLS)


def test_an_xls_whose_stream_has_too_short_a_chain_is_truncated(tmp_path: Path) -> None:
    path = write_compound(tmp_path / "form.xls", "Workbook", table_sectors=1)
    short = bytearray(path.read_bytes())
    table = 512 + 2 * 512
    struct.pack_into("<I", short, table + 3 * 4, 0xFFFFFFFE)  # the chain of the stream ends where it begins
    assert inspect(written(path, bytes(short))) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)


def test_an_xls_whose_chain_leads_out_of_the_table_is_truncated(tmp_path: Path) -> None:
    path = write_compound(tmp_path / "form.xls", "Workbook", table_sectors=1)
    astray = bytearray(path.read_bytes())
    table = 512 + 2 * 512
    struct.pack_into("<I", astray, table + 3 * 4, 5_000)
    assert inspect(written(path, bytes(astray))) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)


def test_an_xls_whose_directory_points_nowhere_is_truncated(tmp_path: Path) -> None:
    path = write_compound(tmp_path / "form.xls", "Workbook", table_sectors=1)
    astray = bytearray(path.read_bytes())
    struct.pack_into("<I", astray, 512 + 76, 44)  # the root's child, of two entries and two empty ones
    assert inspect(written(path, bytes(astray))) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.XLS)
