"""The demo's content, read from its TOML files: who works there, what they promised, what they reported."""

import datetime as dt
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.directory import DUTY_COLUMNS
from pipeline.sheets.directory import Divisions, Staff
from pipeline.vocabulary.choices import YesNo

Table = Sequence[Mapping[str, Any]]


def settings_text(name: str = "qms") -> str:
    """qms.toml as the demo has it from the start, or what is added to it later."""
    return files("pipeline.demo.data").joinpath(f"{name}.toml").read_text(encoding="utf-8")


@cache
def content_of(name: str) -> Mapping[str, Any]:
    """The content of one division's file, or of ``staff``."""
    return tomllib.loads(files("pipeline.demo.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def content_for(code: str, period: str) -> Mapping[str, Any]:
    """What a division has to say for a period: its own file (people, and the first half of 2019), then the period's."""
    of_period = files("pipeline.demo.data") / f"{period}.toml"
    return {**content_of(code), **(content_of(period).get(code, {}) if of_period.is_file() else {})}


@dataclass(frozen=True)
class Merger:
    """Divisions that become one: who ends with which day, and the row of the directory that comes the day after.

    ``positions``: of whom it is another one there, by staff code.
    """

    formers: Collection[str]
    last_day: dt.date
    division: Mapping[str, Any]
    positions: Mapping[str, str]


def directory_rows(merger: Merger | None = None) -> dict[str, Table]:
    """The rows of danh_muc.xlsx by sheet, as they stand from the start or after a merger."""
    staff = content_of("staff")
    divisions, people = staff["divisions"], staff["staff"]
    if merger is not None:
        ended = {Divisions.valid_to: merger.last_day, Divisions.successor: merger.division[Divisions.code]}
        divisions = [{**row, **(ended if row[Divisions.code] in merger.formers else {})} for row in divisions]
        divisions, people = [*divisions, merger.division], list(_moved(people, merger))
    return {"divisions": [_with_duties(division) for division in divisions], "staff": people}


def _with_duties(division: Mapping[str, Any]) -> Mapping[str, Any]:
    row = {name: value for name, value in division.items() if name != "owes"}
    duties = {column: str(YesNo.YES if form in division["owes"] else YesNo.NO) for column, form in DUTY_COLUMNS.items()}
    return row | duties


def _moved(people: Table, merger: Merger) -> Iterator[Mapping[str, Any]]:
    """Who stays, has a second row in the new division."""
    code, first_day = (merger.division[name] for name in (Divisions.code, Divisions.valid_from))
    for member in people:
        if member[Staff.division] not in merger.formers or member.get(Staff.valid_to):
            yield member
        else:
            position = merger.positions.get(member[Staff.staff_code], member[Staff.position])
            yield {**member, Staff.valid_to: merger.last_day}
            yield {**member, Staff.division: code, Staff.position: position, Staff.valid_from: first_day}
