"""Every objective over periods and years, judged anew: what earlier periods leave open, what no longer applies."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.evidence.facts import Row
from pipeline.evidence.finals import Result, corrected, corrections
from pipeline.evidence.holding import REPORT, Holding
from pipeline.evidence.judging import judged
from pipeline.settings import Period, PeriodKind
from pipeline.settings.succession import own_code
from pipeline.sheets.objectives import Objectives
from pipeline.sheets.results import Actions, Results
from pipeline.vocabulary.choices import Effect, Status

Key = tuple[str, int, str]
"""Division, year and code."""
_KINDS: Final = tuple(PeriodKind)
_CLOSING: Final = frozenset({Status.MET, Status.NO_LONGER})


class Held(NamedTuple):
    """An objective in a period: its row in the BM-01 held, its row in the report, and what these give."""

    period: Period
    division: str
    code: str
    objective: Row | None
    result: Row | None
    status: Status | None

    @property
    def key(self) -> Key:
        """What names it in its year."""
        return self.division, self.period.year, self.code


class Threads:
    """The objectives of every period up to one."""

    def __init__(self, holding: Holding, period: Period) -> None:
        """``holding``: what was accepted; ``period``: the last one."""
        self._holding, self._period = holding, period

    @cached_property
    def every(self) -> Sequence[Held]:
        """Each objective that was planned or reported on, period by period."""
        reported = self._holding.reported_before(self._period)
        past = {each for each in self._holding.settings.periods if _order(each) <= _order(self._period)}
        return [held for each in sorted({*past, *reported, self._period}, key=_order) for held in self._of(each)]

    @cached_property
    def _corrections(self) -> Mapping[Result, Row]:
        return corrections(self._holding, self._period)

    def _of(self, period: Period) -> Iterator[Held]:
        planned = self._holding.planned("objectives", Objectives.code, period)
        objectives = {(division, code): row for division, code, row in planned}
        owners = {file: division for division, file in self._holding.last(REPORT, period).items()}
        rows = (row for row in self._holding.facts.rows.get("results", ()) if row["submission_id"] in owners)
        results = {(owners[row["submission_id"]], row[Results.code]): row for row in rows}
        for division, code in {**objectives, **results}:
            objective, result = objectives.get((division, code)), results.get((division, code))
            correction = self._corrections.get((period.year, division, code))
            if correction is not None and result is not None and period.kind is PeriodKind.WHOLE_YEAR:
                result = corrected(result, correction, objective[Objectives.due_on] if objective else None)
            both = objective is not None and result is not None
            status = judged(objective, result, period.kind) if both else None  # type: ignore[arg-type]
            yield Held(period, division, code, objective, result, status)

    @cached_property
    def names(self) -> Mapping[Key, Key]:
        """Under which name each objective began: through *continues*, and under its former division."""
        links: dict[Key, tuple[bool, str]] = {}
        for held in self.every:
            former, _ = own_code(held.code)
            continued = (held.objective or {}).get(Objectives.continues) or ""
            before = links.get(held.key)
            if before is None or (continued and (not before[1] or continued < before[1])):
                links[held.key] = bool(former), continued
        names: dict[Key, Key] = {}
        for key in sorted(links, key=lambda key: (key[1], links[key][0])):
            division, year, code = key
            is_taken_over, continued = links[key]
            former, own = own_code(code)
            origin = (former, year, own) if is_taken_over else (division, year - 1, continued)
            names[key] = names.get(origin, key)
        return names

    @property
    def followed(self) -> int:
        """How many objectives there are, each counted in the last year in which it was planned or reported on."""
        last: dict[Key, int] = {}
        for held in self.every:
            last[self.names[held.key]] = max(last.get(self.names[held.key], 0), held.period.year)
        own = {(self.names[each.key], own_code(each.code)[1], each.period.year) for each in self.every}
        return sum(year == last[name] for name, _, year in own)

    @property
    def ended(self) -> int:
        """How many objectives of the year no longer apply by their latest report."""
        latest = {(self.names[held.key], held.code): held for held in self.every if held.result is not None}
        own = (held for held in latest.values() if held.period.year == self._period.year)
        return sum(held.status is Status.NO_LONGER for held in own)

    @cached_property
    def missed(self) -> Sequence[Sequence[Held]]:
        """What was missed in the period or is open from earlier ones, by the objective, in the order of time."""
        closed = {self.names[held.key]: held.period for held in self.every if held.status in _CLOSING}
        missed: dict[Key, list[Held]] = {}
        for held in (held for held in self.every if held.status in Status.not_met()):
            later = closed.get(self.names[held.key], held.period)
            is_open = (
                _order(later) <= _order(held.period) and self._action(held, Actions.is_effective) != Effect.EFFECTIVE
            )
            if is_open or held.period == self._period:
                missed.setdefault(self.names[held.key], []).append(held)
        return list(missed.values())

    @property
    def carried(self) -> int:
        """How many are open from earlier periods alone, by the last report that missed them."""
        last = ([held for held in rows if held.period == rows[-1].period] for rows in self.missed)
        return sum(len(rows) for rows in last if rows[0].period != self._period)

    def overdue(self, day: dt.date) -> int:
        """How many of the missed have an action that is not finished and was due before a day."""
        return sum(self._is_overdue(rows, day) for rows in self.missed)

    def _is_overdue(self, rows: Sequence[Held], day: dt.date) -> int:
        unfinished = (held.result or {} for held in rows if self._action(held, Actions.finished_on) is None)
        due = [row[Results.action_due_on][:10] for row in unfinished if row.get(Results.action_due_on)]
        is_late = any(dt.date.fromisoformat(each) < day for each in due)
        return sum(held.period == rows[-1].period for held in rows) if is_late else 0

    def _action(self, held: Held, name: str) -> object:
        former, code = own_code(held.code)
        return self._actions.get((former or held.division, str(held.period), code), {}).get(name)

    @cached_property
    def _actions(self) -> Mapping[tuple[str, str, str], Row]:
        """The last word of the reports on each action: division that planned what was missed, period and its code."""
        last: dict[tuple[str, str, str], Row] = {}
        for period in [*self._holding.reported_before(self._period), self._period]:
            owners = {file: division for division, file in self._holding.last(REPORT, period).items()}
            for row in self._holding.facts.rows.get("actions", ()):
                if row["submission_id"] in owners:
                    former, code = own_code(row[Actions.objective])
                    last[former or owners[row["submission_id"]], row[Actions.origin], code] = row
        return last


def _order(period: Period) -> tuple[int, int]:
    return period.year, _KINDS.index(period.kind)
