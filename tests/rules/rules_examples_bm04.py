"""Examples of the rules across the cells of BM-04: declarations and changes of scope."""

import datetime as dt

from rules_bases import Typed
from rules_examples import Example, Line, copied, on_sheet
from rules_sheets import Edits

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
        Line("ReplacedOnce:replaces:R620", copied("BM-04", "declarations.2", 3, _LATER), "declarations.replaces.3"),
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

MERGED: Typed = {**_LATER, "replaces": "215/QĐ-SLĐTBXH, 45/QĐ-SNV", "procedures_count": 174}
OTHER_AGENCY: Typed = {"decision_no": "45/QĐ-SNV", "kind": "lần đầu", "replaces": None}


def merged(**changes: object) -> Edits:
    """The base with the declaration of another agency, and one that replaces both."""
    return copied("BM-04", "declarations.2", 3, OTHER_AGENCY) | copied(
        "BM-04", "declarations.2", 4, {**MERGED, **changes}
    )


MERGERS = (
    Example(
        "BM-04",
        "declarations",
        "ReplacesEarlier:replaces:R619",
        merged(replaces="215/QĐ-SLĐTBXH; 46/QĐ-SNV"),
        (("R619", "declarations.replaces.4"),),
        note="h16 bm1: one of several is not in the register",
    ),
    Example(
        "BM-04",
        "declarations",
        "ReplacedOnce:replaces:R620",
        merged(replaces="98/QĐ-SLĐTBXH; 215/QĐ-SLĐTBXH; 45/QĐ-SNV", procedures_count=261),
        (("R620", "declarations.replaces.4"),),
        note="h16 bm1: one of several is replaced already",
    ),
    Example(
        "BM-04",
        "declarations",
        "OnlyOneInForce:decision_no:R621",
        merged(replaces="215/QĐ-SLĐTBXH", procedures_count=87),
        (("R621", "declarations.decision_no.3"),),
        note="h16 bm1: a merger that leaves one of the two in force",
    ),
    Example(
        "BM-04",
        "declarations",
        "ProceduresAddUp:procedures_count:R622",
        merged(procedures_count=170),
        (("R622", "declarations.procedures_count.4"),),
        note="h16 bm1: as many as both had",
    ),
)

WATCHED = (
    Example(
        "BM-04",
        "declarations",
        "StandardInForce:standard:R647",
        {"declarations.standard.2": "TCVN ISO 9001:2008"},
        (("R647", "declarations.standard.2"),),
        note="h16 bm3",
    ),
    Example(
        "BM-04",
        "postings",
        "RefersTo:of_decision:R637",
        {"postings.of_decision.1": "300/QĐ-SLĐTBXH"},
        (("R637", "postings.of_decision.1"),),
        note="h16 bm2",
    ),
    Example(
        "BM-04",
        "postings",
        "NotBeforeReferred:done_on:R648",
        {"postings.done_on.2": dt.date(2018, 7, 19)},
        (("R648", "postings.done_on.2"),),
        note="h16 bm2",
    ),
    Example(
        "BM-04",
        "postings",
        "Done:done_on:R635",
        {"postings.done_on.2": "chưa thực hiện"},
        (("R635", "postings.done_on.2"),),
        note="h16 bm2",
    ),
    Example(
        "BM-04",
        "postings",
        "AsLastAccepted:place:R623",
        {"postings.done_on.1": dt.date(2018, 7, 25)},
        (("R623", "postings.place.1"),),
        note="h16 bm2",
    ),
    Example(
        "BM-04",
        "checks",
        "NotAfterArrival:checked_on:R624",
        {"checks.checked_on.2": dt.date(2019, 6, 20)},
        (("R624", "checks.checked_on.2"),),
        note="h16 bm4",
    ),
    Example(
        "BM-04",
        "checks",
        "AsLastAccepted:checked_on:R623",
        {"checks.check_result.1": "Đầy đủ"},
        (("R623", "checks.checked_on.1"),),
        note="h16 bm4",
    ),
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

BM04_EXAMPLES = (*DECLARATIONS, *NOT_DONE_BUT_PROVED, *MERGERS, *WATCHED, *SCOPE_CHANGES)
