"""Are ordinary workbooks refused for their structure? `python bench/ordinary_workbooks.py [folder]`.

Makes some 600 workbooks with openpyxl, XlsxWriter, SheetJS, exceljs, Apache POI, LibreOffice and Gnumeric: plain,
styled, with pictures, comments, merged cells, tables, many sheets, inline and shared texts, ZIP64, as streams with data
descriptors; every one must be read. What is not installed is left out aloud: node with the npm packages xlsx and
exceljs (NODE_PATH), java with the jars of POI (QMS_POI_CLASSPATH), soffice, ssconvert.
"""

import datetime as dt
import io
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from pipeline.intake.file_kinds import ReadFailure
from pipeline.intake.worker import read_workbook

WRITERS = Path(__file__).parent / "writers"
OF_PYTHON, OF_OTHERS = 110, 80
DAY = dt.date(2019, 6, 9)


def picture() -> io.BytesIO:
    """A picture of one red point."""
    header = struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff\0\0")), (b"IEND", b""))
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">L", len(of)) + kind + of + struct.pack(">L", zlib.crc32(kind + of)) for kind, of in chunks
        )
    )


def with_openpyxl(path: Path, number: int) -> None:
    """Save one workbook with openpyxl; every seventh is written as a stream."""
    workbook = openpyxl.Workbook(write_only=number % 7 == 6)
    for page in range(number % 4 + 1):
        sheet = workbook.create_sheet(f"Trang {page + 1}")
        for row in range(3 + number % 25):
            sheet.append((f"Mục tiêu {row} & <b>", row / 7, DAY, row % 2 == 0, "=1+1"))
        if number % 7 == 6:
            continue
        if number % 3 == 0:
            sheet.merge_cells("H1:I2")
        if number % 5 == 0:
            sheet["A1"].comment = Comment("ghi chú", "qms")
        if number % 6 == 0:
            sheet.append(("a", "b"))
            sheet.add_table(Table(displayName=f"Bang{page}", ref="P1:Q3"))
            sheet["P1"], sheet["Q1"] = "a", "b"
    workbook.save(path)


def with_xlsxwriter(path: Path, number: int) -> None:
    """Save one workbook with XlsxWriter: in memory, as a stream, with ZIP64, with dates from 1904."""
    options = {"constant_memory": number % 3 == 1, "in_memory": number % 2 == 0, "date_1904": number % 11 == 0}
    with xlsxwriter.Workbook(path, options) as workbook:
        if number % 4 == 3:
            workbook.use_zip64()
        day, bold = workbook.add_format({"num_format": "dd/mm/yyyy"}), workbook.add_format({"bold": True})
        for page in range(number % 4 + 1):
            sheet = workbook.add_worksheet(f"Trang {page + 1}")
            for row in range(3 + number % 25):
                sheet.write_row(row, 0, [f"Mục tiêu {row} & <b>", row / 7])
                sheet.write_datetime(row, 2, DAY, day)
                sheet.write_boolean(row, 3, row % 2 == 0)
                sheet.write_formula(row, 4, "=1/0", None, "#DIV/0!")
            if number % 3 == 0:
                sheet.merge_range("H1:I2", "gộp", bold)
                sheet.write_comment("A1", "ghi chú")
                sheet.write_rich_string("K1", "một ", bold, "hai")
            if number % 4 == 0:
                sheet.insert_image("L1", "do.png", {"image_data": picture()})
            if number % 6 == 0:
                sheet.add_table("P1:Q4", {"data": [["x", 1], ["y", 2]]})


def run(program: str, *arguments: object) -> None:
    """Run one of the programs."""
    found = shutil.which(program) or program
    subprocess.run([found, *map(str, arguments)], check=True, capture_output=True)  # noqa: S603 - our own arguments


def by_python(folder: Path) -> None:
    """Save the workbooks of the two writers at hand."""
    for number in range(OF_PYTHON):
        with_openpyxl(folder / f"openpyxl_{number}.xlsx", number)
        with_xlsxwriter(folder / f"xlsxwriter_{number}.xlsx", number)


def by_node(folder: Path) -> None:
    """Save those of SheetJS and exceljs."""
    for writer in ("sheetjs", "exceljs"):
        run("node", WRITERS / f"with_{writer}.js", folder, OF_OTHERS)


def by_java(folder: Path) -> None:
    """Save those of Apache POI."""
    classes = os.environ["QMS_POI_CLASSPATH"]
    run("java", "-cp", classes, WRITERS / "WithPoi.java", folder, OF_OTHERS)


def by_libreoffice(folder: Path) -> None:
    """Save some of them anew with LibreOffice, in both kinds."""
    sources = [folder / f"{writer}_{number}.xlsx" for writer in ("openpyxl", "xlsxwriter") for number in range(40)]
    for kind, some in (("xlsx", sources), ("ods", sources[::4])):
        run("soffice", "--headless", "--convert-to", kind, "--outdir", folder / f"libreoffice_{kind}", *some)


def by_gnumeric(folder: Path) -> None:
    """Save some of them anew with Gnumeric, in both kinds."""
    for number in range(OF_OTHERS):
        source = folder / f"{'openpyxl' if number % 2 else 'xlsxwriter'}_{number}.xlsx"
        kind = "ods" if number % 4 == 3 else "xlsx"
        run("ssconvert", source, folder / f"gnumeric_{number}.{kind}")


MAKERS: dict[str, Callable[[Path], None]] = {
    "node": by_node,
    "java": by_java,
    "soffice": by_libreoffice,
    "ssconvert": by_gnumeric,
}


def outcomes(folder: Path) -> Iterator[tuple[str, str]]:
    """Writer and outcome of every workbook in the folder."""
    for path in sorted(folder.rglob("*.*")):
        read = read_workbook(path)
        writer = path.parent.name.partition("_")[0] if path.parent != folder else path.stem.partition("_")[0]
        yield writer, f"{read.problem} {dict(read.facts)} {path.name}" if isinstance(read, ReadFailure) else "read"


def main(folder: Path) -> int:
    """Make the workbooks, print how many of each writer were read, and every other outcome."""
    by_python(folder)
    for program, maker in MAKERS.items():
        if shutil.which(program) is None or (program == "java" and "QMS_POI_CLASSPATH" not in os.environ):
            print(f"left out: {program}")
        else:
            maker(folder)
    counted = Counter(outcomes(folder))
    for (writer, outcome), count in sorted(counted.items()):
        print(f"{writer:12} {count:4} {outcome}")
    refused = sum(count for (_, outcome), count in counted.items() if outcome != "read")
    print(f"{sum(counted.values())} workbooks, {refused} refused")
    return refused


if __name__ == "__main__":
    if len(sys.argv) > 1:
        raise SystemExit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as made:
        raise SystemExit(main(Path(made)))
