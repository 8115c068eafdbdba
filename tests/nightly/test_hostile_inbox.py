"""Files that would break a reader, in one inbox with the demo's forms: each gets its verdict, no other is touched."""

import datetime as dt
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.nightly import run_night
from pipeline.workspace import Workspace

NIGHT = dt.datetime(2019, 6, 10, 0, 5)
PASSWORD = Path(__file__).parents[1] / "intake" / "fixtures" / "password.xlsx"
ZEROS = 2 << 30
DIVISIONS = ("GDNN", "KHTC", "VP")
"""They sent each form, one that was returned, and a workbook that is no form."""


def _zip_of_zeros(path: Path) -> None:
    """A zip with one entry of 2 GB of zeros: one deflated megabyte, repeated, so that it is made at once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = bytes(1 << 20)
    body = bytearray(packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    again = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    body += again * (ZEROS // len(megabyte) - 1) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    info = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    _append_raw(path, info, bytes(body))


def _append_raw(path: Path, info: zipfile.ZipInfo, deflated: bytes) -> None:
    with zipfile.ZipFile(path, "a", allowZip64=True) as archive:
        info.header_offset = archive.start_dir
        info.file_size, info.compress_size = ZEROS, len(deflated)
        info.CRC = 0
        assert archive.fp is not None
        archive.fp.seek(archive.start_dir)
        archive.fp.write(info.FileHeader(zip64=False))
        archive.fp.write(deflated)
        archive.start_dir = archive.fp.tell()
        archive.filelist.append(info)
        archive.NameToInfo[info.filename] = info
        archive._didModify = True  # type: ignore[attr-defined]


def _far_cell(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_string("A1", "x")
        sheet.write_string("XFD1048576", "x")


def _hostile(inbox: Path) -> dict[str, tuple[str, str]]:
    """Put the files into the inbox; path to the verdict and code that each must get."""
    form = next((inbox / "VP").glob("BM-01*.xlsx")).read_bytes()
    (inbox / "rong.xlsx").write_bytes(b"")
    (inbox / "cat_ngan.xlsx").write_bytes(form[: len(form) // 2])
    (inbox / "mat_khau.xlsx").write_bytes(PASSWORD.read_bytes())
    _zip_of_zeros(inbox / "toan_so_khong.xlsx")
    _far_cell(inbox / "o_rat_xa.xlsx")
    (inbox / "van_ban.xlsx").write_text("Đây là văn bản thuần, không phải Excel.\n", encoding="utf-8")
    return {
        "rong.xlsx": ("unreadable", "F101"),
        "cat_ngan.xlsx": ("unreadable", "F102"),
        "mat_khau.xlsx": ("unreadable", "F103"),
        "toan_so_khong.xlsx": ("unreadable", "F104"),
        "o_rat_xa.xlsx": ("unreadable", "F105"),
        "van_ban.xlsx": ("not_a_form", "F106"),
    }


def _told(workspace: Workspace) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Path to verdict and findings (code, cell)."""
    query = "SELECT a.path, s.verdict, s.submission_id FROM submission s JOIN arrival a USING (arrival_id)"
    findings = "SELECT code, cell FROM finding WHERE submission_id = ? ORDER BY position"
    with sqlite3.connect(workspace.ledger_file) as connection:
        return {
            path: (verdict, tuple(connection.execute(findings, (submission_id,)).fetchall()))
            for path, verdict, submission_id in connection.execute(query).fetchall()
        }


@pytest.mark.usefixtures("nothing_is_drawn")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_each_gets_its_verdict_and_every_other_file_is_judged_as_without_them(
    fresh_with_inbox: Callable[..., Workspace],
) -> None:
    without, among = (fresh_with_inbox(name, *DIVISIONS) for name in ("without", "among"))
    expected = _hostile(among.inbox)

    run_night(without, NIGHT)
    report = run_night(among, NIGHT)

    told = _told(among)
    assert {path: (told[path][0], told[path][1][0][0]) for path in expected} == expected
    assert {path: one for path, one in told.items() if path not in expected} == _told(without)
    assert report.verdicts["internal_fault"] == 0
    for path in expected:
        assert list((among.outbox / "phan_hoi" / "_chua_ro_phong").glob(f"{Path(path).stem}__*.xlsx")), path
