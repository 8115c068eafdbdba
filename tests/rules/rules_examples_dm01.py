"""Examples of the rules across the cells of the secretary's directory."""

import datetime as dt

from rules_examples import Example

DM01_EXAMPLES = tuple(
    Example("DM-01", sheet, rule, edits, ((rule.rsplit(":", 1)[1], place),))
    for sheet, rule, edits, place in (
        ("divisions", "UniqueInSheet:code:R604", {"divisions.code.3": "VP"}, "divisions.code.3"),
        (
            "divisions",
            "NotBefore:valid_to:R601",
            {"divisions.valid_to.3": dt.date(2015, 12, 31)},
            "divisions.valid_to.3",
        ),
        ("divisions", "NamesHeirs:successor:R639", {"divisions.successor.3": "XX"}, "divisions.successor.3"),
        (
            "divisions",
            "TakesOverFromOthers:successor:R649",
            {"divisions.successor.3": "HC"},
            "divisions.successor.3",
        ),
        ("staff", "OnePersonEach:staff_code:R650", {"staff.name.2": "Lê Thị Thu"}, "staff.staff_code.2"),
        ("staff", "AfterTheRowBefore:valid_from:R651", {"staff.valid_to.1": None}, "staff.valid_from.2"),
        (
            "staff",
            "EndsWithReferred:valid_to:R652",
            {"divisions.valid_to.1": dt.date(2020, 6, 30)},
            "staff.valid_to.2",
        ),
        ("staff", "RefersTo:division:R640", {"staff.division.2": "XX"}, "staff.division.2"),
        ("staff", "NotBefore:valid_to:R601", {"staff.valid_to.1": dt.date(2017, 12, 31)}, "staff.valid_to.1"),
    )
)
