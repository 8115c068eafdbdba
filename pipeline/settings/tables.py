"""What every table of the settings has: unknown keys refused, choices from a list, entries in force for a time."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from pipeline.wording import topic


def refused(kind: str, **facts: object) -> PydanticCustomError:
    """A refusal whose words stand in ``settings.toml`` under its kind."""
    context: dict[str, Any] | None = facts or None
    return PydanticCustomError(kind, kind, context)


def choice(name: str) -> AfterValidator:
    """One of the words that ``settings.toml`` lists; the forms have the same (``vocabulary.choices``)."""
    words: list[str] = topic("settings")["choices"][name]

    def chosen(word: str) -> str:
        if word not in words:
            raise refused("not_in_list", choices="; ".join(words))
        return word

    return AfterValidator(chosen)


class Frozen(BaseModel):
    """A settings table: unknown keys are refused, so that a misspelt key is told, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Frozen):
    """Something in force from one day to another, both included; open ends are None."""

    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether it is in force that day."""
        return (self.valid_from or dt.date.min) <= day <= (self.valid_to or dt.date.max)


DatedT = TypeVar("DatedT", bound=Dated)


def in_force(entries: Iterable[DatedT], day: dt.date) -> tuple[DatedT, ...]:
    """Those of the entries that are in force that day, in their order."""
    return tuple(entry for entry in entries if entry.covers(day))
