"""Examples of cells that were typed with a legacy font: words, choices, coded answers, numbers and dates."""

from rules_examples import Example

LEGACY_EXAMPLES = tuple(
    Example(base, sheet, f"read:{field}:V317", {f"{sheet}.{field}.{row}": typed}, (("V317", f"{sheet}.{field}.{row}"),))
    for base, sheet, field, row, typed in (
        ("BM-01", "cover", "prepared_by", 1, "TrÇn ThÞ Mai"),
        ("BM-01", "objectives", "statement", 3, "Thêi gian ph©n phèi v¨n b¶n ®Õn kh«ng qu¸ 5 giê lµm viÖc"),
        ("BM-01", "objectives", "indicator", 3, "Thôøi gian phaân phoái vaên baûn bình quaân"),
        ("BM-01", "objectives", "measure", 1, "tû lÖ"),
        ("BM-01", "objectives", "comparator", 3, "khoâng quaù"),
        ("BM-01", "objectives", "unit", 3, "giê"),  # a syllable as it stands: the list of units tells
        ("BM-01", "objectives", "baseline", 2, "kh«ng ¸p dông"),
        ("BM-01", "objectives", "target", 3, "5 giôø"),
        ("BM-01", "objectives", "due_on", 3, "ngµy 30 th¸ng 11 n¨m 2019"),
        ("BM-01", "objectives", "owner", 3, "TrÇn ThÞ Mai"),
        ("BM-01", "objectives", "note", 3, "Theo Quyết định 145/Q§-SL§TBXH"),  # half of it is Unicode
        ("BM-01", "objectives", "policy_point", 3, "CS2 - C¶i tiÕn th\u00adêng xuyªn"),
        ("BM-01", "tasks", "task", 4, "Höôùng daãn caùc phoøng duøng phaàn meàm"),
        ("BM-02", "results", "actual", 2, "cã"),
        ("BM-02", "results", "evidence", 3, "NhËt ký phÇn mÒm"),
        ("BM-02", "progress", "status", 3, "§ang thùc hiÖn"),
        ("BM-03", "policy", "communicator", 3, "NguyÔn V¨n Hßa"),
        ("BM-04", "declarations", "scope", 2, "Gi¶i quyÕt thñ tôc hµnh chÝnh"),
        ("BM-04", "scope_changes", "new_scope", 2, "LÜnh vùc lao ®éng"),
        ("DM-01", "divisions", "head", 1, "NguyÔn V¨n Hßa"),
    )
)
