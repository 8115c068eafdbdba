"""A consolidation step whose frame has one row less, one twice, or one value that is another."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import pytest
from control_lines import red
from eventful_years import READ_ON, content_anew, settings
from small_agency import WHOLE_YEAR

from pipeline.consolidation import View, committee
from pipeline.consolidation.controls import controls


class Mutant(NamedTuple):
    """The step, by module and name; its ``row`` (by place) is dropped or doubled, or has ``value`` in ``column``."""

    step: str
    how: str
    row: int
    column: str = ""
    value: object = None

    def __str__(self) -> str:
        return " ".join(map(str, (*self[:3], *filter(None, self[3:]))))

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame that the step gives instead."""
        place = range(len(frame))[self.row]
        match self.how:
            case "dropped":
                return frame.iloc[[each for each in range(len(frame)) if each != place]]
            case "doubled":
                return frame.iloc[[*range(len(frame)), place]]
            case _:
                is_it = pd.Series([each == place for each in range(len(frame))], frame.index)
                return frame.assign(**{self.column: frame[self.column].mask(is_it, self.value)})


def red_lines(mutant: Mutant | None) -> set[str]:
    """The lines of sheet 10 that do not hold while the step is so; nothing computed before is remembered."""
    view = View(content_anew(), settings(), WHOLE_YEAR, READ_ON)
    with pytest.MonkeyPatch.context() as patch:
        if mutant is not None:
            module, _, name = mutant.step.rpartition(".")
            target = f"pipeline.consolidation.{module}.{name}"
            patch.setattr(target, _mutated(mutant, _attribute(target)))
        frames = committee._frames(view, ())
    return red(controls(frames, view))


def _attribute(path: str) -> Callable[..., pd.DataFrame]:
    module, _, name = path.rpartition(".")
    step: Callable[..., pd.DataFrame] = getattr(__import__(module, fromlist=[name]), name)
    return step


def _mutated(mutant: Mutant, step: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    def wrapped(*arguments: Any, **named: Any) -> pd.DataFrame:  # noqa: ANN401 - any step
        return mutant.of(step(*arguments, **named))

    return wrapped
