"""What a night is held against, each as a command over the same files: `python -m bench.rivals NAME WORKSPACE`.

floor: the least that any program can do: calamine over every sheet of every file, in as many processes; XlsxWriter
writing as many cells as the night's workbooks have; the changed parts of as many answers inflated and deflated.
pandas: what a user would write: every sheet by pandas and openpyxl, equal sheets below each other, plans and reports
joined, all of it in one workbook. frictionless: the same sheets described and validated by frictionless.
"""

import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Final

_LEVEL: Final = 6
_HEAD_ROW: Final = 4
"""How many rows stand above the header of a table of our forms."""
_TABLES: Final = ("Mục tiêu", "Kế hoạch", "Kết quả", "Tiến độ kế hoạch", "Phổ biến CSCL")


def floor(workspace: Path, processes: int = 2) -> int:
    """Read, write, inflate and deflate; gives how many cells were read."""
    import xlsxwriter  # noqa: PLC0415 - each rival pays for its own imports

    with ProcessPoolExecutor(processes) as executor:
        read = sum(executor.map(_read, _forms(workspace), chunksize=16))
        sum(executor.map(_deflated, *zip(*_answers(workspace), strict=True), chunksize=16))
    for workbook in sorted((workspace / "outbox" / "tong_hop").glob("*.xlsx")):
        written = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
        for values in _values(workbook.read_bytes()).values():
            sheet = written.add_worksheet()
            for row, cells in enumerate(values):
                sheet.write_row(row, 0, cells)
        written.close()
    return read


def pandas(workspace: Path) -> int:
    """Every sheet into one workbook; gives its rows."""
    import pandas as pd  # noqa: PLC0415 - as above

    tables: dict[str, list[Any]] = {}
    for path in _forms(workspace):
        for title, frame in pd.read_excel(path, sheet_name=None, header=_HEAD_ROW, engine="openpyxl").items():
            if title in _TABLES:
                tables.setdefault(title, []).append(
                    frame.dropna(how="all").assign(file=path.name, code=path.parent.name)
                )
    joined = {title: pd.concat(frames, ignore_index=True) for title, frames in tables.items()}
    keys = ["code", "Mã mục tiêu (*)"]
    joined["Tổng hợp"] = joined["Mục tiêu"].merge(joined["Kết quả"], how="outer", on=keys)
    with pd.ExcelWriter(io.BytesIO(), engine="openpyxl") as writer:
        for title, frame in joined.items():
            frame.to_excel(writer, sheet_name=title, index=False)
    return sum(map(len, joined.values()))


def frictionless(workspace: Path) -> int:
    """Describe and validate each table; gives how many errors there were."""
    from frictionless import Dialect, Resource, formats  # noqa: PLC0415  # type: ignore[import-not-found]

    errors = 0
    for path in _forms(workspace):
        with zipfile.ZipFile(path) as package:
            workbook = package.read("xl/workbook.xml").decode()
        for title in (title for title in _TABLES if f'name="{title}"' in workbook):
            control = formats.ExcelControl(sheet=title)
            dialect = Dialect(header_rows=[_HEAD_ROW + 1], controls=[control])
            report = Resource(path=path.name, basepath=str(path.parent), dialect=dialect).validate()
            errors += report.stats["errors"]
    return errors


def _forms(workspace: Path) -> list[Path]:
    return sorted((workspace / "inbox").glob("*/*.xlsx"))


def _answers(workspace: Path) -> Iterator[tuple[Path, Path]]:
    """Each answer and what it answers."""
    for answer in sorted((workspace / "outbox" / "phan_hoi").glob("*/*__*.xlsx")):
        yield answer, workspace / "inbox" / answer.parent.name / f"{answer.name.split('__')[0]}.xlsx"


def _read(path: Path) -> int:
    return sum(len(row) for rows in _values(path.read_bytes()).values() for row in rows)


def _values(content: bytes) -> Mapping[str, list[list[Any]]]:
    import python_calamine  # noqa: PLC0415 - as above

    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {title: workbook.get_sheet_by_name(title).to_python() for title in workbook.sheet_names}


def _deflated(answer: Path, original: Path) -> int:
    with zipfile.ZipFile(answer) as package, zipfile.ZipFile(original) as before:
        kept = {(part.filename, part.CRC) for part in before.infolist()}
        changed = [package.read(part) for part in package.infolist() if (part.filename, part.CRC) not in kept]
    return sum(len(zlib.compress(part, _LEVEL)) for part in changed)


RIVALS: Final[Mapping[str, Callable[[Path], int]]] = {"floor": floor, "pandas": pandas, "frictionless": frictionless}

if __name__ == "__main__":
    print(RIVALS[sys.argv[1]](Path(sys.argv[2])))
