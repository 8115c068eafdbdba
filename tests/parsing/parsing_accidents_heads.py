"""Accidents: hidden tags and headers that were cleared, changed or moved apart."""

from parsing_desk import (
    HEADER,
    TAGS,
    both,
    cleared,
    column_copied,
    column_deleted,
    header,
    headers,
    put,
    swapped,
    untag,
    without_tag_row,
    written,
)
from parsing_hands import (
    COVER,
    DECLARED,
    GOALS,
    POLICY,
    PROGRESS,
    RESULTS,
    SCOPE,
    behead,
    broken_lines,
    nfd,
    other_tones,
    transpose,
)
from parsing_lines import Line

from pipeline.vietnamese import strip_accents

T217_GOALS = (("T217", GOALS),)

HEADS: tuple[Line, ...] = (
    # Tags and headers.
    Line("the row of tags deleted", "BM-01", without_tag_row(GOALS), T217_GOALS),
    Line(
        "the row of tags deleted on every sheet",
        "BM-04",
        both(without_tag_row(DECLARED), without_tag_row(SCOPE)),
        (("T217", DECLARED), ("T217", SCOPE)),
    ),
    Line(
        "tags cleared, headers without accents",
        "BM-02",
        both(untag(RESULTS), headers(RESULTS, lambda t: strip_accents(t).upper())),
        (("T217", RESULTS),),
    ),
    Line(
        "tags cleared, headers with line breaks and spaces",
        "BM-03",
        both(untag(POLICY), headers(POLICY, broken_lines)),
        (("T217", POLICY),),
    ),
    Line("tags cleared, headers in NFD", "BM-01", both(untag(GOALS), headers(GOALS, nfd)), T217_GOALS),
    Line(
        "tags cleared, tones placed by the other school",
        "BM-04",
        both(untag(DECLARED), headers(DECLARED, other_tones)),
        (("T217", DECLARED),),
    ),
    Line(
        "tags cleared, (*) deleted",
        "BM-02",
        both(untag(PROGRESS), headers(PROGRESS, lambda t: t.replace("(*)", ""))),
        (("T217", PROGRESS),),
    ),
    Line(
        "tags cleared, headers numbered",
        "BM-03",
        both(untag(POLICY), headers(POLICY, lambda t: f"1. {t}")),
        (("T217", POLICY),),
    ),
    Line(
        "tags cleared, a remark behind a header",
        "BM-01",
        both(header(GOALS, "target", "Giá trị mục tiêu (ghi số)"), untag(GOALS)),
        T217_GOALS,
    ),
    Line(
        "tags cleared, columns moved",
        "BM-04",
        both(swapped(SCOPE, "legal_basis", "old_scope", range(TAGS, 18)), untag(SCOPE)),
        (("T217", SCOPE),),
    ),
    Line(
        "some tags cleared", "BM-02", header(RESULTS, "evidence", "Minh chứng (*)", untagged=True), (("T217", RESULTS),)
    ),
    Line("all headers cleared, tags left", "BM-03", headers(POLICY, lambda _: "")),
    Line("a header changed, its tag left", "BM-01", header(GOALS, "owner", "Ai làm?")),
    Line(
        "a slip in a header, its tag cleared",
        "BM-01",
        header(GOALS, "data_source", "Nguồn số liêuj", untagged=True),
        (("T218", f"{GOALS}!L5"),),
    ),
    Line(
        "two letters swapped in a header, its tag cleared",
        "BM-02",
        header(RESULTS, "evidence", "Minh chúgn", untagged=True),
        (("T218", f"{RESULTS}!P5"),),
    ),
    Line(
        "a header cleared with its tag",
        "BM-04",
        header(DECLARED, "recipient", None, untagged=True),
        (("T219", f"{DECLARED}!K5"),),
    ),
    Line(
        "a header replaced, its tag cleared",
        "BM-01",
        header(GOALS, "method", "Điện thoại", untagged=True),
        (("T220", f"{GOALS}!K5"),),
    ),
    Line(
        "the first header replaced, its tag cleared",
        "BM-03",
        header(POLICY, "staff_code", "Số", untagged=True),
        (("T206", POLICY),),
    ),
    Line(
        "two neighbours' headers cleared with their tags",
        "BM-03",
        both(header(POLICY, "channel", None, untagged=True), header(POLICY, "communicated_on", None, untagged=True)),
        (("T206", POLICY), ("T206", POLICY)),
    ),
    Line("a column deleted", "BM-02", column_deleted(RESULTS, "evidence"), (("T206", RESULTS),)),
    Line(
        "a column emptied with header and tag",
        "BM-01",
        both(cleared(GOALS, ["method"]), header(GOALS, "method", None, untagged=True)),
        (("T206", GOALS),),
    ),
    Line(
        "headers swapped above the hidden tags",
        "BM-02",
        swapped(RESULTS, "numerator", "denominator", [HEADER]),
        (("T221", f"{RESULTS}!E5"), ("T221", f"{RESULTS}!F5")),
    ),
    Line(
        "columns moved under the hidden tags",
        "BM-02",
        swapped(RESULTS, "numerator", "denominator", range(HEADER, 18)),
        (("T221", f"{RESULTS}!E5"), ("T221", f"{RESULTS}!F5")),
    ),
    Line(
        "cells moved, headers left",
        "BM-02",
        swapped(RESULTS, "numerator", "denominator", range(6, 18)),
        (("R605", f"{RESULTS}!E6"),),
    ),
    Line("a column copied", "BM-01", column_copied(GOALS, "statement")),
    Line(
        "a column copied without its tag, then changed",
        "BM-01",
        both(column_copied(GOALS, "target", tagged=False), put(GOALS, "target", 1, 96)),
        (("T222", f"{GOALS}!G5"),),
    ),
    Line(
        "the original of a copied column emptied",
        "BM-03",
        both(column_copied(POLICY, "note"), cleared(POLICY, ["note"])),
    ),
    Line("a table turned on its side", "BM-02", transpose, (("T205", ""),)),
    Line("tags and headers deleted", "BM-04", behead, (("T205", ""),)),
    Line("the cover's tags cleared", "BM-01", lambda workbook: workbook[COVER].delete_cols(1), (("T217", COVER),)),
    Line(
        "a line of the cover a second time",
        "BM-02",
        written(COVER, {"B30": "Năm", "C30": "2020"}),
        (("T222", f"{COVER}!C11"),),
    ),
    Line("a line of the cover repeated as it is", "BM-02", written(COVER, {"B30": "Kỳ báo cáo:", "C30": "6 THÁNG"})),
    Line(
        "names of two signatures side by side below the cover",
        "BM-02",
        written(COVER, {"B30": "NGƯỜI LẬP BIỂU", "C30": "NGƯỜI DUYỆT", "D30": "Giám đốc"}),
    ),
    Line("a label beside a label", "BM-02", written(COVER, {"H11": "Năm", "I11": "Kỳ báo cáo"})),
    Line("a word of the cover changed, its tag left", "BM-02", written(COVER, {"B15": "Người làm"})),
)
