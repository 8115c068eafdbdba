"""Other programs read what was patched: the sender's cells as before, and ours."""

import io
import shutil
import subprocess
import warnings
from pathlib import Path

import pytest
from patching_samples import CELLS, FRONT, MARK, REGISTER, REGISTER_NAME, SAMPLES, marked, read
from python_calamine import CalamineWorkbook

_LEFT_OUT = frozenset({"macros", "pivot"})
"""What is no whole thing here: its parts are nothing that a program could read."""
_READ = [kind for kind in SAMPLES if kind not in _LEFT_OUT]
_NOT_BY_OPENPYXL = frozenset({"strict", "moved", "DM-01"})
"""What it cannot read; the last for its 2,000 rows, which take it seconds."""


@pytest.mark.parametrize("kind", [kind for kind in _READ if kind != "moved"])
def test_calamine_reads_the_sender_s_cells_and_ours(kind: str) -> None:
    before, after = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)) for content in (SAMPLES[kind](), marked(SAMPLES[kind]()))
    )
    assert after.sheet_names == [FRONT, *before.sheet_names, REGISTER]
    for title in before.sheet_names:
        assert after.get_sheet_by_name(title).to_python() == before.get_sheet_by_name(title).to_python()
    assert after.get_sheet_by_name(FRONT).to_python()[0] == ["Cột 0", "Cột 1", "Cột 2", "Cột 3"]


@pytest.mark.parametrize("kind", [kind for kind in _READ if kind not in _NOT_BY_OPENPYXL])
def test_openpyxl_reads_formats_comments_and_names(kind: str) -> None:
    before, after = read(SAMPLES[kind]()), read(marked(SAMPLES[kind]()))
    sheet = after.worksheets[1]
    ours = [
        (rule.priority, rule.formula[0], rule.dxf.fill.bgColor.rgb)
        for block in sheet.conditional_formatting
        for rule in block.rules
        if rule.priority <= len(CELLS)
    ]
    assert min(ours) == (1, f"INDEX({REGISTER_NAME},1)", "FFFFEB9C")
    assert len(ours) == len(CELLS)
    merged = {cell for area in sheet.merged_cells.ranges for row in area.cells for cell in [row]}
    comments = {cell: sheet[cell].comment for cell in CELLS if (sheet[cell].row, sheet[cell].column) not in merged}
    threaded = {"B6"} if kind == "thread" else set()
    assert {cell for cell, comment in comments.items() if comment is None or MARK not in comment.text} == threaded
    assert after.defined_names[REGISTER_NAME].attr_text == f"{REGISTER}!$C$2:$C$21"
    assert after.defined_names.keys() - {REGISTER_NAME} == before.defined_names.keys()
    assert after.active.title == FRONT
    for own in before.worksheets:
        cells = [[cell.value for cell in row] for row in own.iter_rows()]
        read_again = [[cell.value for cell in row[: own.max_column]] for row in after[own.title].iter_rows()]
        assert read_again[: len(cells)] == cells


def _converted(program: list[str], folder: Path, ending: str) -> dict[str, list[str]]:
    """The titles of the sheets of each sample after another program has read it and written it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        subprocess.run(program, capture_output=True, check=True, timeout=120, cwd=folder)
    return {path.stem: CalamineWorkbook.from_path(path).sheet_names for path in (folder / "out").glob(f"*.{ending}")}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    for kind in ("rich", "strict", "thread", "bare", "BM-02"):
        (tmp_path / f"{kind}.xlsx").write_bytes(marked(SAMPLES[kind]()))
    return tmp_path


@pytest.mark.libreoffice
def test_libreoffice_opens_them(answers: Path, soffice: Path) -> None:
    profile = f"-env:UserInstallation={(answers / 'profile').as_uri()}"
    names = sorted(path.name for path in answers.glob("*.xlsx"))
    command = [str(soffice), profile, "--headless", "--convert-to", "ods", "--outdir", "out", *names]
    titles = _converted(command, answers, "ods")
    assert {kind: (first, last) for kind, (first, *_, last) in titles.items()} == dict.fromkeys(
        ("rich", "strict", "thread", "bare", "BM-02"), (FRONT, REGISTER)
    )


@pytest.mark.skipif(shutil.which("ssconvert") is None, reason="gnumeric is not installed")
def test_gnumeric_opens_one(answers: Path) -> None:
    titles = _converted(["ssconvert", "rich.xlsx", "out/rich.xlsx"], answers, "xlsx")
    assert titles == {"rich": [FRONT, "Mục tiêu", "O'Hara & con", REGISTER]}
