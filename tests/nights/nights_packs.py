"""Several examples of the rule table in one form, where each gives what it gives alone.

Whether they do is tried on the frames: examples that bear on one another are sent in files of their own. What is
expected of a file is always what the table says of its examples.
"""

from collections.abc import Iterator, Sequence

from rules_examples import Example
from rules_sheets import Case, addressed, judge_cases

from pipeline.findings import CATALOGUE, Severity

Pack = tuple[Example, ...]
_MOST = 6
"""With more, too many bear on one another and the trials cost what is saved."""
_ALONE = {"R616", "R623", "R638"}
"""The codes for which something else was accepted before: nights_examples tells by them what."""
_EARLIER = ("continues", "revision")


def packs(examples: Sequence[Example]) -> tuple[Pack, ...]:
    """Every example once: with others of its base and its verdict, or alone."""
    return tuple(_halved_until_each_holds(list(_grouped(examples))))


def _halved_until_each_holds(groups: Sequence[Pack]) -> Iterator[Pack]:
    tried = [pack for pack in groups if len(pack) > 1]
    yield from (pack for pack in groups if len(pack) == 1)
    if not tried:
        return
    halves: list[Pack] = []
    for pack, (_, findings) in zip(tried, judge_cases([packed_case(pack) for pack in tried]), strict=True):
        if _expected(pack) == sorted(addressed(findings)):
            yield pack
        else:
            halves += [pack[: len(pack) // 2], pack[len(pack) // 2 :]]
    yield from _halved_until_each_holds(halves)


def packed_case(pack: Pack) -> Case:
    """The form with the edits of all of them."""
    return Case(pack[0].base, {key: value for one in pack for key, value in one.edits.items()})


def _expected(pack: Pack) -> list[tuple[str, str]]:
    return sorted(place for one in pack for place in one.expected_places)


def _grouped(examples: Sequence[Example]) -> Iterator[Pack]:
    """Examples that are typed into different cells."""
    open_packs: dict[tuple[str, bool], list[list[Example]]] = {}
    for one in examples:
        if not _can_be_packed(one):
            yield (one,)
            continue
        of_kind = open_packs.setdefault((one.base, _is_returned(one)), [])
        fitting = (
            pack
            for pack in of_kind
            if len(pack) < _MOST and not any(one.edits.keys() & other.edits.keys() for other in pack)
        )
        pack = next(fitting, None)
        if pack is None:
            of_kind.append([one])
        else:
            pack.append(one)
    yield from (tuple(pack) for of_kind in open_packs.values() for pack in of_kind)


def _can_be_packed(one: Example) -> bool:
    is_plain = one.change is None and one.arrived_at is None and one.formats_known and one.code not in _ALONE
    return is_plain and not any(key.startswith("identity") or "*" in key or _is_earlier(key) for key in one.edits)


def _is_earlier(key: str) -> bool:
    return any(word in key for word in _EARLIER)


def _is_returned(one: Example) -> bool:
    return any(CATALOGUE[code].severity is Severity.ERROR for code, _ in one.expected)
