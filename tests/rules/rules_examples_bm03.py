"""Examples of the rules across the cells of BM-03."""

import datetime as dt

from rules_examples import Line, copied, on_sheet

BM03_EXAMPLES = on_sheet(
    "BM-03",
    "policy",
    (
        Line("UniqueInSheet:staff_code:R604", copied("BM-03", "policy.3", 4), "policy.staff_code.4"),
        Line(
            "OnListOrBlank:staff_code:R628",
            copied("BM-03", "policy.3", 4, {"staff_code": "CB004", "full_name": "Phạm Thị Lan"}),
            "policy.staff_code.4",
            "of another division",
        ),
        Line(
            "OnListOrBlank:staff_code:R628",
            copied("BM-03", "policy.3", 4, {"staff_code": "CB099", "full_name": "Phạm Thị Mới"}),
            "policy.staff_code.4",
            "of nobody",
        ),
        Line(
            "HasStaffCode:full_name:R627",
            copied("BM-03", "policy.3", 4, {"staff_code": None, "full_name": "Phạm Thị Mới"}),
            "policy.full_name.4",
        ),
        *(
            Line(f"FilledWhen:{field}:C420", {f"policy.{field}.3": None}, f"policy.{field}.3")
            for field in ("channel", "communicated_on", "communicator", "understood", "how_checked")
        ),
        Line(
            "AfterApproval:communicated_on:R626",
            {"policy.communicated_on.3": dt.date(2019, 2, 19)},
            "policy.communicated_on.3",
            "the day before",
        ),
        Line(
            "VersionInForce:policy_version:R629",
            {"policy.policy_version.3": "CSCL-2018/01"},
            "policy.policy_version.3",
        ),
        Line(
            "NotAfterArrival:communicated_on:R624",
            {"policy.communicated_on.3": dt.date(2019, 3, 21)},
            "policy.communicated_on.3",
            "the day after",
        ),
        Line("Understood:understood:R634", {"policy.understood.3": "không"}, "policy.understood.3", "told in vain"),
    ),
)
