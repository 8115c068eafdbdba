"""``qms audit FILE`` names each damage to a mailed workbook, at its place (issue 15, M10, shown 4)."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from audit_damages import DAMAGES as OF_VALUES
from audit_damages import Damaged, Mailed
from audit_veils import VEILS

from pipeline.desk import auditing_file
from pipeline.desk.auditing_file import audit_file
from pipeline.excel.contents import Contents, contents_of
from pipeline.workspace import Workspace

DAMAGES = {**OF_VALUES, **VEILS}
SEVERAL = {
    "a sheet renamed",
    "a row taken out",
    "two columns hidden together",
    "a chart pulled over figures",
    "a comment on a figure",
}
"""These are named in more than one place."""
NAME = "tong_hop/2019-6T.xlsx"


@pytest.fixture(scope="module")
def mailed(replayed: tuple[Workspace, object]) -> Mailed:
    return Mailed((replayed[0].outbox / NAME).read_bytes())


@pytest.fixture(scope="module")
def expected(mailed: Mailed) -> Contents:
    return contents_of(mailed.workbook)


def test_there_are_at_least_twenty_four() -> None:
    assert len(DAMAGES) >= 24


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_is_named_at_its_place(damage: str, mailed: Mailed, expected: Contents) -> None:
    damaged = DAMAGES[damage](mailed)
    named = [(each.sheet, each.cell) for each in auditing_file._differences(contents_of(damaged.workbook), expected)]
    assert (damaged.sheet, damaged.cell) in named
    assert len(named) == 1 or damage in SEVERAL


def test_the_file_of_a_damage_is_told_from_its_edition(so: Workspace, mailed: Mailed, tmp_path: Path) -> None:
    path = tmp_path / "ban gui.xlsx"
    damaged = DAMAGES["a row hidden"](mailed)
    path.write_bytes(damaged.workbook)
    (difference,) = audit_file(so, path).differences
    assert (difference.sheet, difference.cell, difference.in_file) == (
        damaged.sheet,
        damaged.cell,
        "bị ẩn hoặc thu nhỏ đến không thấy",
    )


@pytest.fixture
def saved_again(tmp_path: Path, soffice: Path, libreoffice_profile: Path) -> Callable[[bytes], bytes]:
    """A workbook as LibreOffice saves it again."""

    def save(workbook: bytes) -> bytes:
        (tmp_path / "x.xlsx").write_bytes(workbook)
        command = [soffice, f"-env:UserInstallation={libreoffice_profile.as_uri()}", "--headless", "--convert-to"]
        saved = [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "saved", tmp_path / "x.xlsx"]
        subprocess.run(saved, check=True, capture_output=True)
        return (tmp_path / "saved" / "x.xlsx").read_bytes()

    return save


@pytest.mark.libreoffice
@pytest.mark.parametrize("damage", ["a decision's figure", "a value rounded", "a row hidden"])
def test_a_copy_edited_and_saved_again_is_named_at_its_place(
    damage: str, mailed: Mailed, expected: Contents, saved_again: Callable[[bytes], bytes]
) -> None:
    assert _named_after_saving(DAMAGES[damage](mailed), expected, saved_again)


RECALCULATED = {"a cached value", "a cached value of another sheet", "the verdict of a check"}
"""LibreOffice computes anew what a formula gives: the damage is mended by saving."""
MENDED = {
    "a row of no height",
    "a shape pasted over figures",
    "a picture behind a sheet",
    "a rule of newer programs",
    "noughts that are not displayed",
    "formulas in place of values",
    "a sheet scrolled away",
}
"""LibreOffice shows again what was hidden so, or does not keep it; the shape it moves by a row."""


@pytest.mark.long
@pytest.mark.libreoffice
@pytest.mark.parametrize("damage", [damage for damage in DAMAGES if damage not in RECALCULATED | MENDED])
def test_every_damage_is_named_after_libreoffice_saved_it_again(
    damage: str, mailed: Mailed, expected: Contents, saved_again: Callable[[bytes], bytes]
) -> None:
    assert _named_after_saving(DAMAGES[damage](mailed), expected, saved_again)


def _named_after_saving(damaged: Damaged, expected: Contents, saved_again: Callable[[bytes], bytes]) -> bool:
    contents = contents_of(saved_again(damaged.workbook))
    return (damaged.sheet, damaged.cell) in [
        (each.sheet, each.cell) for each in auditing_file._differences(contents, expected)
    ]
