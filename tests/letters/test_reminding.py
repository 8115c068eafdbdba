"""Who is written to, in the demo's year: each debt in exactly one letter, nothing for whoever owes nothing."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.desk.correspondence import Reminded, letters_due, remind, shared_out
from pipeline.desk.recording import Duty, Grounds, decide
from pipeline.desk.status import obligations_of
from pipeline.faults import OperatorError
from pipeline.findings import DecisionKind
from pipeline.guards import alone
from pipeline.letters.content import OPEN
from pipeline.nightly import RunReport, run_night
from pipeline.settings import Period, Settings
from pipeline.workspace import Workspace, load_settings

LAST = dt.datetime(2019, 6, 10, 0, 5)
SIX_MONTHS, PLAN = Period.parse("2019-6T"), Period.parse("2019-KH")
FOLDER = "outbox/thu_nhac/2019-6T"


def _debts(reminded: Reminded) -> dict[str, list[tuple[str, str, str]]]:
    return {
        one.path: [(debt.form, str(debt.period), debt.state) for debt in one.letter.debts] for one in reminded.written
    }


def _bytes(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace.root / FOLDER).iterdir()}


def test_only_those_who_owe_get_a_letter_with_exactly_their_debts(office: Workspace, office_settings: Settings) -> None:
    assert _debts(remind(office, office_settings, SIX_MONTHS, LAST)) == {
        f"{FOLDER}/VLATLD.docx": [("BM-02", "2019-6T", "returned")],
        f"{FOLDER}/BTXH.docx": [("BM-03", "2019-KH", "missing"), ("BM-02", "2019-6T", "empty")],
    }
    assert sorted(_bytes(office)) == ["BTXH.docx", "VLATLD.docx"]


def test_recorded_decisions_change_who_owes_what(office: Workspace, office_settings: Settings) -> None:
    grounds = Grounds(LAST + dt.timedelta(hours=1), reason="Đơn vị đề nghị")
    decide(office, DecisionKind.EXEMPTED, Duty("BM-03", "BTXH", "2019-KH"), grounds)
    decide(office, DecisionKind.EXTENDED, Duty("BM-02", "BTXH", "2019-6T"), grounds, dt.date(2019, 6, 20))
    decide(office, DecisionKind.WITHDRAWN, Duty("BM-02", "VP", "2019-6T"), grounds)
    reminded = remind(office, office_settings, SIX_MONTHS, LAST + dt.timedelta(hours=2))
    assert _debts(reminded) == {
        f"{FOLDER}/VP.docx": [("BM-02", "2019-6T", "withdrawn")],
        f"{FOLDER}/VLATLD.docx": [("BM-02", "2019-6T", "returned")],
        f"{FOLDER}/BTXH.docx": [("BM-02", "2019-6T", "empty")],
    }
    extended = reminded.written[2].letter.debts[0]
    assert (extended.due_on, extended.agreed_on, extended.days_late) == (dt.date(2019, 6, 20), dt.date(2019, 6, 10), 0)


def test_a_returned_form_is_told_from_its_last_submission(office: Workspace, office_settings: Settings) -> None:
    (first, _) = remind(office, office_settings, SIX_MONTHS, LAST).written
    returned = first.letter.debts[0].returned
    assert returned is not None
    assert (returned.file, returned.errors) == ("VLATLD/BM-02_2019-6T_VLATLD.xlsx", 1)
    assert [(mend.code, mend.cell) for mend in returned.mends] == [("R605", "E6")]
    assert returned.marked_copy is not None
    assert (office.root / returned.marked_copy).is_file()


def test_a_debt_names_the_issued_form_or_else_the_blank_one(office: Workspace, office_settings: Settings) -> None:
    (_, second) = remind(office, office_settings, SIX_MONTHS, LAST).written
    paths = [debt.pre_filled for debt in second.letter.debts]
    assert paths == ["templates_xlsx/BM-03_Pho_bien_chinh_sach.xlsx", "outbox/bieu_mau/BTXH/BM-02_2019-6T_BTXH.xlsx"]
    assert all((office.root / str(path)).is_file() for path in paths)


@given(
    day=st.dates(dt.date(2019, 1, 1), dt.date(2019, 12, 31)), period=st.sampled_from(["2019-KH", "2019-6T", "2019-CN"])
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_letters_hold_every_open_obligation_exactly_once(
    replayed: tuple[Workspace, list[RunReport]], day: dt.date, period: str
) -> None:
    workspace, asked = replayed[0], Period.parse(period)
    now = dt.datetime.combine(day, dt.time(8))
    chosen = load_settings(workspace).settings
    told = [
        (debt.form, debt.owner.code, str(debt.period), debt.state)
        for letter in letters_due(workspace, chosen, asked, now)
        for debt in letter.debts
    ]
    owed = [
        (one.form, one.division, one.period, one.state)
        for one in obligations_of(workspace, chosen, asked, now)
        if one.state in OPEN
    ]
    assert sorted(told) == sorted(owed)


def test_before_the_first_run_everybody_is_told_what_is_soon_due(office: Workspace, office_settings: Settings) -> None:
    office.archive.rename(office.root / "archive_of_before")
    letters = letters_due(office, office_settings, PLAN, dt.datetime(2019, 1, 5, 8))
    assert {debt.state for letter in letters for debt in letter.debts} == {"not_due"}
    assert len(letters) == 11


def test_the_same_ledger_and_day_give_the_same_bytes(office: Workspace, office_settings: Settings) -> None:
    remind(office, office_settings, SIX_MONTHS, LAST)
    before = _bytes(office)
    again = remind(office, office_settings, SIX_MONTHS, LAST)
    assert _bytes(office) == before
    assert (len(again.written), again.kept, again.removed) == (2, (), ())


def test_a_letter_that_is_no_longer_owed_is_taken_away(office: Workspace, office_settings: Settings) -> None:
    remind(office, office_settings, SIX_MONTHS, LAST)
    theirs = office.root / FOLDER / "ghi chu.docx"
    theirs.write_bytes(b"cua toi")
    paid = office_settings.model_copy(
        update={
            "divisions": tuple(
                one.model_copy(update={"owes": ()}) if one.code == "BTXH" else one for one in office_settings.divisions
            )
        }
    )
    reminded = remind(office, paid, SIX_MONTHS, LAST)
    assert reminded.removed == (f"{FOLDER}/BTXH.docx",)
    assert sorted(_bytes(office)) == ["VLATLD.docx", "ghi chu.docx"]


def test_a_letter_that_somebody_changed_stays_as_it_is(office: Workspace, office_settings: Settings) -> None:
    remind(office, office_settings, SIX_MONTHS, LAST)
    changed = office.root / FOLDER / "BTXH.docx"
    changed.write_bytes(b"so 15")
    reminded = remind(office, office_settings, SIX_MONTHS, LAST + dt.timedelta(hours=9))
    assert reminded.kept == (f"{FOLDER}/BTXH.docx",)
    assert [one.letter.addressee.code for one in reminded.written] == ["VLATLD"]
    assert changed.read_bytes() == b"so 15"


def test_one_division_alone_can_be_asked_for(office: Workspace, office_settings: Settings) -> None:
    remind(office, office_settings, SIX_MONTHS, LAST)
    before = _bytes(office)
    one = remind(office, office_settings, SIX_MONTHS, LAST + dt.timedelta(days=1), "BTXH")
    after = _bytes(office)
    assert [written.letter.addressee.code for written in one.written] == ["BTXH"]
    assert after["VLATLD.docx"] == before["VLATLD.docx"]
    assert after["BTXH.docx"] != before["BTXH.docx"]


def test_whoever_owes_and_has_no_contact_is_listed(office: Workspace, office_settings: Settings) -> None:
    silent = office_settings.model_copy(
        update={
            "divisions": tuple(
                one.model_copy(update={"contact": " "}) if one.code in {"BTXH", "VP"} else one
                for one in office_settings.divisions
            )
        }
    )
    assert [one.code for one in remind(office, silent, SIX_MONTHS, LAST).without_contact] == ["BTXH"]


def test_the_heir_of_a_closed_division_gets_its_debts(office: Workspace, office_settings: Settings) -> None:
    owed = [
        replace(one, responsible="BTXH") if one.division == "VLATLD" else one
        for one in obligations_of(office, office_settings, SIX_MONTHS, LAST)
    ]
    told = shared_out(owed, office_settings)
    assert {code: [(one.division, one.form) for one in debts] for code, debts in told.items()} == {
        "BTXH": [("BTXH", "BM-03"), ("VLATLD", "BM-02"), ("BTXH", "BM-02")]
    }


def test_it_does_not_work_beside_another_command(office: Workspace, office_settings: Settings) -> None:
    with alone(office), pytest.raises(OperatorError) as refused:
        remind(office, office_settings, SIX_MONTHS, LAST)
    assert refused.value.finding.code == "E806"
    for told in ("trên máy", "tiến trình", "từ "):
        assert told in refused.value.line


def test_a_run_does_not_work_beside_it(office: Workspace) -> None:
    with alone(office), pytest.raises(OperatorError) as refused:
        run_night(office, LAST + dt.timedelta(hours=1))
    assert refused.value.finding.code == "E806"


def test_an_unknown_division_is_refused(office: Workspace, office_settings: Settings) -> None:
    with pytest.raises(OperatorError) as refused:
        remind(office, office_settings, SIX_MONTHS, LAST, "KHONGCO")
    assert refused.value.finding.code == "E808"


def test_the_command_prints_one_document(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remind", "--workspace", str(office.root), "--period", "2019-6T", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["period"], told["as_of"]) == ("2019-6T", "2019-06-10T00:05")
    assert [one["division"] for one in told["letters"]] == ["VLATLD", "BTXH"]
    assert told["letters"][0]["debts"] == [
        {
            "form": "BM-02",
            "division": "VLATLD",
            "period": "2019-6T",
            "due_on": "2019-06-10",
            "state": "returned",
            "days_late": 1,
        }
    ]
    assert (told["removed"], told["kept"], told["without_contact"]) == ([], [], [])


def test_the_command_says_when_nobody_owes_anything(office: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--workspace", str(office.root), "--period", "2019-KH", "--division", "VP"]
    assert main(["remind", *place]) == 0
    assert capsys.readouterr().out == ("Không có Phòng, đơn vị nào còn thiếu biểu mẫu tính đến 00:05 10/06/2019.\n")
    assert not Path(office.outbox / "thu_nhac").exists()
