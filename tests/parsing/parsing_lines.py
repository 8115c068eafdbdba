"""One line of the battery of accidents."""

from dataclasses import dataclass

from parsing_desk import Accident


@dataclass(frozen=True)
class Line:
    """One accident: its name, the form, what is done, and (code, place) of every finding."""

    name: str
    form: str
    done: Accident
    expected: tuple[tuple[str, str], ...] = ()
