"""Every formula is written with its value: what LibreOffice computes, once the stored values are taken away."""

import datetime as dt
import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rules_bases import BASES
from rules_settings import SETTINGS

from pipeline.forms import BY_NUMBER, FORMS, lists_of
from pipeline.workbooks.template import Issue, template_bytes

_FORMULA = re.compile(r"<c (?P<attributes>[^>]*)>(?P<formula><f>.*?</f>)(?:<v>.*?</v>|<v/>)?</c>", re.DOTALL)
DAY = dt.date(2019, 1, 1)


def issue(form: str, **known: object) -> Issue:
    division = "TCT" if form == "BM-04" else "VP"
    given = {"division": division, "year": "2019", "period": str(BY_NUMBER[form].periods[0]), **known}
    return Issue(lists=lists_of(SETTINGS, 2019), agency=SETTINGS.agency[0], made_on=DAY, **given)  # type: ignore[arg-type]


def carried() -> list[dict[str, object]]:
    """Last year's objectives as they are taken over, and one with mistakes of every kind."""
    left = {"target", "target_upper", "milestone", "due_on", "note"}
    rows = [dict(row, continues=row["code"]) for row in BASES["BM-01"].rows["objectives"]]
    wrong = {"code": "MT09", "statement": "Nhanh", "measure": "tỷ lệ", "comparator": "trong khoảng", "target": 120}
    wrong |= {
        "target_upper": 90,
        "unit": "hồ sơ",
        "baseline": "chưa có",
        "due_on": dt.date(2020, 1, 1),
        "method": "Đếm",
    }
    wrong["method"] = "Đếm"
    return [*({k: v for k, v in row.items() if k not in left} for row in rows), wrong]


def issues() -> dict[str, bytes]:
    blank = {form.number: template_bytes(form, issue(form.number)) for form in FORMS}
    nobody = Issue(lists=lists_of(SETTINGS, 2019), agency=SETTINGS.agency[0], made_on=DAY)
    register = {name: BASES["BM-04"].rows[name] for name in ("declarations", "scope_changes")}
    broken = [{**row, "replaces": "98/QĐ-SLĐTBXH"} for row in register["declarations"]]
    person = {"full_name": "Trần Thị Mai", "position": "Văn thư", "category": "công chức"}
    people = [{**person, "staff_code": f"CB{number:03}"} for number in range(70)]
    cover = {"prepared_by": "Trần Thị Mai", "approved_by": "Nguyễn Văn Hòa"}
    return blank | {
        "nobody": template_bytes(FORMS[0], nobody),
        "carried": template_bytes(FORMS[0], issue("BM-01", rows={"objectives": carried()}, cover=cover)),
        "register": template_bytes(BY_NUMBER["BM-04"], issue("BM-04", rows=register, cover=cover)),
        "broken": template_bytes(BY_NUMBER["BM-04"], issue("BM-04", rows={**register, "declarations": broken})),
        "people": template_bytes(BY_NUMBER["BM-03"], issue("BM-03", rows={"policy": people})),
    }


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
    formulas, shown = load_workbook(io.BytesIO(formulas_of)), load_workbook(io.BytesIO(values_of), data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": shown[sheet.title][cell.coordinate].value or ""
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "name", ["BM-01", "BM-02", "BM-03", "BM-04", "nobody", "carried", "register", "broken", "people"]
)
def test_the_stored_value_of_every_formula_is_what_it_computes(
    name: str, recalculated: dict[str, tuple[bytes, bytes]]
) -> None:
    written, computed = recalculated[name]
    assert values(written, computed) == values(written, written)
