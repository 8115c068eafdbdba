"""A night of thousands of files: a synced folder gone wrong at one sender, and all the others with theirs."""

from collections.abc import Iterator
from random import Random

from nights_books import book_bytes
from nights_examples import of_division
from rules_sheets import Case

NOISY = "P001"
"""The sender of three files in five."""
DIVISIONS = 60
_FORMS = ("BM-01", "BM-02", "BM-03")
_JUNK = (b"", b"\xff\xd8\xff\xe0 JFIF", b"PK\x03\x04 half a package", b"B\xc3\xa1o c\xc3\xa1o", b"%PDF-1.7")


def codes() -> list[str]:
    """The divisions of the crowd."""
    return [f"P{number:03d}" for number in range(1, DIVISIONS + 1)]


def crowd(count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, by name: 60 % of the noisy sender, two in five of these bad; of the others 15 % bad.

    Together 30 % are bad: no workbook at all, or a form that is returned. Good forms are versions of few obligations.
    """
    random = Random(count)  # noqa: S311 - a seeded test, no secret
    for number in range(count):
        is_noisy = number % 5 < 3
        code = NOISY if is_noisy else f"P{2 + number % (DIVISIONS - 1):03d}"
        is_bad = random.random() < (0.4 if is_noisy else 0.15)
        content = _bad(number, code, random) if is_bad else good_form(number, code)
        yield f"{code}/{'xau' if is_bad else 'tot'}_{number:05d}.xlsx", content


def _bad(number: int, code: str, random: Random) -> bytes:
    if random.random() < 0.7:
        return random.choice(_JUNK) + str(number).encode()
    return _form(number, code, {"cover.prepared_by": None})


def good_form(number: int, code: str) -> bytes:
    """A form of a division that is accepted; another number gives other bytes."""
    return _form(number, code, {})


def _form(number: int, code: str, edits: dict[str, None]) -> bytes:
    base = _FORMS[number // 5 % len(_FORMS)]
    case = Case(base, {"cover.telephone": f"0299 38{number:05d}", **edits})
    return book_bytes(of_division(case.workbook, base, code))
