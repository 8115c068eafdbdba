"""The demo's content, read from its TOML files: who works there, what they promised, what they reported."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.directory import DUTY_COLUMNS
from pipeline.vocabulary.choices import YesNo

Table = Sequence[Mapping[str, Any]]


def settings_text() -> str:
    """qms.toml as the demo has it."""
    return files("pipeline.demo.data").joinpath("qms.toml").read_text(encoding="utf-8")


@cache
def content_of(name: str) -> Mapping[str, Any]:
    """The content of one division's file, or of ``staff``."""
    return tomllib.loads(files("pipeline.demo.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def directory_rows() -> dict[str, Table]:
    """The rows of danh_muc.xlsx by sheet."""
    staff = content_of("staff")
    divisions = [
        {
            **{name: value for name, value in division.items() if name != "owes"},
            **{
                column: str(YesNo.YES if form in division["owes"] else YesNo.NO)
                for column, form in DUTY_COLUMNS.items()
            },
        }
        for division in staff["divisions"]
    ]
    return {"divisions": divisions, "staff": staff["staff"]}
