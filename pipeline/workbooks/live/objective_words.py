"""Rules on the words of an objective: the sibling of ``validation.masks.objective_words``."""

from pipeline.workbooks.live.asked import Asked, Live
from pipeline.workbooks.live.cases import case
from pipeline.workbooks.live.expressions import every, filled, negated


def names_both_parts(asked: Asked) -> Live:
    """In the case ``when`` the text names the numerator and the denominator, accents or not."""
    holds, cell = case(asked, "when").holds, asked.value
    sure = every(*(_holds_one(cell, names) for names in (("tử số", "tu so"), ("mẫu số", "mau so"))))
    near = every(*(f"ISNUMBER(SEARCH({pattern},{cell}))" for pattern in ('"t?*s?"', '"m??*s?"')))
    asked_for = every(filled(cell), holds, negated(sure))
    return Live(every(asked_for, negated(near), negated(asked.in_pieces(asked.field))), (asked_for,))


def _holds_one(cell: str, names: tuple[str, str]) -> str:
    return "OR(" + ",".join(f'ISNUMBER(SEARCH("{name}",TRIM({cell})))' for name in names) + ")"


FORMULAS = (names_both_parts,)
