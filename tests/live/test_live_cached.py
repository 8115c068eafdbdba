"""Every formula is written with its value: what LibreOffice computes, once the stored values are taken away."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from live_issues import issues
from workbook_rules.cells import Cell
from workbook_rules.reader import read_workbook

_FORMULA = re.compile(r"<c (?P<attributes>[^>]*)>(?P<formula><f>.*?</f>)(?:<v>.*?</v>|<v/>)?</c>", re.DOTALL)


def stripped(workbook: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts, zipfile.ZipFile(held, "w") as kept:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                content = _FORMULA.sub(_without_value, content.decode()).encode()
            kept.writestr(part, content)
    return held.getvalue()


def _without_value(cell: re.Match[str]) -> str:
    attributes = re.sub(r'\s*t="\w+"', "", cell["attributes"])
    return f"<c {attributes}>{cell['formula']}</c>"


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory, soffice: Path) -> dict[str, tuple[bytes, bytes]]:
    """Each issue as it is written, and as LibreOffice computes it."""
    folder, made = tmp_path_factory.mktemp("cached"), issues()
    for name, content in made.items():
        (folder / f"{name}.xlsx").write_bytes(stripped(content))
    command = [str(soffice), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    names = [f"{name}.xlsx" for name in made]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", "out", *names],
        check=True,
        capture_output=True,
        timeout=240,
        cwd=folder,
    )
    return {name: (content, (folder / "out" / f"{name}.xlsx").read_bytes()) for name, content in made.items()}


def values(formulas_of: bytes, values_of: bytes) -> dict[str, object]:
    stored = {sheet.title: sheet.cells for sheet in read_workbook(values_of).sheets}
    return {
        sheet.at(place): _shown(stored[sheet.title].get(place)) or ""
        for sheet, place, _, _ in read_workbook(formulas_of).formulas()
    }


def _shown(cell: Cell | None) -> object:
    """What stands in a cell; a truth is 1 or 0, as some write it."""
    if cell is None:
        return None
    return float(cell.text) if cell.kind == "b" else cell.value


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "name", ["BM-01", "BM-02", "BM-03", "BM-04", "nobody", "carried", "register", "broken", "people", "promised"]
)
def test_the_stored_value_of_every_formula_is_what_it_computes(
    name: str, recalculated: dict[str, tuple[bytes, bytes]]
) -> None:
    written, computed = recalculated[name]
    assert values(written, written)
    assert values(written, computed) == values(written, written)
