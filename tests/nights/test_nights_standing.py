"""What is told of accepted files, and of several of one night, through whole nights: in both sides' books."""

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from nights_office import Office, furnished
from nights_standing import SAME_NIGHT, STORIES, nights, stories
from openpyxl import load_workbook
from rules_standing import SAME_NIGHT_CODES, STANDING_CODES

_LATER = dt.timedelta(minutes=15)
Line = tuple[str, str, str]
"""Code, file or form with period, and the words."""


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office after the nights of all stories: the last with files draws all, then one is calm."""
    office = furnished(tmp_path_factory.mktemp("standing") / "so", [code for code, _, _ in stories()])
    *earlier, (at, files_of_last) = nights().items()
    for night, files in earlier:
        office.put(files)
        office.judging_night(night)
    office.put(files_of_last)
    office.night(at)
    before = office.published()
    assert office.night(at + _LATER).arrived == 0
    assert office.published() == before
    assert office.faults == []
    return office


@cache
def _table(path: Path, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one table of a workbook, without its head; read once, for no night comes after ``after``."""
    sheet = next((sheet for sheet in load_workbook(path).worksheets if name in sheet.tables), None)
    if sheet is None:
        return ()
    return tuple(tuple(str(cell.value) for cell in row) for row in sheet[sheet.tables[name].ref][1:])


def _in_own_book(office: Office, division: str) -> list[Line]:
    rows = _table(office.workspace.outbox / "phan_hoi" / division / "So_tiep_nhan.xlsx", "luu_y")
    return [(code, file, words) for words, _, code, file, _ in rows if code in _CODES]


_CODES = STANDING_CODES | SAME_NIGHT_CODES


def _at_committee(office: Office, division: str) -> list[Line]:
    """What the workbook of the story's last period says."""
    found: list[Line] = []
    for path in sorted((office.workspace.outbox / "tong_hop").glob("2019-*.xlsx")):
        for _, words, of_division, form_period, code in _table(path, "diem_luu_y"):
            if of_division == division and (code, form_period, words) not in found:
                found.append((code, form_period, words))
    return found


def test_every_file_of_the_stories_is_accepted(after: Office) -> None:
    assert {name: told for name, told in after.told().items() if not told.verdict.is_accepted} == {}


@pytest.mark.parametrize(("division", "name"), [(code, name) for code, name, _ in stories() if name != SAME_NIGHT])
def test_each_is_told_in_the_divisions_own_book_and_to_the_committee(division: str, name: str, after: Office) -> None:
    told, lines = STORIES[name].told, _in_own_book(after, division)
    assert [line[:2] for line in lines] == [(one.code, one.file(division)) for one in told]
    assert all(one.fact in words for one, (_, _, words) in zip(told, lines, strict=True))
    words = [words for _, _, words in lines]
    assert _at_committee(after, division) == [
        (one.code, one.form_period, said) for one, said in zip(told, words, strict=True)
    ]


def test_several_files_of_one_night_are_told_beside_their_receipts(after: Office) -> None:
    division = next(code for code, name, _ in stories() if name == SAME_NIGHT)
    sent = sorted(name for name in after.told() if name.startswith(division))
    ((code, file, words),) = _in_own_book(after, division)
    assert (code, file in sent, len(sent)) == ("S701", True, 2)
    assert all(name in words for name in sent)
    book = after.workspace.outbox / "phan_hoi" / division / "So_tiep_nhan.xlsx"
    assert [row[1] for row in _table(book, "so_tiep_nhan") if "S701" in row[10]] == [file, *(set(sent) - {file})]


def test_every_code_of_what_stands_has_its_story() -> None:
    assert {one.code for story in STORIES.values() for one in story.told} == _CODES
