"""Makes ``tests/parsing/fixtures``: the valid forms, filled or saved by programs that the tests do not install.

    NODE_PATH=<folder with the npm packages xlsx and exceljs> PYTHONPATH=.:tests/parsing:tests/rules \
        python tests/parsing/programs/make_fixtures.py

It needs node, and ssconvert of the package gnumeric (1.12.55 when the fixtures were made). A fixture is named by the
base, the program and its kind.
"""

import datetime as dt
import io
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from parsing_desk import cut_short, short
from rules_bases import BASES, COVER
from rules_settings import SETTINGS
from rules_sheets import form_of, template_content

from pipeline.demo.filling import Filling, typed_cells
from pipeline.spreadsheet import cell_name
from pipeline.vocabulary.lists import lists_of

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
FORMS = ("BM-01", "BM-02", "BM-03", "BM-04")
IN_EVERY_KIND = {**dict.fromkeys(FORMS, ("xlsx",)), "BM-02": ("xlsx", "xls", "ods")}
BY_NODE = {"sheetjs": IN_EVERY_KIND, "exceljs": dict.fromkeys(FORMS, ("xlsx",))}
GNUMERIC_WRITERS = {
    "xlsx": "Gnumeric_Excel:xlsx2",
    "xls": "Gnumeric_Excel:excel_biff8",
    "ods": "Gnumeric_OpenCalc:odf",
}


def main() -> None:
    """Make every fixture anew."""
    FIXTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for program, kinds in BY_NODE.items():
            job = [_piece(Path(folder), name, program, kinds[name]) for name in FORMS]
            command = ["node", str(HERE / f"fill_with_{program}.js")]
            subprocess.run(command, input=json.dumps(job), encoding="utf-8", check=True)
        for name, wanted in IN_EVERY_KIND.items():
            _by_gnumeric(Path(folder), name, wanted)


def _piece(folder: Path, name: str, program: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    template = folder / f"{name}.xlsx"
    template.write_bytes(cut_short(template_content(name), name))
    saves = [[str(FIXTURES / f"{name}_{program}.{kind}"), kind] for kind in kinds]
    return {"template": str(template), "saves": saves, "cells": list(_cells(template.read_bytes(), name))}


def _cells(template: bytes, name: str) -> Iterator[list[Any]]:
    filling = Filling(COVER, BASES[name].rows)
    for typed in typed_cells(template, form_of(BASES[name]), filling, lists_of(SETTINGS, 2019)):
        kind, value = _as_json(typed.value)
        yield [typed.sheet, cell_name(typed.row, typed.column), kind, value]


def _as_json(value: str | float | dt.date) -> tuple[str, Any]:
    match value:
        case str():
            return "text", value
        case dt.date():
            return "day", to_excel(value)
        case _:
            return "number", value


def _by_gnumeric(folder: Path, name: str, kinds: tuple[str, ...]) -> None:
    filled = folder / f"{name} filled.xlsx"
    load_workbook(io.BytesIO(short(name))).save(filled)
    for kind in kinds:
        target = FIXTURES / f"{name}_gnumeric.{kind}"
        subprocess.run(["ssconvert", f"--export-type={GNUMERIC_WRITERS[kind]}", str(filled), str(target)], check=True)


if __name__ == "__main__":
    main()
