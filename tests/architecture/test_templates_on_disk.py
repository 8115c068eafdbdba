"""What lies in templates_xlsx/ is what the code makes, part by unzipped part."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.demo.content import settings_text
from pipeline.demo.replaying import demo_directory
from pipeline.desk.starting import blank_templates
from pipeline.forms import DIRECTORY, FORMS
from pipeline.workspace import Workspace, load_settings

ROOT = Path(__file__).parents[2]
NAMES = [form.file_name for form in (*FORMS, DIRECTORY)]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return blank_templates(load_settings(Workspace(ROOT)).settings)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_template_is_on_disk_and_nothing_else() -> None:
    on_disk = {path.name for path in (ROOT / "templates_xlsx").iterdir()}
    assert on_disk == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_on_disk_is_what_the_code_makes(name: str, made: dict[str, bytes]) -> None:
    assert _parts((ROOT / "templates_xlsx" / name).read_bytes()) == _parts(made[name])


def test_the_example_settings_of_the_repository_are_the_demos() -> None:
    ours, demos = ((ROOT / "qms.toml").read_text(encoding="utf-8").splitlines(), settings_text().splitlines())
    # The demo's files lie still before each of its nights; a real inbox has to be waited for.
    assert [(a, b) for a, b in zip(ours, demos, strict=True) if a != b] == [
        (
            "settle_seconds = 2 # Tệp mới phải nằm yên ngần này giây mới được nhận",
            "settle_seconds = 0 # Minh họa: tệp đã chép xong trước mỗi đêm, không phải chờ",
        )
    ]
    # Cells, not parts: openpyxl writes other XML where lxml happens to be installed.
    assert _cells((ROOT / "danh_muc.xlsx").read_bytes()) == _cells(demo_directory())


def _cells(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    workbook = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets}
