"""What is written is dated by a clock that may be wrong: a far one is said twice, none goes back (decision 0036)."""

import datetime as dt
from typing import TYPE_CHECKING

from pipeline.faults import OperatorError
from pipeline.ledger import FAR, Ledger, Years
from pipeline.wording import say
from pipeline.workspace import Workspace, has_ledger, now_in_vietnam, open_ledger

if TYPE_CHECKING:
    from pipeline.settings import Settings

TYPED = dt.timedelta(hours=1)
"""A time further than this from the machine's clock was typed (``--as-of``)."""


def hold_to_the_clock(
    ledger: Ledger,
    settings: "Settings",
    as_of: dt.datetime,
    *,
    is_sure: bool = True,
    wrong: tuple[int, int] | None = None,
) -> None:
    """Let nothing be dated before what is written, nor far from all that is known unless the caller is sure.

    From here on the ledger is read with right times. ``wrong``: the first and the last look whose clock is about to
    be recorded as wrong.

    Raises:
        OperatorError: E804 or E828, something was recorded after ``as_of`` by a clock not known as wrong;
            E823, ``as_of`` is far from everything that is known.
    """
    ledger.read_right_times(as_of, wrong)
    last = ledger.last_recorded()
    if last is not None and as_of < last:
        code = "E828" if abs(now_in_vietnam() - as_of) < TYPED else "E804"
        looks = [look.run_id[:8] for look in ledger.looks() if look.as_of > as_of and not ledger.is_wrong(look.scan_id)]
        first, until = (looks[0], looks[-1]) if looks else ("", "")
        raise OperatorError(code, as_of=_words(as_of), last=_words(last), first=first, until=until)
    if not is_sure:
        _refuse_far(settings, as_of, last)


def refuse_far_clock(workspace: Workspace, settings: "Settings", as_of: dt.datetime) -> None:
    """As :func:`hold_to_the_clock` for what only reads: the past is no mistake there.

    Raises:
        OperatorError: E823, ``as_of`` is far from everything that is known.
    """
    last = None
    if has_ledger(workspace):
        with open_ledger(workspace) as ledger:
            last = ledger.last_recorded()
    _refuse_far(settings, as_of, last)


def _refuse_far(settings: "Settings", as_of: dt.datetime, last: dt.datetime | None) -> None:
    years = Years(min(settings.years), max(settings.years))
    if years.cover(as_of) and (last is None or not years.cover(last) or as_of - last <= FAR):
        return
    facts = {
        "last": say("command_line.clock.nothing") if last is None else _words(last),
        "years": f"{years.first}" if years.first == years.last else f"{years.first}-{years.last}",
    }
    raise OperatorError("E823", as_of=_words(as_of), **facts)


def _words(moment: dt.datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"
