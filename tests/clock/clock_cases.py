"""The wrong clocks of the table: which nights ran at which time, and what the secretary recorded of it."""

from clock_office import NIGHTS, Case

LAST = len(NIGHTS) - 1

CASES = {
    "2091 over the due date, three runs with forms and a decision": Case(
        {7: "2091-01-01T00:05", 8: "2091-01-03T00:05", 9: "2091-01-04T00:05"}, ((LAST, 7, 9),)
    ),
    "2091 on the due date, never recorded": Case({8: "2091-01-05T00:05"}),
    "2091 twice, recorded one by one": Case({7: "2091-01-05T00:05", 9: "2091-01-07T00:05"}, ((8, 7, 7), (LAST, 9, 9))),
    "twenty days ahead over the due date": Case(
        {7: "2019-06-28T00:05", 8: "2019-06-30T00:05"}, ((9, 7, 8),), locks=True
    ),
    "a year ahead, confirmed": Case({8: "2020-06-10T00:05"}, ((9, 8, 8),), locks=True),
    "2091, then twenty days ahead": Case(
        {7: "2091-06-28T00:05", 8: "2019-06-30T00:05"}, ((9, 8, 8), (LAST, 7, 7)), locks=True
    ),
    "2091, recorded and revoked": Case({8: "2091-01-05T00:05"}, ((10, 8, 8),), ((LAST, 0),)),
    "right runs told wrong, and revoked": Case({7: NIGHTS[7][0]}, ((10, 7, 8),), ((LAST, 0),)),
    "told too widely, revoked, told again": Case({7: "2091-01-05T00:05"}, ((9, 6, 8), (LAST, 7, 7)), ((10, 0),)),
    "2091 as the first run ever": Case({0: "2091-01-01T00:05"}, ((LAST, 0, 0),)),
    "2009 for the first runs": Case({0: "2009-01-01T00:05", 1: "2009-01-05T00:05"}, ((LAST, 0, 1),)),
    "twenty days behind for the first runs": Case(
        {0: "2019-01-02T00:05", 1: "2019-01-06T00:05", 2: "2019-01-10T23:50"}, ((LAST, 0, 2),)
    ),
}

READ_ANEW = {"right runs told wrong, and revoked", "twenty days behind for the first runs"}
"""What counted until the decision counts no more: past nights are told by the right times since."""
