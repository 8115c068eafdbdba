"""Numbers that only qualify: evidence, former values, filters, definitions and criteria."""

from collections.abc import Sequence

from pipeline.measurability.chart import Chart
from pipeline.measurability.place import Cast, Place, Role, same_clause
from pipeline.measurability.quantities import Quantity
from pipeline.measurability.signs import Governed

_CLAUSE = 12


def _bracket(chart: Chart, at: int) -> int | None:
    """The bracket that is open at a place."""
    for back in range(at - 1, -1, -1):
        if chart.at("close_bracket", back):
            return None
        if chart.at("open_bracket", back):
            return back
    return None


def is_evidence(place: Place) -> bool:
    """“100% (70/70 hồ sơ)” repeats the share; "(năm 2018: 92%)" tells of another year."""
    opened = _bracket(place.chart, place.quantity.start)
    if opened is None:
        return False
    fraction = place.quantity.fraction
    repeats = fraction is not None and fraction[0] == fraction[1] and opened > 0
    return repeats or any(at in place.taken for at in range(opened, place.quantity.start))


def is_baseline(place: Place) -> bool:
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


def _share_before(place: Place, done: Sequence[Cast]) -> bool:
    """Whether a share that is a target stands earlier in the clause."""
    return any(
        earlier.role is Role.TARGET
        and earlier.quantity.is_share
        and same_clause(place.chart, earlier.quantity.after, place.quantity.start)
        for earlier in done
    )


def is_filter(place: Place, done: Sequence[Cast]) -> bool:
    """“xã có tỷ lệ trên 25% phải giảm…”, "100% doanh nghiệp có từ 50 lao động trở lên tổ chức…"."""
    chart, quantity, left = place.chart, place.quantity, place.governed.start
    opens = chart.at("modifier", left) or chart.ending("modifier", left)
    if not opens or chart.ending("aim", left) or chart.ending("soft_stop", left):
        return False
    if _share_before(place, done):
        return _verb_follows(chart, quantity.after, quantity.after + _CLAUSE)
    following = place.following
    if following is None or not same_clause(chart, quantity.after, following.start):
        return False
    return _is_had(place, left) and _verb_follows(chart, quantity.after, following.start)


def _verb_follows(chart: Chart, start: int, end: int) -> bool:
    for at in range(start, min(end, chart.size)):
        if chart.any_of(("hard_stop", "soft_stop"), at):
            return False
        if chart.any_of(("verb", "change", "aim"), at):
            return True
    return False


def _is_had(place: Place, left: int) -> bool:
    """Whether "noun có …" leads to a place; at the start of the sentence "Có trên 50 …" does not."""
    chart = place.chart
    for back in range(left, max(0, left - 9), -1):
        if chart.ending("aim", back):
            return False
        opened = chart.at("modifier", back)
        if opened and opened.value.startswith("có"):
            return back > 0 and back - 1 not in place.taken and chart.ending("hard_stop", back) is None
    return False


def is_definition(place: Place) -> bool:
    """“Tỷ lệ phụ nữ khám thai đủ 4 lần … đạt 90%”: in the name of what is measured, before the figure to be reached."""
    chart, quantity, following = place.chart, place.quantity, place.following
    if quantity.is_share or following is None or chart.ending("aim", place.governed.start):
        return False
    if place.governed.sign:
        return _is_in_name_of_share(place)
    opened = chart.first("quantity", 0, quantity.start)
    if opened is None or not same_clause(chart, opened.start, following.start):
        return False
    return not any(chart.at("verb", at) for at in range(opened.start)) and not chart.at("change", 0)


def _is_in_name_of_share(place: Place) -> bool:
    """“Tỷ lệ phụ nữ khám thai ít nhất 4 lần đạt 85%”: the share that is reached comes later in the clause."""
    chart, after = place.chart, place.quantity.after
    reached = next(
        (one for one in place.rest if one.is_share and chart.ending("aim", Governed(chart, one).start)), None
    )
    opened = chart.first("counted_name", 0, place.quantity.start)
    return opened is not None and reached is not None and same_clause(chart, after, reached.start)


def is_criterion(place: Place, done: Sequence[Cast]) -> bool:
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


def _is_within(place: Place, done: Sequence[Cast]) -> bool:
    """“100% yêu cầu khắc phục, phòng ngừa được thực hiện trong thời hạn 30 ngày”: the share is the target."""
    chart, start = place.chart, place.quantity.start
    if not chart.ending("within", start) or chart.ending("hard_stop", place.governed.start):
        return False
    shares = [cast for cast in done if cast.role is Role.TARGET and cast.quantity.is_share]
    return bool(shares) and not any(chart.at("hard_stop", at) for at in range(shares[-1].quantity.after, start))


def _is_plain_duration(quantity: Quantity) -> bool:
    return quantity.unit is not None and "/" not in quantity.unit
