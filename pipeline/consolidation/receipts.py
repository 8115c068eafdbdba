"""The book of receipts of each division: everything that it sent, what became of it, and what counts now. Pure.

A book is a function of the ledger's content and the settings, never of the day on which it is made.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Final, assert_never

import pandas as pd

from pipeline.consolidation.frame import DAY, NUMBER, TEXT, TRUTH, Frame
from pipeline.consolidation.sources import in_words
from pipeline.findings import Code, Finding, Verdict
from pipeline.obligations import OBLIGATION, in_force, period_order
from pipeline.settings import NO_DIVISION, years_of

Notes = tuple[tuple[int, Finding], ...]
"""The submission that each note concerns, and the note."""
_FEW: Final = 6


class Effect(StrEnum):
    """What a file means now."""

    COUNTS = "counts"
    REPLACED = "replaced"
    RETURNED = "returned"
    RETURNED_THEN_REPLACED = "returned_then_replaced"
    WITHDRAWN = "withdrawn"
    UNREADABLE = "unreadable"
    NOT_A_FORM = "not_a_form"
    INTERNAL_FAULT = "internal_fault"
    RECOGNISED = "recognised"
    NOT_JUDGED = "not_judged"


class Lines(Frame):
    """One row a file and name in the order of arrival.

    ``effect``: an :class:`Effect`; ``counting``: the version that counts for its obligation; ``in_time_by_stamp``: the
    stamp decided a due date for the sender; ``first_path`` and ``first_at``: of bytes that came before under another
    name; ``is_together``: another file of its obligation was judged in the same run.
    """

    submission_id = version = counting = NUMBER
    path = folder = division = form = period = verdict = sha256 = effect = first_path = TEXT
    not_before = not_after = arrived_at = judged_as_of = due_on = first_at = DAY
    in_time_by_stamp = is_together = TRUTH


_DTYPES = Lines.dtypes


class Counting(Frame):
    """What counts now, one row an obligation: ``last`` is the version that came last, ``decision`` in words."""

    form = division = period = TEXT
    due_on = DAY
    is_exempt = TRUTH
    decision = TEXT
    last = NUMBER
    last_verdict = last_effect = TEXT
    counting = NUMBER
    counting_path = TEXT


class Noted(Frame):
    """The standing findings on the forms, in the catalogue's words."""

    division = form = period = path = code = problem = fix = TEXT


@dataclass(frozen=True, eq=False)
class ReceiptBook:
    """One division's book.

    Attributes:
        files: its :class:`Lines` without division, and with named, the division that the file names, where that is
            another than the book's; folder is blank where it is the book's own.
        obligations: :class:`Counting` of everything that the division has to submit in the years in which it sent
            something, and of everything else that it sent.
        notes: those on its forms.
    """

    holder: str
    files: pd.DataFrame
    obligations: pd.DataFrame
    notes: pd.DataFrame


@dataclass(frozen=True, eq=False)
class ReceiptBooks:
    """Every book that has a line. ``held`` are the lines with their holder; a line may stand in two books."""

    held: pd.DataFrame
    obligations: Annotated[pd.DataFrame, Counting]
    notes: Annotated[pd.DataFrame, Noted]

    @property
    def holders(self) -> tuple[str, ...]:
        """Whose books there are, in the order of their codes."""
        return tuple(sorted(map(str, self.held["holder"].unique())))

    def book_of(self, holder: str) -> ReceiptBook:
        """The book of one holder."""
        places = {name: of_each.get(holder, []) for name, of_each in self._places.items()}
        own = self.obligations.iloc[places["obligations"]]
        return ReceiptBook(
            holder=holder,
            files=_seen_from(self.held.iloc[places["held"]], holder),
            obligations=own.drop(columns="division").reset_index(drop=True),
            notes=self.notes.iloc[places["notes"]].drop(columns="division").reset_index(drop=True),
        )

    @cached_property
    def _places(self) -> Mapping[str, Mapping[Hashable, Any]]:
        """Where the rows of each holder stand in each frame."""
        keys = {"held": self.held["holder"], "obligations": self.obligations["division"]}
        return {name: key.groupby(key).indices for name, key in {**keys, "notes": self.notes["division"]}.items()}


