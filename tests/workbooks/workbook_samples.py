"""What the tests of the workbooks share: an agency, issues of its forms, and the way back from bytes to rows."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.intake.file_kinds import RawWorkbook
from pipeline.intake.worker import read_workbook
from pipeline.parsing import ParsedForm, parse_form
from pipeline.settings import Settings
from pipeline.templates import template
from pipeline.templates.template import Issue
from pipeline.vocabulary.fields import Field
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form

DAY = dt.date
LONG = "giải quyết công việc, thủ tục hành chính đúng thẩm quyền, đúng trình tự, đúng thời hạn theo quy định"

SETTINGS = Settings.model_validate(
    {
        "agency": [
            {
                "name": "Sở Lao động - Thương binh và Xã hội tỉnh Sóc Trăng",
                "superior": "Ủy ban nhân dân tỉnh Sóc Trăng",
                "place": "Sóc Trăng",
            }
        ],
        "standards": [{"designation": "TCVN ISO 9001:2015"}],
        "years": {2019: {"KH": {"BM-01": DAY(2019, 1, 31)}, "6T": {"BM-02": DAY(2019, 6, 10)}}},
        "policy_versions": [
            {
                "version": "CSCL-2019/01",
                "approved_on": DAY(2019, 2, 20),
                "points": [
                    {"code": "CS1", "text": f"Tuân thủ pháp luật: {LONG}."},
                    {"code": "CS2", "text": "Công khai."},
                ],
            }
        ],
        "agency_objectives": [
            {"code": "MC1", "text": f"Tỷ lệ {LONG}.", "measure": "tỷ lệ", "comparator": "ít nhất", "target": 98.0}
        ],
        "divisions": [
            {"code": "VP", "name": "Văn phòng Sở", "kind": "phòng"},
            {"code": "TCT", "name": "Tổ công tác ISO", "kind": "tổ công tác"},
        ],
    }
)
LISTS = lists_of(SETTINGS, 2019)


def issue(**known: Any) -> Issue:  # noqa: ANN401 - the fields of Issue
    """A blank issue of 2 January 2019, with what is said beyond."""
    return Issue(**{"lists": LISTS, "agency": SETTINGS.agency[0], "made_on": DAY(2019, 1, 2), **known})


_READ: dict[bytes, RawWorkbook] = {}


def read_back(content: bytes, folder: Path) -> RawWorkbook:
    """The workbook as the program's own reader sees it; the same bytes are read once a session."""
    if content not in _READ:
        path = folder / "sent.xlsx"
        path.write_bytes(content)
        outcome = read_workbook(path)
        assert isinstance(outcome, RawWorkbook), outcome
        _READ[content] = outcome
    return _READ[content]


def parsed_back(content: bytes, form: Form, folder: Path) -> ParsedForm:
    """The rows of a workbook of a known form."""
    return parse_form(read_back(content, folder), form, LISTS)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def saved(workbook: Workbook) -> bytes:
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


_MADE: dict[tuple[object, ...], bytes] = {}
"""What takes seconds and is only looked at is made once a session."""


def made_once(make: Callable[[], bytes], *of: object) -> bytes:
    """The bytes that were made of the same before, or that are made now."""
    if of not in _MADE:
        _MADE[of] = make()
    return _MADE[of]


def template_bytes(form: Form, of: Issue) -> bytes:
    """As the pipeline makes it, once a session."""
    return made_once(lambda: template.template_bytes(form, of), "template", form.number, repr(of))


def filled(content: bytes, values: Mapping[str, Mapping[str, object]]) -> bytes:
    """The workbook with values typed in, by sheet title and address."""
    return made_once(lambda: _filled(content, values), "filled", content, repr(values))


def _filled(content: bytes, values: Mapping[str, Mapping[str, object]]) -> bytes:
    workbook = opened(content)
    for title, cells in values.items():
        for address, value in cells.items():
            workbook[title][address] = value
    return saved(workbook)


def example_values(form: Form) -> dict[str, dict[str, object]]:
    """Every field's own example in the first row of its sheet; days as days, as a clerk's Excel makes them."""
    return {
        schema.title: {
            f"{_letters(column)}6": _typed(field) for column, field in enumerate(schema.fields, 1) if field.example
        }
        for schema in form.sheets
    }


@lru_cache(maxsize=24)
def looked_into(content: bytes) -> Workbook:
    """The workbook for whoever changes nothing of it."""
    return opened(content)


def validations(content: bytes) -> Iterator[tuple[Worksheet, DataValidation]]:
    for worksheet in looked_into(content).worksheets:
        for validation in worksheet.data_validations.dataValidation:
            yield worksheet, validation


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def _typed(field: Field) -> object:
    if field.kind == "date":
        return dt.datetime.strptime(field.example, "%d/%m/%Y")  # noqa: DTZ007 - a cell's day has no zone
    if field.kind == "number" and re.fullmatch(r"\d+(,\d+)?", field.example):
        return float(field.example.replace(",", "."))
    return field.example


def _letters(column: int) -> str:
    return chr(ord("A") + column - 1)
