"""An agency of any number of divisions, each a twin of one of the demo's, and the forms that they owe for a year."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from bench.typed_cells import PERIODS, sheets
from pipeline.demo.content import directory_rows
from pipeline.demo.filling import Filling, fill
from pipeline.demo.submissions import Forger
from pipeline.forms import DIRECTORY
from pipeline.patching import Package
from pipeline.settings import AgencyName
from pipeline.templates.template import Issue, template_bytes
from pipeline.workspace import Workspace

AS_OF: Final = "2019-11-09T00:05"
"""The last evening before the reports of the year are due."""
FORMS_A_DIVISION: Final = 4
_RETURNED: Final = 5
"""One division in so many sends one form of its four without a signature: 5 % of the forms are returned."""
_HIDDEN: Final = "_qms"
_COVER: Final = "Thông tin chung"
_STAFF_CODE: Final = re.compile(r"CB\d{3}")
Rows = list[dict[str, Any]]
Values = dict[tuple[str, str], str | None]
"""What is put into the cells of a form, by sheet and cell."""


@dataclass(frozen=True)
class Model:
    """One form as a division of the demo filled it."""

    name: str
    content: bytes

    def twin(self, code: str, title: str, plan: bytes, *, is_signed: bool) -> bytes:
        """The form of the division's twin, whose plan is ``plan``; one that is not signed is returned."""
        package = Package(self.content)
        values = {**self._of_cover(title, is_signed=is_signed), **self._hidden(code, plan)}
        for person, (sheet, cell) in self._people.items():
            values[sheet, cell] = f"{code}.{person}"
        for worksheet in package.worksheets:
            own = {cell: value for (sheet, cell), value in values.items() if sheet == worksheet.title}
            if own:
                worksheet.put(own)
        return package.saved()

    def _of_cover(self, title: str, *, is_signed: bool) -> Values:
        cells = self._texts[_COVER]
        tags = {text: f"C{cell[1:]}" for cell, text in cells.items() if cell.startswith("A")}
        unsigned: Values = {} if is_signed else {(_COVER, tags["approved_by"]): None}
        return {(_COVER, tags["division"]): title, **unsigned}

    def _hidden(self, code: str, plan: bytes) -> Values:
        tags = {text: f"B{cell[1:]}" for cell, text in self._texts[_HIDDEN].items() if cell.startswith("A")}
        based_on = {(_HIDDEN, tags["based_on"]): hashlib.sha256(plan).hexdigest()} if "BM-02" in self.name else {}
        return {(_HIDDEN, tags["division"]): code, **based_on}

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, str]]:
        return {sheet.title: sheet.texts() for sheet in Package(self.content).worksheets}

    @cached_property
    def _people(self) -> Mapping[str, tuple[str, str]]:
        """Where the code of each person stands, in the form on which they are printed."""
        cells = ((title, cell, text) for title, texts in self._texts.items() for cell, text in texts.items())
        is_theirs = "BM-03" in self.name
        return {text: (title, cell) for title, cell, text in cells if is_theirs and _STAFF_CODE.fullmatch(text)}


@dataclass(frozen=True)
class Agency:
    """``models`` are the four forms of each division of the demo that sends four; ``count`` divisions take turns."""

    models: Mapping[str, tuple[Model, ...]]
    count: int

    @property
    def codes(self) -> dict[str, str]:
        """The code of each division, and of the one of the demo whose twin it is."""
        bases = list(self.models)
        return {f"D{number:05}": bases[number % len(bases)] for number in range(1, self.count + 1)}

    def directory(self) -> bytes:
        """danh_muc.xlsx."""
        rows = directory_rows()
        divisions = {row["code"]: row for row in rows["divisions"]}
        twins: dict[str, Rows] = {"divisions": [], "staff": []}
        for code, base in self.codes.items():
            twins["divisions"].append({**divisions[base], "code": code, "name": _name(divisions[base], code)})
            twins["staff"] += [
                {**person, "division": code, "staff_code": f"{code}.{person['staff_code']}"}
                for person in rows["staff"]
                if person["division"] == base
            ]
        issue = Issue(lists={}, agency=AgencyName(name="", superior="", place=""), made_on=dt.date(2019, 1, 1))
        return fill(template_bytes(DIRECTORY, issue), DIRECTORY, Filling(rows=twins), {})

    def forms(self) -> Iterator[tuple[str, bytes]]:
        """Every form with its place in the inbox, division by division in the order of the year."""
        divisions = {row["code"]: row for row in directory_rows()["divisions"]}
        for number, (code, base) in enumerate(self.codes.items()):
            title, plan = f"{code} - {_name(divisions[base], code)}", b""
            for place, model in enumerate(self.models[base]):
                is_signed = number % _RETURNED > 0 or place != 1 + number // _RETURNED % (FORMS_A_DIVISION - 1)
                content = model.twin(code, title, plan, is_signed=is_signed)
                plan = plan or content
                yield f"{code}/{model.name}_{code}.xlsx", content


def again(content: bytes) -> bytes:
    """The same form with another telephone number."""
    package = Package(content)
    cover = package.worksheet(_COVER)
    cover.put({f"C{cell[1:]}": "0299 3800 999" for cell, text in cover.texts().items() if text == "telephone"})
    return package.saved()


def _name(division: Mapping[str, Any], code: str) -> str:
    return f"{division['name']} {code}"


def agency(demo: Workspace, count: int) -> Agency:
    """The agency with ``count`` divisions, from the demo once it was replayed."""
    forger = Forger(demo)
    reports: dict[str, list[bytes]] = {}
    for sheet in sheets(demo):
        reports.setdefault(sheet.division, []).append(sheet.done(sheet.prefilled))
    models = {}
    for code in (code for code, of_division in reports.items() if len(of_division) == len(PERIODS)):
        names = ("BM-01_2019-KH", "BM-03_2019-KH", "BM-02_2019-6T", "BM-02_2019-CN")
        contents = (forger.plan(code), forger.policy(code), *reports[code])
        models[code] = tuple(map(Model, names, contents))
    return Agency(models, count)


def furnish(workspace: Workspace, demo: Workspace, ours: Agency) -> int:
    """Put the settings, the directory and every form in place; gives the bytes of the forms."""
    workspace.root.mkdir(parents=True)
    workspace.settings_file.write_bytes(demo.settings_file.read_bytes())
    workspace.directory_file.write_bytes(ours.directory())
    size = 0
    for place, content in ours.forms():
        path = Path(workspace.inbox, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        size += len(content)
    return size
