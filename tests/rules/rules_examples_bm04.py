"""Examples of the rules across the cells of BM-04: declarations and changes of scope."""

import datetime as dt

from rules_bases import Typed
from rules_examples import Example, Line, copied, on_sheet

_LATER: Typed = {
    "decision_no": "300/QĐ-SLĐTBXH",
    "decision_on": dt.date(2019, 4, 1),
    "notice_on": dt.date(2019, 4, 3),
    "posted_on": dt.date(2019, 4, 2),
    "published_on": dt.date(2019, 4, 2),
}

DECLARATIONS = on_sheet(
    "BM-04",
    "declarations",
    (
        Line("UniqueInSheet:decision_no:R604", copied("BM-04", "declarations.1", 3), "declarations.decision_no.3"),
        *(
            Line(f"NotBefore:{field}:R618", {f"declarations.{field}.2": day}, f"declarations.{field}.2")
            for field, day in (
                ("management_review_on", dt.date(2018, 6, 14)),
                ("effectiveness_confirmed_on", dt.date(2018, 6, 28)),
                ("decision_on", dt.date(2018, 7, 9)),
                ("notice_on", dt.date(2018, 7, 19)),
                ("posted_on", dt.date(2018, 7, 19)),
                ("published_on", dt.date(2018, 7, 19)),
            )
        ),
        Line(
            "NotAfterArrival:decision_on:R624",
            {"declarations.decision_on.2": dt.date(2028, 7, 20)},
            "declarations.decision_on.2",
            "the days that follow it are not called too early",
        ),
        *(
            Line(f"FilledUnless:{field}:C422", {f"declarations.{field}.2": None}, f"declarations.{field}.2")
            for field in ("notice_no", "posted_at", "published_url")
        ),
        *(
            Line(
                f"Done:{day}:R635",
                {f"declarations.{day}.2": "chưa thực hiện", f"declarations.{partner}.2": None},
                f"declarations.{day}.2",
            )
            for day, partner in (
                ("notice_on", "notice_no"),
                ("posted_on", "posted_at"),
                ("published_on", "published_url"),
            )
        ),
        Line("FilledWhen:replaces:C421", {"declarations.replaces.2": None}, "declarations.replaces.2"),
        Line("BlankWhen:replaces:C424", {"declarations.kind.2": "lần đầu"}, "declarations.replaces.2"),
        Line(
            "ReplacesEarlier:replaces:R619",
            {"declarations.replaces.2": "99/QĐ-SLĐTBXH"},
            "declarations.replaces.2",
            "not in the register",
        ),
        Line(
            "ReplacesEarlier:replaces:R619",
            {"declarations.replaces.2": "215/QĐ-SLĐTBXH"},
            "declarations.replaces.2",
            "itself",
        ),
        Line("UniqueInSheet:replaces:R620", copied("BM-04", "declarations.2", 3, _LATER), "declarations.replaces.3"),
        Line(
            "OnlyOneInForce:decision_no:R621",
            copied("BM-04", "declarations.2", 3, {**_LATER, "kind": "lần đầu", "replaces": None}),
            "declarations.decision_no.2",
        ),
        Line(
            "OnlyOneInForce:decision_no:R621",
            copied(
                "BM-04", "declarations.2", 3, {"decision_no": "216/QĐ-SLĐTBXH", "kind": "lần đầu", "replaces": None}
            ),
            "declarations.decision_no.2",
            "two of the same day",
        ),
        Line(
            "ProceduresAddUp:procedures_count:R622",
            {"declarations.procedures_count.2": 90},
            "declarations.procedures_count.2",
        ),
        Line(
            "AsLastAccepted:decision_no:R623",
            {"declarations.scope.1": "Toàn bộ thủ tục hành chính"},
            "declarations.decision_no.1",
            "a cell changed",
        ),
        Line(
            "AsLastAccepted:decision_no:R623",
            {"declarations.checked_by.1": None},
            "declarations.decision_no.1",
            "a cell emptied",
        ),
    ),
)

NOT_DONE_BUT_PROVED = tuple(
    # A duty that is not done is warned about in any case; the proof beside it is the mistake.
    Example(
        "BM-04",
        "declarations",
        f"BlankWhen:{partner}:C423",
        {f"declarations.{day}.2": "chưa thực hiện"},
        tuple((code, f"declarations.{field}.2") for code, field in (("C423", partner), ("R635", day))),
    )
    for day, partner in (("notice_on", "notice_no"), ("posted_on", "posted_at"), ("published_on", "published_url"))
)

SCOPE_CHANGES = (
    Example(
        "BM-04",
        "scope_changes",
        "RefersTo:declared_in:R637",
        {"scope_changes.declared_in.2": "300/QĐ-SLĐTBXH"},
        (("R637", "scope_changes.declared_in.2"),),
    ),
    Example(
        "BM-04",
        "scope_changes",
        "AsLastAccepted:effective_on:R623",
        {"scope_changes.new_scope.1": "Toàn bộ thủ tục hành chính"},
        (("R623", "scope_changes.effective_on.1"),),
    ),
)

BM04_EXAMPLES = (*DECLARATIONS, *NOT_DONE_BUT_PROVED, *SCOPE_CHANGES)
