"""A file is answered whatever it is called, in this night and calmly in the next."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from edges_forms import Forms
from edges_nights import NIGHTS, QUARTER, answers_to, dropped, is_calm, night, page, remarked, verdicts

from pipeline.nightly import RunReport, run_night
from pipeline.workspace import Workspace

if sys.platform == "win32":
    pytest.skip("these names cannot be on Windows", allow_module_level=True)

LONGEST = "ệ" * 81 + ".xlsx"


class Odd(NamedTuple):
    """A file by its division and its name, and the name on record.

    Two divisions share the names: many versions of one form in one night would share an answer.
    """

    division: str
    name: str
    on_record: str


ODD = {
    "81 letters": Odd("KHTC", LONGEST, LONGEST),
    "250 letters": Odd("VP", "a" * 250 + ".xlsx", "a" * 250 + ".xlsx"),
    "noncharacter": Odd("KHTC", "a\uffff.xlsx", "a⟨U+FFFF⟩.xlsx"),
    "override": Odd("VP", "a\u202exslx.exe", "a⟨U+202E⟩xslx.exe"),
    "line feed": Odd("KHTC", "a\nb.xlsx", "a⟨U+000A⟩b.xlsx"),
    "no UTF-8": Odd("VP", os.fsdecode(b"b\xe1o.xlsx"), "b⟨U+DCE1⟩o.xlsx"),
    "Windows": Odd("KHTC", 'a:b?"*.xlsx', 'a:b?"*.xlsx'),
    "device": Odd("VP", "CON.a.xlsx", "CON.a.xlsx"),
}
PRE_CHECKED = (LONGEST, os.fsdecode(b"b\xe1o.xlsx"), "a\uffff\u202e.xlsx")
OTHER_CASE = ("a.xlsx", "A.XLSX")


@dataclass(frozen=True)
class Nights:
    """What all these files came to: what each holds, the reports, and verdicts and page after the first night.

    The nights: the files arrive; the same once more; the next day; each is replaced by what no program can read; and
    that once more.
    """

    workspace: Workspace
    content: dict[str, bytes]
    reports: list[RunReport]
    first_verdicts: list[tuple[str, str, list[str]]]
    first_page: str


@pytest.fixture(scope="module")
def nights(shared: Workspace, forms: Forms) -> Nights:
    spoilt = {division: forms.spoilt(division) for division in ("KHTC", "VP")}
    content = {f"{odd.division}/{odd.name}": remarked(spoilt[odd.division], which) for which, odd in ODD.items()}
    content |= {f"kiem_tra/KHTC/{name}": remarked(spoilt["KHTC"], f"trước {name!a}") for name in PRE_CHECKED}
    content |= dict(zip((f"KHTC/{name}" for name in OTHER_CASE), (spoilt["KHTC"], spoilt["KHTC"][:1000]), strict=True))
    for path, one in content.items():
        dropped(shared, path, one)
    reports = [night(shared, 0)]
    first_verdicts, first_page = verdicts(shared), page(shared, 0)
    reports += [night(shared, 0), night(shared, 1)]
    for number, odd in enumerate(ODD.values()):
        dropped(shared, f"{odd.division}/{odd.name}", spoilt[odd.division][: 2000 + number] if number else b"")
    reports += [night(shared, 2), run_night(shared, NIGHTS[2] + QUARTER)]
    return Nights(shared, content, reports, first_verdicts, first_page)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_its_sender_is_answered(odd: Odd, nights: Nights) -> None:
    on_record = f"{odd.division}/{odd.on_record}"
    assert [one for one in nights.first_verdicts if one[0] == on_record] == [(on_record, "returned", ["C401"])]
    (answer,) = answers_to(nights.content[f"{odd.division}/{odd.name}"], nights.reports[0].feedback)
    assert Path(answer).parts[:3] == ("outbox", "phan_hoi", odd.division)
    assert (nights.workspace.root / answer).is_file()
    assert len(Path(answer).name.encode()) <= 143
    assert on_record.replace("\n", " ") in nights.first_page
    verdicts_of_it = [verdict for path, verdict, _ in verdicts(nights.workspace) if path == on_record]
    assert verdicts_of_it == ["returned", "unreadable"]


def test_no_other_file_is_on_record_and_the_next_night_is_calm(nights: Nights) -> None:
    first, _, next_day, unreadable, once_more = nights.reports
    assert len(nights.first_verdicts) == len(first.feedback) == len(ODD) + len(OTHER_CASE)
    assert unreadable.verdicts == {"unreadable": len(ODD)}
    assert once_more.faults == ()
    assert (is_calm(next_day), is_calm(once_more)) == (True, True)


@pytest.mark.parametrize("name", PRE_CHECKED)
def test_it_is_pre_checked_as_well(name: str, nights: Nights) -> None:
    first, same_night, *_ = nights.reports
    (answer,) = answers_to(nights.content[f"kiem_tra/KHTC/{name}"], first.pre_checked)
    assert (nights.workspace.root / answer).is_file()
    assert (len(first.pre_checked), same_night.pre_checked) == (len(PRE_CHECKED), ())


def test_names_that_differ_in_case_alone_are_answered_apart(nights: Nights) -> None:
    answers = [
        answer
        for name in OTHER_CASE
        for answer in answers_to(nights.content[f"KHTC/{name}"], nights.reports[0].feedback)
    ]
    assert len({answer.casefold() for answer in answers}) == len(answers) == 2
