"""Which numbers of a sentence are targets, and which are names, ages, former values, filters or criteria."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from pipeline.measurability.chart import Chart, Mark
from pipeline.measurability.phrases import lexicon
from pipeline.measurability.quantities import PERCENT, RANK_UNIT, Quantity
from pipeline.measurability.reading import Sign
from pipeline.measurability.signs import Governed

_CLAUSE = 12
_HUNDREDS = 100


class Role(StrEnum):
    """What a number is in its sentence."""

    TARGET = "target"
    NAME = "name"
    BASELINE = "baseline"
    FILTER = "filter"
    CRITERION = "criterion"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Cast:
    """A number, what governs it, and its part. ``rank`` is the sign of a rank, else empty."""

    quantity: Quantity
    governed: Governed
    role: Role
    rank: str = ""


def cast_roles(chart: Chart, quantities: Sequence[Quantity], taken: frozenset[int]) -> list[Cast]:
    """Give every number its role, from left to right: what came before decides what may still be a target."""
    done: list[Cast] = []
    for position, quantity in enumerate(quantities):
        rank = _rank(chart, quantity)
        settled = _settle_fraction(chart, quantity, rank)
        governed = Governed(chart, settled)
        place = _Place(chart, settled, governed, quantities[position + 1 :], taken)
        role = Role.TARGET if rank else _role(place, done)
        done.append(Cast(settled, governed, role, rank))
    return done


@dataclass(frozen=True)
class _Place:
    """A number among its neighbours."""

    chart: Chart
    quantity: Quantity
    governed: Governed
    rest: Sequence[Quantity]
    taken: frozenset[int]

    @property
    def following(self) -> Quantity | None:
        """The next number."""
        return self.rest[0] if self.rest else None


def _role(place: _Place, done: Sequence[Cast]) -> Role:
    if _is_name(place, done):
        return Role.NAME
    if _is_evidence(place):
        return Role.EVIDENCE
    if _is_baseline(place):
        return Role.BASELINE
    if _is_filter(place, done):
        return Role.FILTER
    return Role.CRITERION if _is_definition(place) or _is_criterion(place, done) else Role.TARGET


# ── Ranks and fractions ───────────────────────────────────────────────────────────────────────────────────────────


def _rank(chart: Chart, quantity: Quantity) -> str:
    mark = chart.ending("rank", quantity.start)
    if mark is None and (quantity.fraction or quantity.unit):
        mark = chart.ending("rank_of_nouns", quantity.start)
    return mark.value if mark and not quantity.is_share else ""


def _settle_fraction(chart: Chart, quantity: Quantity, rank: str) -> Quantity:
    """What a fraction stands for: a rank, a share, a count out of a total, or an actual value beside its plan."""
    if rank:
        value = quantity.fraction[0] if quantity.fraction else quantity.value
        return replace(quantity, value=value, unit=RANK_UNIT, readings=(value,))
    if not quantity.fraction:
        return quantity
    part, whole = quantity.fraction
    if not (part.is_integer() and whole.is_integer()):
        value = part if chart.at("out_of", quantity.end) else whole
        return replace(quantity, value=value, readings=(value,))
    if part < whole and _is_share(chart, quantity):
        share = round(100 * part / whole, 2)
        return replace(quantity, value=share, unit=PERCENT, readings=(share,))
    return replace(quantity, value=part, readings=(part,))


def _is_share(chart: Chart, quantity: Quantity) -> bool:
    if chart.ending("open_bracket", quantity.start) or chart.at("out_of", quantity.end):
        return False
    _, _, whole = chart.tokens[quantity.start].text.partition("/")
    return whole.strip() in _round_wholes() or chart.at("share_of", quantity.end) is not None


@cache
def _round_wholes() -> frozenset[str]:
    return frozenset(lexicon("numbers")["share_denominators"][""])


# ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _has_unit(chart: Chart, quantity: Quantity) -> bool:
    return chart.any_of(("unit", "multiplier"), quantity.end) is not None


def _is_name(place: _Place, done: Sequence[Cast]) -> bool:
    if place.quantity.is_share:
        return False
    return _is_named(place) or (not _has_unit(place.chart, place.quantity) and _is_bare_name(place, done))


def _is_named(place: _Place) -> bool:
    chart, quantity = place.chart, place.quantity
    about_age = chart.at("names_after", quantity.end) is not None and chart.first("age_is_measured") is None
    no_part = quantity.fraction is not None and quantity.fraction[0] > quantity.fraction[1]
    # "112 bé trai/100 bé gái": what stands behind the slash is the measure of the first.
    named = chart.ending("names_before", quantity.start) or chart.ending("slash", quantity.start)
    return about_age or no_part or named is not None or _is_each_one(place)


def _is_bare_name(place: _Place, done: Sequence[Cast]) -> bool:
    chart, quantity = place.chart, place.quantity
    named = chart.ending("names_before_bare", quantity.start)
    if (named and not _is_verb_too(place, named)) or _goes_on(chart, quantity, done):
        return True
    return quantity.unit is None and not quantity.fraction and not _is_led_to(place) and not _is_part(place, done)


def _is_part(place: _Place, done: Sequence[Cast]) -> bool:
    """“1.150 học sinh, trong đó hệ cao đẳng 400, hệ trung cấp 750”: the parts have the unit of the whole."""
    chart, quantity = place.chart, place.quantity
    ends = quantity.after >= chart.size or chart.any_of(("hard_stop", "soft_stop"), quantity.after)
    opened = chart.first("part_of", 0, quantity.start)
    if not ends or opened is None:
        return False
    wholes = [cast.quantity for cast in done if cast.role is Role.TARGET and cast.quantity.after <= opened.start]
    return bool(wholes) and not wholes[-1].is_share and quantity.value < wholes[-1].value


def _is_verb_too(place: _Place, named: Mark) -> bool:
    """“Cấp 1.200 thẻ”: at the head of a clause, or before a thing that is counted by hundreds, it is the verb."""
    chart, quantity = place.chart, place.quantity
    if not chart.at("verb_too", named.start) or not quantity.unit:
        return False
    heads = named.start == 0 or chart.ending("hard_stop", named.start) or chart.ending("soft_stop", named.start)
    return bool(heads) or named.start in place.taken or named.start - 1 in place.taken or quantity.value >= _HUNDREDS


def _is_each_one(place: _Place) -> bool:
    """“thời gian giải quyết một hồ sơ không quá 5 ngày”, "giá trị trên 1 ha đạt …": one of what is measured."""
    chart, quantity, following = place.chart, place.quantity, place.following
    if quantity.value != 1 or following is None or chart.ending("aim", place.governed.start):
        return False
    if chart.ending("out_of_one", quantity.start):
        return _same_clause(chart, quantity.after, following.start)
    if place.governed.sign or chart.is_number(quantity.start):
        return False
    same = _same_clause(place.chart, quantity.after, following.start)
    return same and Governed(place.chart, following).sign is not None


def _goes_on(chart: Chart, quantity: Quantity, done: Sequence[Cast]) -> bool:
    """“mức độ 3, 4” and "Điều 8 và 9": a bare number in a list of names is a name."""
    if not done or done[-1].role is not Role.NAME:
        return False
    between = range(done[-1].quantity.end, quantity.start)
    return len(between) <= 2 and all(chart.any_of(("soft_stop", "range", "slash"), at) for at in between)


def _is_led_to(place: _Place) -> bool:
    """Whether a number without a unit is said to be reached: "đạt 85", "ít nhất 3"."""
    start = place.quantity.start
    told = start > 0 and place.chart.tokens[start - 1].text == ":"
    led = told or place.governed.sign or any(place.chart.ending(name, start) for name in ("aim", "bridge", "bridge_verb"))
    return bool(led)


# ── Evidence, former values, filters, criteria ────────────────────────────────────────────────────────────────────


def _bracket(chart: Chart, at: int) -> int | None:
    """The bracket that is open at a place."""
    for back in range(at - 1, -1, -1):
        if chart.at("close_bracket", back):
            return None
        if chart.at("open_bracket", back):
            return back
    return None


def _is_evidence(place: _Place) -> bool:
    """“100% (70/70 hồ sơ)” repeats the share; "(năm 2018: 92%)" tells of another year."""
    opened = _bracket(place.chart, place.quantity.start)
    if opened is None:
        return False
    fraction = place.quantity.fraction
    repeats = fraction is not None and fraction[0] == fraction[1] and opened > 0
    return repeats or any(at in place.taken for at in range(opened, place.quantity.start))


def _is_baseline(place: _Place) -> bool:
    """“từ 10 ngày xuống còn 07 ngày”: the first is what was."""
    chart, quantity, following = place.chart, place.quantity, place.following
    if chart.ending("baseline_before", quantity.start):
        return True
    if following is None or quantity.upper is not None or not chart.ending("from", _unbridged(chart, quantity.start)):
        return False
    between = range(quantity.after, following.start)
    if any(chart.at("hard_stop", at) for at in between):
        return False
    if any(chart.at("becomes", at) for at in between):
        return True
    joined = chart.at("range", quantity.after)
    return bool(joined and joined.end == following.start and following.value < quantity.value)


def _unbridged(chart: Chart, start: int) -> int:
    bridge = chart.ending("bridge", start)
    return bridge.start if bridge and not chart.ending("from", start) else start


def _same_clause(chart: Chart, start: int, end: int) -> bool:
    return not any(
        chart.at("hard_stop", at) or chart.at("part_of", at) or chart.tokens[at].text == "," for at in range(start, end)
    )


def _share_before(place: _Place, done: Sequence[Cast]) -> bool:
    """Whether a share that is a target stands earlier in the clause."""
    return any(
        earlier.role is Role.TARGET
        and earlier.quantity.is_share
        and _same_clause(place.chart, earlier.quantity.after, place.quantity.start)
        for earlier in done
    )


def _is_filter(place: _Place, done: Sequence[Cast]) -> bool:
    """“xã có tỷ lệ trên 25% phải giảm…”, "100% doanh nghiệp có từ 50 lao động trở lên tổ chức…"."""
    chart, quantity, left = place.chart, place.quantity, place.governed.start
    opens = chart.at("modifier", left) or chart.ending("modifier", left)
    if not opens or chart.ending("aim", left) or chart.ending("soft_stop", left):
        return False
    if _share_before(place, done):
        return _verb_follows(chart, quantity.after, quantity.after + _CLAUSE)
    following = place.following
    if following is None or not _same_clause(chart, quantity.after, following.start):
        return False
    return _is_had(place, left) and _verb_follows(chart, quantity.after, following.start)


def _verb_follows(chart: Chart, start: int, end: int) -> bool:
    for at in range(start, min(end, chart.size)):
        if chart.any_of(("hard_stop", "soft_stop"), at):
            return False
        if chart.any_of(("verb", "change", "aim"), at):
            return True
    return False


def _is_had(place: _Place, left: int) -> bool:
    """Whether "noun có …" leads to a place; at the start of the sentence "Có trên 50 …" does not, nor "Năm 2025 có …"."""
    chart = place.chart
    for back in range(left, max(0, left - 9), -1):
        if chart.ending("aim", back):
            return False
        opened = chart.at("modifier", back)
        if opened and opened.value.startswith("có"):
            return back > 0 and back - 1 not in place.taken and chart.ending("hard_stop", back) is None
    return False


def _is_definition(place: _Place) -> bool:
    """“Tỷ lệ phụ nữ khám thai đủ 4 lần … đạt 90%”: in the name of what is measured, before the figure to be reached."""
    chart, quantity, following = place.chart, place.quantity, place.following
    if quantity.is_share or following is None or chart.ending("aim", place.governed.start):
        return False
    if place.governed.sign:
        return _is_in_name_of_share(place)
    opened = chart.first("quantity", 0, quantity.start)
    if opened is None or not _same_clause(chart, opened.start, following.start):
        return False
    return not any(chart.at("verb", at) for at in range(opened.start)) and not chart.at("change", 0)


def _is_in_name_of_share(place: _Place) -> bool:
    """“Tỷ lệ phụ nữ khám thai ít nhất 4 lần đạt 85%”: the share that is reached comes later in the clause."""
    chart, after = place.chart, place.quantity.after
    reached = next((one for one in place.rest if one.is_share and chart.ending("aim", Governed(chart, one).start)), None)
    opened = chart.first("counted_name", 0, place.quantity.start)
    return opened is not None and reached is not None and _same_clause(chart, after, reached.start)


def _is_criterion(place: _Place, done: Sequence[Cast]) -> bool:
    """A number of days is a target only where time is what is measured."""
    chart, quantity = place.chart, place.quantity
    if quantity.per or not chart.at("duration_unit", quantity.end) or not _is_plain_duration(quantity):
        return False
    if _share_before(place, done) or chart.ending("since", place.governed.start) or _is_within(place, done):
        return True
    if any(mark.end <= quantity.start for mark in chart.every("none")):
        return True
    about_time = chart.first("duration_measured", 0, quantity.start)
    return not (about_time or place.governed.sign)


def _is_within(place: _Place, done: Sequence[Cast]) -> bool:
    """“100% yêu cầu khắc phục, phòng ngừa được thực hiện trong thời hạn 30 ngày”: the share is the target."""
    chart, start = place.chart, place.quantity.start
    if not chart.ending("within", start) or chart.ending("hard_stop", place.governed.start):
        return False
    shares = [cast for cast in done if cast.role is Role.TARGET and cast.quantity.is_share]
    return bool(shares) and not any(chart.at("hard_stop", at) for at in range(shares[-1].quantity.after, start))


def _is_plain_duration(quantity: Quantity) -> bool:
    return quantity.unit is not None and "/" not in quantity.unit


def sign_of_rank(cast: Cast) -> Sign | None:
    """The sign that a rank brings with it: "trong nhóm 10" is at most, "xếp thứ 10" exactly."""
    return Sign(cast.rank) if cast.rank else None