def receipt_books(
    submissions: pd.DataFrame,
    sightings: pd.DataFrame,
    duties: pd.DataFrame,
    standing: Sequence[tuple[int, Finding]],
    pending: pd.DataFrame | None = None,
) -> ReceiptBooks:
    """Every book that has a line.

    ``submissions`` and ``sightings`` as the ledger gives them; ``duties`` every obligation with due_on, is_exempt
    (``obligations.with_decisions``) and decision (``obligations.decision_words``); ``standing`` the standing findings
    with the submission that each concerns; ``pending`` what came and could not be judged, as the ledger gives it.
    """
    lines = receipt_lines(submissions, sightings, duties, standing)
    if pending is not None and not pending.empty:
        lines = _ordered(pd.concat([lines, _not_judged(pending)], ignore_index=True))
    held = pd.concat([_by_name(lines), _by_folder(lines)]).sort_index(kind="stable")
    return ReceiptBooks(held, _counting(submissions, duties), _notes(submissions, standing))


def receipt_lines(
    submissions: pd.DataFrame, sightings: pd.DataFrame, duties: pd.DataFrame, standing: Sequence[tuple[int, Finding]]
) -> pd.DataFrame:
    """A line a file and name in the order of arrival, whoever sent it: :class:`Lines`; arguments as for the books."""
    received = _received(submissions, duties, standing)
    return _ordered(pd.concat([received, _recognised(submissions, sightings)], ignore_index=True))


def _ordered(lines: pd.DataFrame) -> pd.DataFrame:
    return lines.sort_values(["arrived_at", "sha256", "path"], kind="stable", ignore_index=True)


def _by_name(lines: pd.DataFrame) -> pd.DataFrame:
    """Each line in the book of the division that the form names, else of the folder's, else of nobody."""
    folder = lines["folder"].where(lines["folder"] != "")
    return lines.assign(holder=lines["division"].fillna(folder).fillna(NO_DIVISION))


def _by_folder(lines: pd.DataFrame) -> pd.DataFrame:
    """What lay in another division's folder than the one it names, in the book of that folder's division as well."""
    foreign = (lines["folder"] != "") & lines["division"].notna() & (lines["folder"] != lines["division"])
    return lines.assign(holder=lines["folder"])[foreign]


def _received(submissions: pd.DataFrame, duties: pd.DataFrame, standing: Sequence[tuple[int, Finding]]) -> pd.DataFrame:
    """A line a submission."""
    versions = _with_counting(submissions).merge(duties, on=OBLIGATION, how="left")
    together = [submission_id for submission_id, finding in standing if finding.code == Code.S701]
    return _lines(
        versions.assign(
            effect=_effects(versions),
            in_time_by_stamp=_in_time_by_stamp(versions),
            is_together=versions["submission_id"].isin(together),
        )
    )


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.reindex(columns=list(_DTYPES)).astype(_DTYPES)


def _with_counting(submissions: pd.DataFrame) -> pd.DataFrame:
    """Each submission with the version that counts for its obligation; missing where none does."""
    counting = in_force(submissions)[[*OBLIGATION, "version"]].rename(columns={"version": "counting"})
    return submissions.reset_index().merge(counting.dropna(subset=OBLIGATION), on=OBLIGATION, how="left")


def _effects(versions: pd.DataFrame) -> pd.Series:
    rows = versions[["verdict", "withdrawn", "version", "counting"]].itertuples(index=False, name=None)
    effects = [str(_effect(Verdict(verdict), *rest)) for verdict, *rest in rows]
    return pd.Series(effects, index=versions.index, dtype="str")


def _effect(verdict: Verdict, withdrawn: bool, version: float, counting: float) -> Effect:  # noqa: FBT001 - a row
    match verdict:
        case Verdict.ACCEPTED | Verdict.ACCEPTED_WITH_WARNINGS:
            if withdrawn:
                return Effect.WITHDRAWN
            return Effect.COUNTS if counting == version else Effect.REPLACED
        case Verdict.RETURNED:
            return Effect.RETURNED_THEN_REPLACED if counting > version else Effect.RETURNED
        case Verdict.UNREADABLE:
            return Effect.UNREADABLE
        case Verdict.NOT_A_FORM:
            return Effect.NOT_A_FORM
        case Verdict.INTERNAL_FAULT:
            return Effect.INTERNAL_FAULT
        case _:
            assert_never(verdict)


def _in_time_by_stamp(versions: pd.DataFrame) -> pd.Series:
    """Where the due date falls inside the interval and the file's own stamp decided for its sender (design 5)."""
    due_on = versions["due_on"]
    inside = (versions["not_after"] >= due_on) & ~(versions["not_before"] >= due_on)
    return inside & (versions["arrived_at"] < due_on)


