"""Rules across the columns of one row: the sibling of ``validation.masks.columns``."""

from pipeline.forms.choices import Comparator, Measure, Status, YesNo
from pipeline.workbooks.live.asked import Asked, Live
from pipeline.workbooks.live.cases import case
from pipeline.workbooks.live.expressions import blank, every, filled, is_one, is_text, negated, some
from pipeline.workbooks.live.tables import looked_up

_NOISE = "0.000000001"
_FLOORS = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_CEILINGS = (Comparator.AT_MOST, Comparator.LESS_THAN)


def not_before(asked: Asked) -> Live:
    """Not before the day in the column ``other``."""
    other = str(asked.facts["other"])
    return _of_read(asked, f"INT({asked.value})<INT({asked.where.cell(other)})", other)


def not_after(asked: Asked) -> Live:
    """Not after the day in the column ``other``: another row's, or the latest of another sheet."""
    made = {"objective_due_on": _objective_due_on, "latest_data_as_of": _latest_day}[str(asked.facts["other"])](asked)
    unknown = made.unsure[0] if made.unsure else "FALSE"
    broken = f"IF({asked.is_read(asked.field)},{made.broken},FALSE)"
    return Live(broken, (asked.unread(asked.field), unknown))


def _objective_due_on(asked: Asked) -> Live:
    via = str(asked.facts["via"])
    keys, days = asked.where.column("objectives", "code"), asked.where.column("objectives", "due_on")
    day = looked_up(keys, days, asked.where.cell(via))
    later = f"IF(ISNUMBER({day}),INT({asked.value})>INT({day}),FALSE)"
    return Live(later, (is_text(day),))


def _latest_day(asked: Asked) -> Live:
    days = asked.where.column("results", "data_as_of")
    typed = f'SUMPRODUCT(ISTEXT({days})*(TRIM({days})<>""))'
    return Live(every(f"COUNT({days})>0", f"{typed}=0", f"INT({asked.value})>INT(MAX({days}))"), (f"{typed}>0",))


def not_greater_than(asked: Asked) -> Live:
    """In the case ``when`` not greater than the number in the column ``other``."""
    other, asks = str(asked.facts["other"]), case(asked, "when")
    plain = _of_read(asked, f"{asked.figure(asked.field)}>{asked.figure(other)}", other)
    doubt = every(plain.broken, negated(asks.fails), negated(asks.holds))
    return Live(every(plain.broken, asks.holds), (*plain.unsure, doubt))


def greater_than(asked: Asked) -> Live:
    """Greater than the number in the column ``other``."""
    other = str(asked.facts["other"])
    return _of_read(asked, f"{asked.figure(asked.field)}<={asked.figure(other)}", other)


def target_not_weaker(asked: Asked) -> Live:
    """The target does not ask less than the baseline ``than``."""
    than = str(asked.facts["than"])
    weaker = _of_read(asked, _is_weaker(asked, asked.figure(asked.field), asked.figure(than)), than)
    return Live(weaker.broken, (*weaker.unsure, asked.unknown(str(asked.facts["comparator"]))))


def milestone_within_target(asked: Asked) -> Live:
    """The milestone does not ask more than the target ``than``; a number that grows is lower at six months."""
    than = str(asked.facts["than"])
    figure, target = asked.figure(asked.field), asked.figure(than)
    grows = every(asked.is_among(str(asked.facts["measure"]), (Measure.CUMULATIVE,)), f"{figure}<{target}")
    harder = _of_read(asked, every(_is_weaker(asked, target, figure), negated(grows)), than)
    unknown = (asked.unknown(str(asked.facts[fact])) for fact in ("comparator", "measure"))
    return Live(harder.broken, (*harder.unsure, *unknown))


def exact_on_purpose(asked: Asked) -> Live:
    """*Đúng bằng* with a target other than 0 or 100 % is asked about; *có/không* has no other comparator."""
    value, unit, measure = (str(asked.facts[fact]) for fact in ("value", "unit", "measure"))
    figure = asked.figure(value)
    usual = some(
        f"{figure}=0",
        every(f"{figure}=100", asked.is_among(unit, ("%",))),
        asked.is_among(measure, (Measure.YES_NO,)),
    )
    exactly = asked.is_among(asked.field, (Comparator.EXACTLY,))
    broken = f"IF({asked.is_read(value)},{every(exactly, negated(usual))},FALSE)"
    unknown = (asked.unknown(asked.field), asked.unknown(measure))
    return Live(broken, (every(exactly, asked.unread(value)), *unknown))


