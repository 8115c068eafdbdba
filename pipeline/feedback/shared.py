"""The one answer to many versions of a form that came in one night and were replaced within it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.excel.cells import Book, Sheet
from pipeline.excel.fitting import height_of, lines_of
from pipeline.feedback.places import writable
from pipeline.feedback.sheet_looks import BOX, CENTRE, HEAD, LEFT, Header, answer_book, lay_out
from pipeline.seals import Seal
from pipeline.wording import say

_WIDTHS: Final = {"number": 6.0, "path": 90.0, "arrived_at": 20.0, "verdict": 30.0, "errors": 9.0, "warnings": 9.0}
_LEFT: Final = frozenset({"path", "verdict"})


@dataclass(frozen=True)
class ReplacedVersion:
    """One of the versions: its path, when it arrived, its verdict in words, and how many errors and warnings it has."""

    path: str
    arrived_at: str
    verdict: str
    errors: int
    warnings: int


@dataclass(frozen=True)
class SharedSheet:
    """The words of the answer, ready to be read. ``last`` is the version that came after all of ``versions``.

    ``seal``: that of the run which judged them.
    """

    form: str
    versions: Sequence[ReplacedVersion]
    last: ReplacedVersion
    judged_at: str
    seal: Seal

    @property
    def header(self) -> Header:
        """What stands above the table: that all of these were replaced, by which, and what to do."""
        return Header(
            say("feedback.heading"),
            say("feedback.shared.verdict", count=len(self.versions), last=self.last.path),
            (
                say("feedback.lines.form", form=self.form),
                say("feedback.shared.last", verdict=self.last.verdict, judged_at=self.judged_at),
                say("feedback.shared.todo"),
            ),
            seal=self.seal.words,
        )


def shared_answer(sheet: SharedSheet) -> bytes:
    """A workbook with one sheet: a line a version."""
    book = answer_book()
    page = book.sheet(say("feedback.shared.title"))
    row = sheet.header.table_row
    lay_out(book, page, sheet.header, _WIDTHS, row + len(sheet.versions))
    _row(book, page, row, {key: say(f"feedback.shared.columns.{key}") for key in _WIDTHS}, is_head=True)
    for number, version in enumerate(sheet.versions, 1):
        words = {key: str(value) for key, value in {"number": number, **vars(version)}.items()}
        _row(book, page, row + number, words)
    return book.to_bytes()


def _row(book: Book, page: Sheet, row: int, words: Mapping[str, str], *, is_head: bool = False) -> None:
    for column, key in enumerate(_WIDTHS, 1):
        look = {**HEAD, "valign": "top"} if is_head else {**BOX, **(LEFT if key in _LEFT else CENTRE)}
        page.text(row, column, writable(words[key]), book.look(**look))
    page.fit(row, height_of(max(lines_of(words[key], _WIDTHS[key]) for key in _WIDTHS)))
