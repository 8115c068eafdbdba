"""How commitments moved from one BM-01 to the next, counted a second time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from pipeline.evidence.facts import Row
from pipeline.evidence.names import Figure
from pipeline.evidence.threads import Held, Key, Threads
from pipeline.settings.succession import own_code
from pipeline.sheets.objectives import Objectives
from pipeline.vocabulary.choices import Comparator, Status

_NEAR: Final = 1e-9
_SIDES: Final = (Comparator.EXACTLY, Comparator.BETWEEN)


class _Planned(NamedTuple):
    """An objective in a BM-01."""

    year: int
    file: int
    code: str
    thread: Key
    division: str
    row: Row


def shifts(threads: Threads) -> Mapping[Figure, int]:
    """Targets that were lowered, measures changed, objectives dropped or ended by a document."""
    planned = list(_planned(threads))
    kinds = Counter([*_moved(planned), *_gone(planned, threads)])
    every = (Figure.LOWERED, Figure.CHANGED, Figure.DROPPED, Figure.ENDED_EVER)
    return {figure: kinds[figure] for figure in every}


def _planned(threads: Threads) -> Iterator[_Planned]:
    """Each objective of each BM-01 that is held, once, in the order of years and of judging."""
    rows = {
        (held.objective["submission_id"], held.code): held
        for held in threads.every
        if held.objective is not None and not own_code(held.code)[0]
    }
    for (file, code), held in sorted(rows.items(), key=lambda each: (each[1].period.year, *each[0])):
        yield _Planned(held.period.year, file, code, threads.names[held.key], held.division, held.objective or {})


def _moved(planned: Sequence[_Planned]) -> Iterator[Figure]:
    """Each objective beside the one that it goes on with in the BM-01 before."""
    heads: dict[Key, dict[int, Row]] = {}
    for each in planned:
        heads.setdefault(each.thread, {}).setdefault(each.file, each.row)
    for each in planned:
        files = [*heads[each.thread]]
        place = files.index(each.file)
        before = heads[each.thread][files[place - 1]] if place else None
        if before is not None and any(_text(each.row, name) != _text(before, name) for name in _MEASURED):
            yield Figure.CHANGED
        elif before is not None and _is_lowered(each.row, before):
            yield Figure.LOWERED


_MEASURED: Final = (Objectives.unit, Objectives.comparator)


def _text(row: Row, name: str) -> str:
    return str(row.get(name) or "")


def _is_lowered(row: Row, before: Row) -> bool:
    target, earlier, comparator = row.get(Objectives.target), before.get(Objectives.target), row[Objectives.comparator]
    if target is None or earlier is None:
        return False
    if comparator in _SIDES:
        return bool(target < earlier)
    less, more = target < earlier - _NEAR, target > earlier + _NEAR
    return bool(less if comparator in Comparator.floors() else more and comparator in Comparator.ceilings())


def _gone(planned: Sequence[_Planned], threads: Threads) -> Iterator[Figure]:
    """The last of each objective, where a later BM-01 does not go on with it or its latest report ends it."""
    reported = {threads.names[held.key]: held for held in threads.every if held.result is not None}
    heirs = {_file(held): held.division for held in threads.every if held.objective and own_code(held.code)[0]}
    files: dict[str, dict[int, int]] = {}
    for each in planned:
        files.setdefault(each.division, {})[each.file] = each.year
    for each in {each.thread: each for each in planned}.values():
        heir = heirs.get((each.file, each.code))
        own = [*files[each.division]]
        is_followed = each.file != own[-1]
        if heir is not None:
            is_followed = any(year > each.year for year in files.get(heir, {}).values())
        last = reported.get(each.thread)
        if last is not None and last.status is Status.NO_LONGER:
            yield Figure.ENDED_EVER
        elif is_followed:
            yield Figure.DROPPED


def _file(held: Held) -> tuple[int, str]:
    """The BM-01 in which a taken-over objective stands, and its code there."""
    return (held.objective or {})["submission_id"], own_code(held.code)[1]
