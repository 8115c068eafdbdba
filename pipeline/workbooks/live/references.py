"""Rules across the rows and sheets of one submission: the sibling of ``validation.masks.references``."""

from pipeline.forms import Kind
from pipeline.workbooks.live.asked import Asked, Live
from pipeline.workbooks.live.expressions import ALWAYS, every, filled, found_in, is_text, negated, plainly, some
from pipeline.workbooks.live.tables import looked_up, used_rows


def unique_in_sheet(asked: Asked) -> Live:
    """No earlier row holds the same value; blanks are not alike."""
    cell, column = asked.value, asked.where.column(str(asked.schema.name), asked.field)
    used = used_rows(asked.where, str(asked.schema.name), asked.field)
    earlier = "" if used == ALWAYS else f"*({used})"
    same = f"SUMPRODUCT(EXACT(TRIM({column}),TRIM({cell}))*(ROW({column})<ROW({cell})){earlier})"
    return Live(every(filled(cell), f"{same}>0"))


def refers_to(asked: Asked) -> Live:
    """The value stands in the column ``key`` of the sheet ``sheet``, in a row that is used."""
    sheet, key = str(asked.facts["sheet"]), str(asked.facts["key"])
    cell, column = asked.value, asked.where.column(sheet, key)
    used = used_rows(asked.where, sheet, key)
    in_use = "" if used == ALWAYS else f"*({used})"
    field = asked.declared(asked.field)
    exactly = f"SUMPRODUCT(EXACT(TRIM({column}),TRIM({cell})){in_use}*1)=0"
    unsure = (every(filled(cell), exactly),)
    if field is None or field.kind is not Kind.CHOICE:
        return Live(every(filled(cell), exactly, negated(asked.in_pieces(asked.field))), unsure)
    # The reader finds a code again whatever its case, and with a sign behind it.
    missing = f"SUMPRODUCT((TRIM({column})=TRIM({cell})){in_use}*1)=0"
    near = f"SUMPRODUCT(ISNUMBER(SEARCH({column},{cell}))*(LEN({column})>0)*(LEN({column})<LEN(TRIM({cell}))))>0"
    return Live(every(filled(cell), missing, negated(near)), unsure)


def referred_to_by(asked: Asked) -> Live:
    """The value stands in the column ``by`` of the sheet ``sheet``: whatever holds it may be meant for it."""
    cell, column = asked.value, asked.where.column(str(asked.facts["sheet"]), str(asked.facts["by"]))
    nowhere = f'COUNTIF({column},"*"&{plainly(f"TRIM({cell})")}&"*")=0'
    not_plainly = f"SUMPRODUCT(--(TRIM({column})=TRIM({cell})))=0"
    return Live(every(filled(cell), nowhere), (every(filled(cell), not_plainly),))


def replaces_earlier(asked: Asked) -> Live:
    """The replaced decision stands in the sheet and is older, where both days are known."""
    sheet, cell = str(asked.schema.name), asked.value
    keys, days = (asked.where.column(sheet, str(asked.facts[fact])) for fact in ("key", "dated"))
    own, replaced = asked.cell("dated"), looked_up(keys, days, cell)
    younger = f"IF(AND(ISNUMBER({own}),ISNUMBER({replaced})),INT({replaced})>=INT({own}),FALSE)"
    missing = every(f"{found_in(keys, cell)}=0", negated(asked.in_pieces(asked.field)))
    unread = some(asked.unread(str(asked.facts["dated"])), is_text(replaced))
    return Live(
        every(filled(cell), some(missing, younger)), (every(filled(cell), some(unread, asked.in_pieces(asked.field))),)
    )


def only_one_in_force(asked: Asked) -> Live:
    """Every decision but the newest is replaced by another; of two of the same day the lower one is the newer.

    Nothing is said while a later declaration names no decision of the sheet, or one that another replaces.
    """
    sheet, cell, day = str(asked.schema.name), asked.value, asked.cell("dated")
    keys, replaced, days = (asked.where.column(sheet, n) for n in (asked.field, *_of(asked, "replaces", "dated")))
    newer = f"(({days}>{day})+({days}={day})*(ROW({days})>ROW({cell})))"
    others = f'SUMPRODUCT(({keys}<>"")*ISNUMBER({days})*ISNA({_first_of(keys, replaced)})*{newer})'
    in_force = every(f"ISNUMBER({day})", f"ISNA({_first_of(cell, replaced)})")
    broken = f"IF({in_force},AND({others}>0,{_unsettled(asked, keys, replaced)}=0),FALSE)"
    texts = f'SUMPRODUCT(ISTEXT({days})*(TRIM({days})<>""))>0'
    return Live(every(filled(cell), broken), (every(filled(cell), texts),))


def _unsettled(asked: Asked, keys: str, replaced: str) -> str:
    """How many later declarations name no decision of the sheet, or one that a row above names already."""
    (column, words), *_ = asked.facts["again"].items()
    again = f"(TRIM({asked.where.column(str(asked.schema.name), column)})={_words(words)})"
    unnamed = f"ISNA({_first_of(replaced, keys)})"
    repeated = f"({_first_of(replaced, replaced)}<ROW({replaced})-MIN(ROW({replaced}))+1)"
    return f'SUMPRODUCT({again}*((({replaced}="")+{unnamed}+{repeated})>0))'


def _first_of(text: str, column: str) -> str:
    """Which row of a column is the first that holds the text."""
    return f'MATCH({plainly(text)},{column}&"",0)'


def _words(words: tuple[object, ...]) -> str:
    return f'"{words[0]}"'


def _of(asked: Asked, *facts: str) -> tuple[str, ...]:
    return tuple(str(asked.facts[fact]) for fact in facts)


def procedures_add_up(asked: Asked) -> Live:
    """The count is the replaced decision's plus added minus removed by what this one declares."""
    sheet, changes = str(asked.schema.name), "scope_changes"
    keys, counts = asked.where.column(sheet, "decision_no"), asked.where.column(sheet, asked.field)
    declared, added, removed = (
        asked.where.column(changes, name) for name in ("declared_in", "procedures_added", "procedures_removed")
    )
    own = f'(EXACT(TRIM({declared}),TRIM({asked.where.cell("decision_no")}))*(TRIM({declared})<>""))'
    earlier = looked_up(keys, counts, asked.where.cell("replaces"))
    known = f"SUMPRODUCT({own}*(1-ISNUMBER({added})*ISNUMBER({removed})))=0"
    net = f"SUMPRODUCT({own}*1,{added})-SUMPRODUCT({own}*1,{removed})"
    differs = f"({asked.value}-{earlier}-({net}))"
    # A count in percent is no number to the reader, and Excel cannot tell it from one with decimals.
    odd = f"{differs}<>ROUND({differs},0)"
    read = every(asked.is_read(asked.field), f"ISNUMBER({earlier})")
    wrong = f"IF({every(read, known)},AND({differs}<>0,NOT({odd})),FALSE)"
    texts = f"SUMPRODUCT({own}*(ISTEXT({added})+ISTEXT({removed})))>0"
    return Live(wrong, (asked.unread(asked.field), texts, is_text(earlier), f"IF({read},{odd},FALSE)"))


FORMULAS = (
    unique_in_sheet,
    refers_to,
    referred_to_by,
    replaces_earlier,
    only_one_in_force,
    procedures_add_up,
)
