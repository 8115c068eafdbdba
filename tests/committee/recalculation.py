"""An independent recalculation: LibreOffice, on a copy without any cached value, since it would keep them."""

import io
import math
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from workbook_rules.reader import read_workbook

FORMULA_CELL = re.compile(r"<c (?P<attributes>[^>]*)>(?P<formula><f>.*?</f>)(?:<v>.*?</v>|<v/>)?</c>", re.DOTALL)


def parts_of(workbook: bytes) -> dict[str, str]:
    """Every part of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def without_cached_values(workbook: bytes) -> bytes:
    """The same workbook, every formula cell stripped of its value."""
    return _rewritten(workbook, lambda cell: f"<c {_untyped(cell['attributes'])}>{cell['formula']}</c>")


def with_wrong_value(workbook: bytes, sheet: str, old: str, new: str) -> bytes:
    """The same workbook, one cached value of one sheet part changed."""
    stripped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts, zipfile.ZipFile(stripped, "w") as kept:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == sheet:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            kept.writestr(part, content)
    return stripped.getvalue()


def _untyped(attributes: str) -> str:
    return re.sub(r'\s*t="\w+"', "", attributes)


def _rewritten(workbook: bytes, cell: object) -> bytes:
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts, zipfile.ZipFile(rewritten, "w") as kept:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                content = FORMULA_CELL.sub(cell, content.decode()).encode()
            kept.writestr(part, content)
    return rewritten.getvalue()


def recalculated(workbooks: Mapping[str, bytes], folder: Path, soffice: Path) -> dict[str, bytes]:
    """The workbooks as one LibreOffice computes them from their formulas alone, by the names of files."""
    for name, workbook in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(without_cached_values(workbook))
    command = [str(soffice), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    task = ["--convert-to", "xlsx", "--outdir", "out", *(f"{name}.xlsx" for name in workbooks)]
    subprocess.run([*command, *task], check=True, capture_output=True, timeout=900, cwd=folder)
    return {name: (folder / "out" / f"{name}.xlsx").read_bytes() for name in workbooks}


def formula_values(formulas_of: bytes, values_of: bytes) -> dict[str, object]:
    """Each formula cell of the first workbook with the value that it has in the second; None where it has none."""
    formulas, values = read_workbook(formulas_of), read_workbook(values_of)
    cells = {sheet.title: sheet.cells for sheet in values.sheets}
    return {
        sheet.at(place): cells[sheet.title][place].value if place in cells[sheet.title] else None
        for sheet, place, _, _ in formulas.formulas()
    }


def differences(workbook: bytes, computed: bytes) -> dict[str, tuple[object, object]]:
    """The formula cells whose cached value is not what the recalculation gives: (cached, recalculated)."""
    cached, fresh = formula_values(workbook, workbook), formula_values(workbook, computed)
    return {place: (cached[place], fresh[place]) for place in cached if not _same(cached[place], fresh[place])}


def _same(cached: object, fresh: object) -> bool:
    if isinstance(cached, int | float) and isinstance(fresh, int | float):
        return math.isclose(cached, fresh, rel_tol=1e-9, abs_tol=1e-9)
    # The empty text that a formula gives is stored as no value by some.
    return ("" if cached is None else cached) == ("" if fresh is None else fresh)
