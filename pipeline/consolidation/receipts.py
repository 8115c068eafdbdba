"""The book of receipts of each division: everything that it sent, what became of it, and what counts now. Pure.

A book is a function of the ledger's content and the settings, never of the day on which it is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from pipeline.consolidation.selection import period_order
from pipeline.findings import Finding, Verdict, explain
from pipeline.obligations import OBLIGATION, in_force, is_accepted
from pipeline.settings import NO_DIVISION


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


@dataclass(frozen=True, eq=False)
class ReceiptBook:
    """One division's book.

    ``files``: one row a file and name in the order of arrival: submission_id, path, form, period, version,
    not_before, not_after, arrived_at, verdict, judged_as_of, sha256, effect (an :class:`Effect`), counting (the
    version that counts for its obligation), in_time_by_stamp (where the stamp decided a due date for the sender),
    due_on, first_path and first_at (of bytes that came before under another name), named (the division that the file
    names, where it is another's than the book's), folder (the division in whose folder it lay, where that is another
    than the book's), is_together (whether another file of its obligation was judged in the same run).

    ``obligations``: form, period, due_on, is_exempt, decision (words of what was decided), counting, counting_path,
    last, last_verdict, last_effect of everything that the division owes in the years in which it sent something, and
    of everything else that it sent.

    ``notes``: form, period, path, code, problem, fix of the standing findings on its forms.
    """

    holder: str
    files: pd.DataFrame
    obligations: pd.DataFrame
    notes: pd.DataFrame


@dataclass(frozen=True, eq=False)
class ReceiptBooks:
    """Every book that has a line. ``held`` are the lines with their holder; a line may stand in two books."""

    held: pd.DataFrame
    obligations: pd.DataFrame
    notes: pd.DataFrame

    @property
    def holders(self) -> tuple[str, ...]:
        """Whose books there are, in the order of their codes."""
        return tuple(sorted(map(str, self.held["holder"].unique())))

    def book_of(self, holder: str) -> ReceiptBook:
        """The book of one holder."""
        own = self.obligations[self.obligations["division"] == holder]
        return ReceiptBook(
            holder=holder,
            files=_seen_from(self.held[self.held["holder"] == holder], holder),
            obligations=own.drop(columns="division").reset_index(drop=True),
            notes=self.notes[self.notes["division"] == holder].drop(columns="division").reset_index(drop=True),
        )


def receipt_books(
    submissions: pd.DataFrame,
    sightings: pd.DataFrame,
    owed: pd.DataFrame,
    standing: Sequence[tuple[int, Finding]],
    pending: pd.DataFrame | None = None,
) -> ReceiptBooks:
    """Every book that has a line.

    ``submissions`` and ``sightings`` as the ledger gives them; ``owed`` every obligation with due_on, is_exempt
    (``obligations.with_decisions``) and decision (``obligations.decision_words``); ``standing`` the standing findings
    with the submission that each concerns; ``pending`` what came and could not be judged, as the ledger gives it.
    """
    lines = receipt_lines(submissions, sightings, owed, standing)
    if pending is not None and not pending.empty:
        lines = _ordered(pd.concat([lines, _not_judged(pending)], ignore_index=True))
    held = pd.concat([_by_name(lines), _by_folder(lines)]).sort_index(kind="stable")
    return ReceiptBooks(held, _counting(submissions, owed), _notes(submissions, standing))


def receipt_lines(
    submissions: pd.DataFrame, sightings: pd.DataFrame, owed: pd.DataFrame, standing: Sequence[tuple[int, Finding]]
) -> pd.DataFrame:
    """A line a file and name in the order of arrival, whoever sent it: ``_LINE``; arguments as for the books."""
    lines = pd.concat([_received(submissions, owed, standing), _recognised(submissions, sightings)], ignore_index=True)
    return _ordered(lines)


def _ordered(lines: pd.DataFrame) -> pd.DataFrame:
    return lines.sort_values(["arrived_at", "sha256", "path"], kind="stable", ignore_index=True)


def _by_name(lines: pd.DataFrame) -> pd.DataFrame:
    """Each line in the book of the division that the form names, else of the folder's, else of nobody known."""
    folder = lines["folder"].where(lines["folder"] != "")
    return lines.assign(holder=lines["division"].fillna(folder).fillna(NO_DIVISION))


def _by_folder(lines: pd.DataFrame) -> pd.DataFrame:
    """What lay in another division's folder than the one it names, in the book of that folder's division as well."""
    foreign = (lines["folder"] != "") & lines["division"].notna() & (lines["folder"] != lines["division"])
    return lines.assign(holder=lines["folder"])[foreign]


_LINE = [
    "submission_id", "path", "folder", "division", "form", "period", "version", "not_before", "not_after", "arrived_at",
    "verdict", "judged_as_of", "sha256", "effect", "counting", "in_time_by_stamp", "due_on", "first_path", "first_at",
    "is_together",
]  # fmt: skip


def _received(submissions: pd.DataFrame, owed: pd.DataFrame, standing: Sequence[tuple[int, Finding]]) -> pd.DataFrame:
    """A line a submission."""
    told = _with_counting(submissions).merge(owed, on=OBLIGATION, how="left")
    together = [submission_id for submission_id, finding in standing if finding.code == "S701"]
    return told.assign(
        effect=_effects(told),
        in_time_by_stamp=_in_time_by_stamp(told),
        first_path=pd.Series(None, index=told.index, dtype="str"),
        first_at=pd.Series(pd.NaT, index=told.index, dtype="datetime64[us]"),
        is_together=told["submission_id"].isin(together),
    )[_LINE]


def _with_counting(submissions: pd.DataFrame) -> pd.DataFrame:
    """Each submission with the version that counts for its obligation; missing where none does."""
    counting = in_force(submissions)[[*OBLIGATION, "version"]].rename(columns={"version": "counting"})
    return submissions.reset_index().merge(counting.dropna(subset=OBLIGATION), on=OBLIGATION, how="left")


_ACCEPTED = [str(verdict) for verdict in Verdict if verdict.is_accepted]


def _effects(told: pd.DataFrame) -> pd.Series:
    verdict, counting = told["verdict"], told["counting"]
    returned = verdict == Verdict.RETURNED
    cases = [
        told["withdrawn"] & verdict.isin(_ACCEPTED),
        is_accepted(told) & (counting == told["version"]),
        is_accepted(told),
        returned & (counting > told["version"]),
        returned,
        verdict == Verdict.UNREADABLE,
        verdict == Verdict.NOT_A_FORM,
    ]
    effects = [
        Effect.WITHDRAWN, Effect.COUNTS, Effect.REPLACED, Effect.RETURNED_THEN_REPLACED, Effect.RETURNED,
        Effect.UNREADABLE, Effect.NOT_A_FORM,
    ]  # fmt: skip
    effect = np.select(cases, [str(each) for each in effects], default=str(Effect.INTERNAL_FAULT))
    return pd.Series(effect, index=told.index, dtype="str")


def _in_time_by_stamp(told: pd.DataFrame) -> pd.Series:
    """Where the due date falls inside the interval and the file's own stamp decided for its sender (design 5)."""
    inside = (told["not_after"] >= told["due_on"]) & ~(told["not_before"] >= told["due_on"])
    return inside & (told["arrived_at"] < told["due_on"])


def _not_judged(pending: pd.DataFrame) -> pd.DataFrame:
    """A line a file whose original is lost or damaged: its sender must hand it in again to get a verdict."""
    texts = ("division", "form", "period", "verdict", "first_path")
    return pending.assign(
        **{name: pd.Series(None, index=pending.index, dtype="str") for name in texts},
        **dict.fromkeys(("submission_id", "version", "counting"), np.nan),
        **{name: pd.Series(pd.NaT, index=pending.index, dtype="datetime64[us]") for name in _UNKNOWN_TIMES},
        effect=str(Effect.NOT_JUDGED),
        in_time_by_stamp=False,
        is_together=False,
    )[_LINE]


_UNKNOWN_TIMES = ("judged_as_of", "due_on", "first_at")


def _recognised(submissions: pd.DataFrame, sightings: pd.DataFrame) -> pd.DataFrame:
    """A line a name under which known bytes came again: recognised, never counted a second time (design 2.1)."""
    known = submissions.reset_index()[["submission_id", "sha256", "path", "arrived_at", *OBLIGATION]]
    # Bytes that were judged anew, from another folder, are recognised as what they were last.
    first = known.drop_duplicates("sha256", keep="last").rename(
        columns={"path": "first_path", "arrived_at": "first_at"}
    )
    again = sightings.merge(first, on="sha256")
    return again.assign(
        effect=str(Effect.RECOGNISED),
        verdict=pd.Series(None, index=again.index, dtype="str"),
        judged_as_of=pd.Series(pd.NaT, index=again.index, dtype="datetime64[us]"),
        version=np.nan,
        counting=np.nan,
        in_time_by_stamp=False,
        due_on=pd.Series(pd.NaT, index=again.index, dtype="datetime64[us]"),
        is_together=False,
    )[_LINE]


def _seen_from(files: pd.DataFrame, holder: str) -> pd.DataFrame:
    """The lines of one book: whose a file is and where it lay is said where it is not the holder's own."""
    elsewhere = (files["folder"] != "") & (files["folder"] != holder)
    foreign = files["division"].notna() & (files["division"] != holder)
    told = files.assign(folder=files["folder"].where(elsewhere), named=files["division"].where(foreign))
    return told.drop(columns=["holder", "division"]).reset_index(drop=True)


def _counting(submissions: pd.DataFrame, owed: pd.DataFrame) -> pd.DataFrame:
    """What counts now, a line an obligation: division, and the columns of ``ReceiptBook.obligations``."""
    told = _with_counting(submissions.dropna(subset=OBLIGATION))
    told = told.assign(last_effect=_effects(told))
    last = told.drop_duplicates(OBLIGATION, keep="last").rename(columns={"version": "last", "verdict": "last_verdict"})[
        [*OBLIGATION, "last", "last_verdict", "last_effect", "counting"]
    ]
    paths = in_force(submissions)[[*OBLIGATION, "path"]].rename(columns={"path": "counting_path"})
    active = told[["division", "period"]].assign(year=told["period"].str[:4])[["division", "year"]].drop_duplicates()
    asked = (
        owed[[*OBLIGATION, "due_on", "is_exempt", "decision"]]
        .assign(year=owed["period"].str[:4])
        .merge(active, on=["division", "year"])
        .drop(columns="year")
    )
    every = asked.merge(last, on=OBLIGATION, how="outer").merge(paths, on=OBLIGATION, how="left")
    every = every.assign(is_exempt=every["is_exempt"].eq(True))  # noqa: FBT003 - what is not owed has no mark at all
    ordered = every.assign(order=period_order(every["period"])).sort_values(["order", "due_on", "form"], kind="stable")
    return ordered.drop(columns="order").reset_index(drop=True)


def _notes(submissions: pd.DataFrame, standing: Sequence[tuple[int, Finding]]) -> pd.DataFrame:
    """The standing findings in the catalogue's words beside the forms that they concern."""
    told = [(submission_id, finding.code, explain(finding)) for submission_id, finding in standing]
    dtypes = {"submission_id": "int64", "code": "str", "problem": "str", "fix": "str"}
    rows = [(submission_id, code, words.problem, words.fix) for submission_id, code, words in told]
    found = pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
    named = found.merge(submissions.reset_index()[["submission_id", "path", *OBLIGATION]], on="submission_id")
    # Each of several files is told the same about one night: once is enough in a book.
    named = named.drop_duplicates([*OBLIGATION, "code", "problem"])
    return named.assign(order=period_order(named["period"])).sort_values(["order", "form", "code"], kind="stable")[
        ["division", "form", "period", "path", "code", "problem", "fix"]
    ]