def _not_judged(pending: pd.DataFrame) -> pd.DataFrame:
    """A line a file whose original is lost or damaged: its sender must hand it in again to get a verdict."""
    return _lines(pending.assign(effect=str(Effect.NOT_JUDGED), in_time_by_stamp=False, is_together=False))


def _recognised(submissions: pd.DataFrame, sightings: pd.DataFrame) -> pd.DataFrame:
    """A line a name under which bytes of the ledger came again: never counted a second time (design 2.1)."""
    every = submissions.reset_index()[["submission_id", "sha256", "path", "arrived_at", *OBLIGATION]]
    # Bytes that were judged anew, from another folder, are recognised as what they were last.
    last = every.drop_duplicates("sha256", keep="last")
    again = sightings.merge(last.rename(columns={"path": "first_path", "arrived_at": "first_at"}), on="sha256")
    return _lines(again.assign(effect=str(Effect.RECOGNISED), in_time_by_stamp=False, is_together=False))


def _seen_from(files: pd.DataFrame, holder: str) -> pd.DataFrame:
    """The lines of one book: whose a file is and where it lay is told where it is not the holder's own."""
    elsewhere = (files["folder"] != "") & (files["folder"] != holder)
    foreign = files["division"].notna() & (files["division"] != holder)
    seen = files.assign(folder=files["folder"].where(elsewhere), named=files["division"].where(foreign))
    return seen.drop(columns=["holder", "division"]).reset_index(drop=True)


def _counting(submissions: pd.DataFrame, duties: pd.DataFrame) -> pd.DataFrame:
    """What counts now, a line an obligation."""
    versions = _with_counting(submissions.dropna(subset=OBLIGATION))
    versions = versions.assign(last_effect=_effects(versions), year=years_of(versions["period"]))
    last = versions.drop_duplicates(OBLIGATION, keep="last").rename(
        columns={"version": "last", "verdict": "last_verdict"}
    )
    paths = in_force(submissions)[[*OBLIGATION, "path"]].rename(columns={"path": "counting_path"})
    active = versions[["division", "year"]].drop_duplicates()
    due = duties.assign(year=years_of(duties["period"])).merge(active, on=["division", "year"])
    every = due[[*OBLIGATION, "due_on", "is_exempt", "decision"]].merge(
        last[[*OBLIGATION, "last", "last_verdict", "last_effect", "counting"]], on=OBLIGATION, how="outer"
    )
    every = every.merge(paths, on=OBLIGATION, how="left")
    every = every.assign(
        is_exempt=every["is_exempt"].eq(True),  # noqa: FBT003 - what nobody has to submit has no mark at all
        order=period_order(every["period"]),
    )
    return every.sort_values(["order", "due_on", "form"], kind="stable", ignore_index=True)[Counting.columns()]


def _notes(submissions: pd.DataFrame, standing: Sequence[tuple[int, Finding]]) -> pd.DataFrame:
    """The standing findings in the catalogue's words beside the forms that they concern."""
    files = submissions.reset_index()[["submission_id", "path", *OBLIGATION]]
    # Each of several files has the same note about one night: once is enough in a book.
    notes = in_words(standing).merge(files, on="submission_id").drop_duplicates([*OBLIGATION, "code", "problem"])
    ordered = notes.assign(order=period_order(notes["period"])).sort_values(["order", "form", "code"], kind="stable")
    return ordered[Noted.columns()]


def same_night_notes(submissions: pd.DataFrame) -> Notes:
    """S701 for each of several submissions of one obligation that one run judged: which of them is the current one.

    Derived from what the ledger holds, so it changes no verdict that was given (design 6). The order within a night is
    that of the arrival estimates; versions grow with it.
    """
    notes = []
    for _, together in submissions.dropna(subset=OBLIGATION).groupby([*OBLIGATION, "judged_as_of"], sort=False):
        if len(together["sha256"].unique()) > 1:
            files = together.sort_values("version")["path"]
            facts = {"count": str(len(files)), "files": _listed(list(files)), "later": str(files.iloc[-1])}
            notes += [(int(submission_id), Finding(Code.S701, facts=facts)) for submission_id in files.index]
    return tuple(notes)


def _listed(files: list[str]) -> str:
    """The files in their order; of many the first few and the last."""
    return "; ".join(files if len(files) <= _FEW else [*files[: _FEW - 2], "…", files[-1]])
