"""The deadline table: what came when, what was decided, and the exact state of it."""

from collections.abc import Sequence

import pytest
from deadline_frames import Came, Decided, outcome

from pipeline.findings import DecisionKind

NIGHT_OF_9TH, LATE_ON_9TH, MIDNIGHT, NIGHT_OF_10TH = (
    "2019-06-09T00:05", "2019-06-09T23:59", "2019-06-10T00:00", "2019-06-10T00:05",
)  # fmt: skip
FRIDAY, SUNDAY, MONDAY = "2019-06-07T17:00", "2019-06-09T16:00", "2019-06-10T07:45"
UNTIL_20TH = Decided(DecisionKind.EXTENDED, until="2019-06-20")
EXEMPT = Decided(DecisionKind.EXEMPTED)
WITHDRAWAL = Decided(DecisionKind.WITHDRAWN)
RETURNED_IN_TIME = Came("2019-06-08T00:05", "2019-06-07T00:05", verdict="returned")
GOOD_ON_12TH = Came("2019-06-12T00:05", "2019-06-11T00:05", "2019-06-11T10:00")
TAKEN_BACK = Came("2019-06-08T00:05", "2019-06-07T00:05", withdrawn=True)

Case = tuple[str, str, Sequence[Came], Sequence[Decided], tuple[str, int, str | None]]
NOTHING_CAME: list[Case] = [
    ("the last good day", "2019-06-09", [], [], ("not_due", 0, None)),
    ("the due date itself", "2019-06-10", [], [], ("missing", 1, None)),
    ("three days later", "2019-06-13", [], [], ("missing", 4, None)),
]
INTERVALS: list[Case] = [
    (
        "found at 23:59 of the last good day",
        "2019-06-12", [Came(LATE_ON_9TH, NIGHT_OF_9TH)], [], ("on_time", 0, "interval"),
    ),
    (
        "found at midnight, stamped a minute before",
        "2019-06-12", [Came(MIDNIGHT, NIGHT_OF_9TH, LATE_ON_9TH)], [], ("on_time", 0, "stamp"),
    ),
    (
        "found at midnight, stamped at midnight",
        "2019-06-12", [Came(MIDNIGHT, NIGHT_OF_9TH, MIDNIGHT)], [], ("late", 1, "stamp"),
    ),
    (
        "absent at 23:59, found at 00:05, stamped 23:59:30",
        "2019-06-12", [Came(NIGHT_OF_10TH, LATE_ON_9TH, "2019-06-09T23:59:30")], [], ("on_time", 0, "stamp"),
    ),
    (
        "absent at midnight: late, whatever the stamp says",
        "2019-06-12", [Came(NIGHT_OF_10TH, MIDNIGHT, "2019-06-08T08:00")], [], ("late", 1, "interval"),
    ),
    (
        "found before the due date: in time, whatever the stamp says",
        "2019-06-12", [Came(LATE_ON_9TH, NIGHT_OF_9TH, "2019-06-15T08:00")], [], ("on_time", 0, "interval"),
    ),
    (
        "the PC was off from Friday to Monday, stamped on Sunday",
        "2019-06-12", [Came(MONDAY, FRIDAY, SUNDAY)], [], ("on_time", 0, "stamp"),
    ),
    (
        "the PC was off from Friday to Monday, stamped on Monday",
        "2019-06-12", [Came(MONDAY, FRIDAY, "2019-06-10T07:30")], [], ("late", 1, "stamp"),
    ),
    (
        "the first look, stamped in time",
        "2019-07-01", [Came("2019-07-01T00:05", None, "2019-06-05T08:00")], [], ("on_time", 0, "stamp"),
    ),
    (
        "the first look, stamped late",
        "2019-07-01", [Came("2019-07-01T00:05", None, "2019-06-12T08:00")], [], ("late", 3, "stamp"),
    ),
    (
        "the first look was before the due date",
        "2019-06-12", [Came("2019-06-01T00:05", None, "2019-05-30T08:00")], [], ("on_time", 0, "interval"),
    ),
]  # fmt: skip
RETURNS: list[Case] = [
    ("returned, not due yet", "2019-06-09", [RETURNED_IN_TIME], [], ("returned", 0, None)),
    ("returned, overdue", "2019-06-12", [RETURNED_IN_TIME], [], ("returned", 3, None)),
    (
        "received in time, returned, accepted late",
        "2019-06-12", [RETURNED_IN_TIME, GOOD_ON_12TH], [], ("accepted_after_due", 0, "interval"),
    ),
    (
        "received late, returned, accepted later: late since the accepted one",
        "2019-06-14",
        [Came("2019-06-11T00:05", MIDNIGHT, verdict="returned"), GOOD_ON_12TH], [], ("late", 2, "interval"),
    ),
    (
        "the returned one was in time only by its stamp",
        "2019-06-14",
        [Came(MONDAY, FRIDAY, SUNDAY, verdict="returned"), GOOD_ON_12TH], [], ("accepted_after_due", 0, "stamp"),
    ),
    (
        "accepted in time, a newer one late",
        "2019-06-12", [Came(LATE_ON_9TH), GOOD_ON_12TH], [], ("on_time", 0, "interval"),
    ),
    (
        "accepted in time, a newer one returned",
        "2019-06-12", [Came(LATE_ON_9TH), Came(MONDAY, verdict="returned")], [], ("on_time", 0, "interval"),
    ),
]  # fmt: skip
EMPTY_IN_TIME = Came("2019-06-08T00:05", "2019-06-07T00:05", verdict="returned", is_empty=True)
EMPTIES: list[Case] = [
    ("empty in time", "2019-06-09", [EMPTY_IN_TIME], [], ("empty", 0, None)),
    ("empty in time, overdue", "2019-06-11", [EMPTY_IN_TIME], [], ("empty", 2, None)),
    ("empty in time, then filled late", "2019-06-12", [EMPTY_IN_TIME, GOOD_ON_12TH], [], ("late", 2, "interval")),
    (
        "returned, then empty: the last says why",
        "2019-06-12",
        [RETURNED_IN_TIME, EMPTY_IN_TIME],
        [],
        ("empty", 3, None),
    ),
    ("empty, then returned", "2019-06-12", [EMPTY_IN_TIME, RETURNED_IN_TIME], [], ("returned", 3, None)),
]
EXTENSIONS: list[Case] = [
    ("before the first due date", "2019-06-09", [], [UNTIL_20TH], ("extended", 0, None)),
    ("past the first, within the extended", "2019-06-19", [], [UNTIL_20TH], ("extended", 0, None)),
    ("the extended date itself", "2019-06-20", [], [UNTIL_20TH], ("missing", 1, None)),
    ("after the extension", "2019-06-22", [], [UNTIL_20TH], ("missing", 3, None)),
    ("accepted within the extension", "2019-06-13", [GOOD_ON_12TH], [UNTIL_20TH], ("on_time", 0, "interval")),
    (
        "accepted on the extended date",
        "2019-06-22",
        [Came("2019-06-21T00:05", "2019-06-20T00:05", "2019-06-20T09:00")], [UNTIL_20TH], ("late", 1, "interval"),
    ),
    (
        "the stamp decides at the extended date as at any other",
        "2019-06-22",
        [Came("2019-06-20T07:00", "2019-06-19T17:00", "2019-06-19T18:00")], [UNTIL_20TH], ("on_time", 0, "stamp"),
    ),
    ("returned within the extension", "2019-06-13", [RETURNED_IN_TIME], [UNTIL_20TH], ("returned", 0, None)),
    ("empty within the extension", "2019-06-13", [EMPTY_IN_TIME], [UNTIL_20TH], ("empty", 0, None)),
    ("returned, the extension has passed", "2019-06-21", [RETURNED_IN_TIME], [UNTIL_20TH], ("returned", 2, None)),
    (
        "the last extension counts",
        "2019-06-22", [], [UNTIL_20TH, Decided(DecisionKind.EXTENDED, until="2019-06-25")], ("extended", 0, None),
    ),
    (
        "the last extension counts though it is shorter",
        "2019-06-16", [], [UNTIL_20TH, Decided(DecisionKind.EXTENDED, until="2019-06-15")], ("missing", 2, None),
    ),
    (
        "an extension that the settings have passed by",
        "2019-06-09", [], [Decided(DecisionKind.EXTENDED, until="2019-06-05")], ("not_due", 0, None),
    ),
    (
        "another division's extension",
        "2019-06-12", [], [Decided(DecisionKind.EXTENDED, until="2019-06-20", division="TCT")], ("missing", 3, None),
    ),
    ("a revoked extension no longer stands", "2019-06-12", [], [], ("missing", 3, None)),
]  # fmt: skip
EXEMPTIONS: list[Case] = [
    ("nothing came", "2019-06-12", [], [EXEMPT], ("exempt", 0, None)),
    ("before the due date", "2019-06-01", [], [EXEMPT], ("exempt", 0, None)),
    ("returned", "2019-06-12", [RETURNED_IN_TIME], [EXEMPT], ("exempt", 0, None)),
    ("accepted late", "2019-06-12", [GOOD_ON_12TH], [EXEMPT], ("exempt", 0, None)),
    ("exempt and extended", "2019-06-12", [], [UNTIL_20TH, EXEMPT], ("exempt", 0, None)),
    ("a revoked exemption no longer stands", "2019-06-12", [GOOD_ON_12TH], [], ("late", 2, "interval")),
]
WITHDRAWALS: list[Case] = [
    ("taken back, not due yet", "2019-06-09", [TAKEN_BACK], [WITHDRAWAL], ("withdrawn", 0, None)),
    ("taken back, overdue", "2019-06-12", [TAKEN_BACK], [WITHDRAWAL], ("withdrawn", 3, None)),
    (
        "taken back and handed in again in time",
        "2019-06-12", [TAKEN_BACK, Came(LATE_ON_9TH, NIGHT_OF_9TH)], [WITHDRAWAL], ("on_time", 0, "interval"),
    ),
    (
        "taken back, handed in again late: what was taken back was never received",
        "2019-06-12", [TAKEN_BACK, GOOD_ON_12TH], [WITHDRAWAL], ("late", 2, "interval"),
    ),
    (
        "taken back, then one returned",
        "2019-06-12", [TAKEN_BACK, Came(MONDAY, FRIDAY, verdict="returned")], [WITHDRAWAL], ("returned", 3, None),
    ),
    ("taken back within an extension", "2019-06-12", [TAKEN_BACK], [UNTIL_20TH, WITHDRAWAL], ("withdrawn", 0, None)),
    (
        "a revoked withdrawal no longer stands",
        "2019-06-12", [Came("2019-06-08T00:05", "2019-06-07T00:05")], [], ("on_time", 0, "interval"),
    ),
]  # fmt: skip
TABLE = [*NOTHING_CAME, *INTERVALS, *RETURNS, *EMPTIES, *EXTENSIONS, *EXEMPTIONS, *WITHDRAWALS]


@pytest.mark.parametrize(("told", "today", "versions", "decided", "expected"), TABLE, ids=[case[0] for case in TABLE])
def test_the_state_of_an_obligation(
    told: str, today: str, versions: Sequence[Came], decided: Sequence[Decided], expected: tuple[str, int, str | None]
) -> None:
    found = outcome(today, versions, decided)
    decided_by = found["decided_by"] if isinstance(found["decided_by"], str) else None
    assert (found["state"], found["days_late"], decided_by) == expected, told
