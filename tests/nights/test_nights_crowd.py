"""One sender floods the night: the others are answered first, the page stays short, and nothing is left out.

``make long`` goes a night of 5,000 files and prints what it took.
"""

import datetime as dt
import json
import resource
import sqlite3
import sys
import time
from pathlib import Path

import pytest
from nights_books import book_bytes
from nights_crowd import NOISY, codes, crowd, good_form
from nights_examples import IN_2018, of_division
from nights_office import Office, furnished
from openpyxl import load_workbook
from rules_sheets import Case

from pipeline.findings import Verdict

_NIGHT = dt.datetime(2019, 6, 5, 9)
_LATER = dt.timedelta(minutes=15)
_SOME, _MANY = 120, 5_000


def _page(office: Office) -> str:
    return (office.workspace.outbox / "nhat_ky" / "2019-06-05.md").read_text(encoding="utf-8")


def _wrong(office: Office, sent: dict[str, bytes]) -> list[str]:
    """What is not as it must be after the night of a crowd.

    It is June: every good BM-01 of a division after its first is a revision that gives no reason.
    """
    told = office.told()
    wrong = [*office.faults, *(f"{name}: not judged" for name in sent.keys() - told.keys())]
    for name, one in told.items():
        is_good, codes_told = "/tot_" in name, {code for code, _ in one.findings}
        if one.verdict.is_accepted is not is_good and not (is_good and codes_told == {"C410"}):
            wrong.append(f"{name}: {one.verdict}: {one.findings}")
    return [*wrong, *_plans_counted_twice(office)]


def _plans_counted_twice(office: Office) -> list[str]:
    query = (
        "SELECT division FROM submission WHERE form = 'BM-01' AND verdict LIKE 'accepted%' GROUP BY division"
        " HAVING count(*) > 1"
    )
    with sqlite3.connect(office.workspace.ledger_file) as ledger:
        return [f"{division}: two BM-01 without a reason" for (division,) in ledger.execute(query)]


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, dict[str, bytes], tuple[str, ...]]:
    """The office after its night, what was sent, and the answers in the order in which they went out."""
    office = furnished(tmp_path_factory.mktemp("crowd") / "so", codes())
    office.workers = 2
    sent = dict(crowd(_SOME))
    office.put(sent)
    report = office.night(_NIGHT)
    return office, sent, report.feedback


def test_every_file_of_a_crowd_gets_its_verdict(flooded: tuple[Office, dict[str, bytes], tuple[str, ...]]) -> None:
    office, sent, _ = flooded
    assert _wrong(office, sent) == []


def test_those_who_sent_little_are_answered_before_the_noise(
    flooded: tuple[Office, dict[str, bytes], tuple[str, ...]],
) -> None:
    _, _, feedback = flooded
    is_noisy = [f"/{NOISY}/" in answer for answer in feedback]
    forms = is_noisy.index(True)
    assert not any(is_noisy[:forms])
    assert sum(not noisy for noisy in is_noisy[forms:]) < sum(not noisy for noisy in is_noisy[:forms]) + 10


def test_the_page_tells_the_noise_of_a_sender_in_one_line(
    flooded: tuple[Office, dict[str, bytes], tuple[str, ...]],
) -> None:
    office, sent, _ = flooded
    page, told = _page(office), office.told()
    ended = (Verdict.UNREADABLE, Verdict.NOT_A_FORM)
    noise = [name for name, one in told.items() if name.startswith(NOISY) and one.verdict in ended]
    about = [line for line in page.splitlines() if "không đọc được hoặc không phải biểu mẫu" in line and NOISY in line]
    assert len(about) == 2, "one thing to do, one line of what came"
    assert all(f"{NOISY}: {len(noise)} tệp" in line for line in about)
    assert not any(name in page for name in noise[3:])
    data = json.loads((office.workspace.outbox / "nhat_ky" / "2019-06-05.json").read_text(encoding="utf-8"))
    assert len(data["received"]) == len(sent), "the data leave nothing out"


def test_the_second_night_is_calm(flooded: tuple[Office, dict[str, bytes], tuple[str, ...]]) -> None:
    office, _, _ = flooded
    before = office.published()
    assert office.night(_NIGHT + _LATER).arrived == 0
    assert office.published() == before


def test_versions_replaced_in_their_own_night_share_one_answer(tmp_path: Path) -> None:
    """Of ten versions with something to be mended, the last is answered by itself and nine by one workbook."""
    office = furnished(tmp_path / "so", [NOISY])
    sent = [f"{NOISY}/ban_{n:02d}.xlsx" for n in range(10)]
    office.put({name: good_form(5 * 3 * n + 5, NOISY) for n, name in enumerate(sent)})
    office.night(_NIGHT)
    in_order, folder = list(office.told()), office.workspace.outbox / "phan_hoi" / NOISY
    assert [one.verdict for one in office.told().values()] == [Verdict.ACCEPTED_WITH_WARNINGS] * 10
    answers = {path.name.partition("__")[0]: path for path in folder.glob("*__*.xlsx")}
    assert answers.keys() == {"Cac_ban_da_thay_the_BM-02_2019-6T", Path(in_order[-1]).stem}
    sheet = load_workbook(answers["Cac_ban_da_thay_the_BM-02_2019-6T"]).worksheets[0]
    listed = [row[1] for row in sheet.iter_rows(values_only=True) if str(row[0]).isdecimal()]
    assert listed == in_order[:-1]


def test_a_plan_is_held_against_that_of_the_year_before_when_both_come_in_one_night(tmp_path: Path) -> None:
    """The later year is named so that it is met first; what it continues stands in no plan (R617)."""
    office = furnished(tmp_path / "so", [NOISY])
    later = Case("BM-01", {"objectives.continues.1": "MT09"})
    earlier = Case("BM-01", IN_2018)
    office.put(
        {
            f"{NOISY}/{name}.xlsx": book_bytes(of_division(case.workbook, "BM-01", NOISY))
            for name, case in (("a", later), ("b", earlier))
        }
    )
    office.judging_night(dt.datetime(2019, 1, 20, 9))
    told = {name: [code for code, _ in one.findings] for name, one in office.told().items()}
    assert told == {f"{NOISY}/b.xlsx": [], f"{NOISY}/a.xlsx": ["R617"]}


@pytest.mark.long
def test_a_night_of_5000_files_of_which_3000_are_of_one_sender(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = furnished(tmp_path / "so", codes())
    office.workers = 2
    sent = dict(crowd(_MANY))
    office.put(sent)
    began = time.monotonic()
    report = office.night(_NIGHT)
    seconds = time.monotonic() - began
    again = time.monotonic()
    calm = office.night(_NIGHT + _LATER)
    again = time.monotonic() - again
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with capsys.disabled():
        verdicts = ", ".join(f"{count} {verdict}" for verdict, count in report.verdicts.items())
        sys.stdout.write(f"\n{len(sent)} files ({verdicts}), {len(report.feedback)} answers: {seconds:.0f} s")
        sys.stdout.write(f", the second night {again:.1f} s; {peak} MB in the main process; {report.seconds}\n")
        sys.stdout.write(f"{len(_page(office).splitlines())} lines of the day's page\n")
    assert _wrong(office, sent) == []
    assert calm.arrived == 0
