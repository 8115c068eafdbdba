"""Inspection: the kind comes from the content, never from the name."""

import os
import sys
from pathlib import Path

import pytest
from intake_packages import (
    FIXTURES,
    ONE_CELL,
    refused,
    workbook_parts,
    write_open_document,
    write_parts,
    write_workbook,
    written,
)

from pipeline.intake.file_kinds import FileKind, FileProblem, Limits, ReadFailure
from pipeline.intake.inspection import inspect

MACRO_TYPES = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'


def test_a_workbook_is_known_whatever_its_name_says(tmp_path: Path) -> None:
    assert inspect(write_workbook(tmp_path / "report.docx", ONE_CELL)) == FileKind.XLSX


def test_a_workbook_with_backslashes_in_its_part_names_is_known(tmp_path: Path) -> None:
    parts = {name.replace("/", "\\"): part for name, part in workbook_parts(ONE_CELL).items()}
    assert inspect(write_parts(tmp_path / "form.xlsx", parts)) == FileKind.XLSX


def test_a_workbook_with_macros_is_known(tmp_path: Path) -> None:
    parts = workbook_parts(ONE_CELL) | {"[Content_Types].xml": MACRO_TYPES}
    assert inspect(write_parts(tmp_path / "form.xlsx", parts)) == FileKind.XLSM


def test_a_binary_workbook_is_known(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "form.xlsx", {"[Content_Types].xml": "", "xl/workbook.bin": ""})
    assert inspect(path) == FileKind.XLSB


@pytest.mark.parametrize(
    ("name", "kind"), [("form.xls", FileKind.XLS), ("long.xls", FileKind.XLS), ("form.ods", FileKind.ODS)]
)
def test_other_workbooks_are_known(name: str, kind: FileKind) -> None:
    assert inspect(FIXTURES / name) == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.docx", refused(FileKind.OTHER_OFFICE, "docx")),
        ("form.pdf", refused(FileKind.PDF, "pdf")),
    ],
)
def test_other_documents_are_no_workbooks(name: str, expected: ReadFailure) -> None:
    assert inspect(FIXTURES / name) == expected


@pytest.mark.parametrize(
    ("content", "kind", "what"),
    [
        (b"TT;Ch\xe1\xbb\x89 ti\xc3\xaau\r\n1;95%\r\n", FileKind.TEXT, "text"),
        ("TT;Chỉ tiêu".encode("utf-16"), FileKind.TEXT, "text"),
        (b"TT;Ch\xd8 ti\xaau\n", FileKind.TEXT, "text"),  # TCVN3
        (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', FileKind.TEXT, "html"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            FileKind.TEXT,
            "xml_spreadsheet",
        ),
        (b'<?xml version="1.0"?><data/>', FileKind.TEXT, "xml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", FileKind.TEXT, "mhtml"),
        (b'<?xml version="1.0"?><office:document xmlns:office="urn:x">', FileKind.TEXT, "fods"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", FileKind.IMAGE, "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.IMAGE, "jpeg"),
        (b"Rar!\x1a\x07\x01\x00", FileKind.ARCHIVE, "rar"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", FileKind.ARCHIVE, "7z"),
        (b"BM-01;M\xe1\xbb\xa5c ti\xc3\xaau", FileKind.TEXT, "text"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00", FileKind.IMAGE, "bmp"),
        (b"PK\x05\x06" + bytes(18), FileKind.ARCHIVE, "zip"),
        (b"{\\rtf1\\ansi", FileKind.OTHER_OFFICE, "rtf"),
        (b"\x01\x02\x03\x04", FileKind.UNKNOWN, "unknown"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path: Path, content: bytes, kind: FileKind, what: str) -> None:
    assert inspect(written(tmp_path / "form.xlsx", content)) == refused(kind, what)


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("ppt/presentation.xml", "pptx"),
        ("Index/Document.iwa", "numbers"),
    ],
)
def test_other_packages_are_named(tmp_path: Path, part: str, what: str) -> None:
    assert inspect(write_parts(tmp_path / "form.xlsx", {part: ""})) == refused(FileKind.OTHER_OFFICE, what)


def test_an_open_document_text_is_no_workbook(tmp_path: Path) -> None:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}
    assert inspect(write_parts(tmp_path / "form.ods", parts)) == refused(FileKind.OTHER_OFFICE, "odt")


def test_a_zip_of_workbooks_says_how_many_it_holds(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "forms.zip", {"BM-01.xlsx": "", "cu/BM-03.XLS": "", "ghi chu.txt": ""})
    assert inspect(path) == refused(FileKind.ARCHIVE, "zip", workbooks_inside=2)


def test_a_file_of_no_bytes_is_empty(tmp_path: Path) -> None:
    path = written(tmp_path / "form.xlsx", b"")
    assert inspect(path) == ReadFailure(FileProblem.EMPTY, {}, FileKind.EMPTY)


def test_a_file_of_zeros_never_arrived(tmp_path: Path) -> None:
    path = written(tmp_path / "form.xlsx", bytes(9_000))
    assert inspect(path) == ReadFailure(FileProblem.TRUNCATED, {}, FileKind.UNKNOWN)


def test_an_ods_with_a_password_is_recognised(tmp_path: Path) -> None:
    path = write_open_document(tmp_path / "form.ods", "", "<m:encryption-data/>")
    assert inspect(path) == ReadFailure(FileProblem.PASSWORD, {}, FileKind.ODS)


def test_a_file_over_the_size_limit_is_not_looked_into(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "form.xlsx", ONE_CELL)
    size = path.stat().st_size
    facts = {"bytes": size, "limit": size - 1}
    expected = ReadFailure(FileProblem.TOO_LARGE, facts, FileKind.UNKNOWN)
    assert inspect(path, Limits(max_bytes=size - 1)) == expected


def test_a_missing_file_has_vanished(tmp_path: Path) -> None:
    assert inspect(tmp_path / "form.xlsx") == ReadFailure(FileProblem.VANISHED, {}, FileKind.UNKNOWN)


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="root may read everything, and Windows has no such mode",
)
def test_a_file_without_permission_is_told_so(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "form.xlsx", ONE_CELL)
    path.chmod(0)
    assert inspect(path).problem is FileProblem.PERMISSION


@pytest.mark.parametrize(
    ("error", "problem", "reason"),
    [
        (PermissionError(13, "denied"), FileProblem.PERMISSION, "EACCES"),
        (OSError(5, "input/output error"), FileProblem.UNREADABLE, "EIO"),
    ],
)
def test_what_the_system_refuses_is_a_result(
    monkeypatch: pytest.MonkeyPatch, error: OSError, problem: FileProblem, reason: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    assert inspect(Path("form.xlsx")) == ReadFailure(problem, {"reason": reason}, FileKind.UNKNOWN)