def equals_share(asked: Asked) -> Live:
    """In the case ``when`` the share equals 100 x numerator/denominator to half of its last decimal.

    Decimals that were typed and are zero (95,50) are gone from a number: it is held to the digits that it has.
    """
    parts, whole = (str(asked.facts[fact]) for fact in ("numerator", "denominator"))
    above, below, figure = asked.where.cell(parts), asked.where.cell(whole), asked.figure(asked.field)
    differs = f"ABS({figure}-100*{above}/{below})>{_slack(figure)}"
    asks = case(asked, "when")
    read = every(asked.is_read(asked.field), asked.is_read(parts), asked.is_read(whole))
    broken = f"IF({read},IF({below}>0,{differs},TRUE),FALSE)"
    unread = tuple(asked.unread(name) for name in (asked.field, parts, whole))
    return Live(every(broken, asks.holds), (*unread, every(broken, negated(asks.fails))))


def _slack(figure: str) -> str:
    """Half of the last decimal that a number has: it loses each place at which rounding changes it."""
    return f"0.5*10^-SUMPRODUCT(--(ROUND({figure},{{0,1,2,3,4,5,6,7,8,9}})<>{figure}))+{_NOISE}"


def fits_measure(asked: Asked) -> Live:
    """A yes/no objective is answered by a word, any other not by yes or no."""
    measure, cell = asked.cell("measure"), asked.value
    yes_no = is_one(measure, (Measure.YES_NO,))
    word = is_one(cell, (YesNo.YES, YesNo.NO))
    figure = every(yes_no, asked.is_read(asked.field))
    other = every(filled(measure), negated(yes_no), word)
    return Live(some(figure, other), (asked.unread(asked.field),))


def not_claimed_met(asked: Asked) -> Live:
    """Nobody claims *Đạt* where the figures say *Không đạt*."""
    claimed = asked.is_among(asked.field, (Status.MET,))
    computed = asked.where.cell("computed_status")
    unknown = some(asked.unknown(asked.field), every(claimed, blank(computed)))
    return Live(every(claimed, is_one(computed, (Status.NOT_MET,))), (unknown,))


def as_computed(asked: Asked) -> Live:
    """The self-assessment is the computed status; *Chưa đến kỳ* is also fine for a target met before it is due."""
    computed, final = asked.where.cell("computed_status"), asked.where.cell("is_final")
    said = is_one(asked.value, tuple(Status))
    early = every(is_one(computed, (Status.MET,)), asked.is_among(asked.field, (Status.NOT_DUE,)), negated(final))
    differs = f"TRIM({asked.value})<>TRIM({computed})"
    differs = every(said, filled(computed), differs, negated(early), negated(not_claimed_met(asked).broken))
    return Live(differs, (asked.unknown(asked.field), every(filled(asked.value), blank(computed))))


def done(asked: Asked) -> Live:
    """The duty has been carried out: a day stands there, not *chưa thực hiện*."""
    field = asked.declared(asked.field)
    return Live(is_one(asked.value, field.coded if field else ()), (asked.unread(asked.field),))


def _is_weaker(asked: Asked, figure: str, than: str) -> str:
    comparator = str(asked.facts["comparator"])
    floor, ceiling = asked.is_among(comparator, _FLOORS), asked.is_among(comparator, _CEILINGS)
    return f"({figure}-{than})*({floor}-{ceiling})<-{_NOISE}"


def _of_read(asked: Asked, broken: str, other: str) -> Live:
    """Broken where both cells hold a number or a day; unsure where one holds a text."""
    read = every(asked.is_read(asked.field), asked.is_read(other))
    return Live(f"IF({read},{broken},FALSE)", (asked.unread(asked.field), asked.unread(other)))


FORMULAS = (
    not_before,
    not_after,
    not_greater_than,
    greater_than,
    target_not_weaker,
    milestone_within_target,
    exact_on_purpose,
    equals_share,
    fits_measure,
    not_claimed_met,
    as_computed,
    done,
)
