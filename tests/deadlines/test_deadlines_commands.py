"""``qms extend``, ``exempt``, ``withdraw``, ``present``: what is recorded, what is said, what is refused."""

import hashlib
import json
import sqlite3
from collections.abc import Callable

import pytest

from pipeline.cli import main
from pipeline.guards import alone
from pipeline.workspace import Workspace

Said = tuple[int, str, str]
Qms = Callable[..., Said]
REPORT = ("--form", "BM-02", "--division", "VP", "--period", "2019-6T")
REGISTER = ("--form", "BM-04", "--division", "TCT", "--period", "2019-6T")
WHY = ("--reason", "lũ lụt", "--as-of", "2019-06-08T09:00")
UNTIL = ("--until", "2019-06-20")
PAPER = ("--document", "12/CV-VP", "--document-on", "2019-06-07")
PRESENTED = ("--period", "2019-6T", "--on", "2019-06-07", "--document", "25/BC-SLĐTBXH", "--as-of", "2019-06-08T09:00")


@pytest.fixture
def qms(desk: Workspace, capsys: pytest.CaptureFixture[str]) -> Qms:
    """Calls a command on the desk; gives exit code, what it printed, what it said beside."""

    def call(*arguments: str) -> Said:
        code = main([*arguments, "--workspace", str(desk.root)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def _decisions(workspace: Workspace) -> list[tuple[object, ...]]:
    with sqlite3.connect(workspace.ledger_file) as connection:
        return connection.execute("SELECT * FROM decision ORDER BY decision_id").fetchall()


def _owed(qms: Qms, form: str, division: str, at: str = "2019-06-12T00:05") -> dict[str, object]:
    _, out, _ = qms("status", "--period", "2019-6T", "--as-of", at, "--json")
    return next(one for one in json.loads(out) if (one["form"], one["division"]) == (form, division))


def test_an_extension_is_told_in_one_sentence_with_its_number(qms: Qms) -> None:
    days = "nộp trước ngày 20/6/2019, ngày cuối cùng là ngày 19/6/2019"
    said = f"Đã ghi sổ số 1: gia hạn BM-02 kỳ 2019-6T cho VP: {days}.\n"
    assert qms("extend", *REPORT, *UNTIL, *WHY) == (0, said, "")


def test_an_exemption_is_told_in_one_sentence(qms: Qms) -> None:
    assert qms("exempt", *REPORT, *WHY)[:2] == (0, "Đã ghi sổ số 1: miễn nộp BM-02 kỳ 2019-6T cho VP.\n")


def test_a_withdrawal_is_told_in_one_sentence(qms: Qms) -> None:
    said = "Đã ghi sổ số 1: TCT rút các bản BM-04 kỳ 2019-6T đã nộp; biểu mẫu vẫn phải nộp lại.\n"
    assert qms("withdraw", *REGISTER, *WHY)[:2] == (0, said)


def test_a_revocation_names_what_it_takes_back(qms: Qms) -> None:
    qms("exempt", *REPORT, *WHY)
    said = "Đã ghi sổ số 2: bãi bỏ quyết định ghi sổ số 1 (miễn nộp BM-02 kỳ 2019-6T cho VP).\n"
    assert qms("withdraw", "--decision", "1", *WHY)[:2] == (0, said)
    assert _owed(qms, "BM-02", "VP")["state"] == "missing"


def test_a_presentation_keeps_the_hash_of_the_workbook_as_it_stands(qms: Qms, desk: Workspace) -> None:
    content = (desk.outbox / "tong_hop" / "2019-6T.xlsx").read_bytes()
    code, out, _ = qms("present", *PRESENTED, "--json")
    told = json.loads(out)
    assert (code, told["sha256"], told["document_on"]) == (0, hashlib.sha256(content).hexdigest(), "2019-06-07")
    assert qms("present", *PRESENTED)[2].startswith("E818: ")


def test_a_decision_is_one_document(qms: Qms) -> None:
    _, out, err = qms("extend", *REPORT, *UNTIL, *WHY, *PAPER, "--json")
    assert (json.loads(out), err) == (
        {
            "decision": 1,
            "kind": "extended",
            "form": "BM-02",
            "division": "VP",
            "period": "2019-6T",
            "until": "2019-06-20",
            "reason": "lũ lụt",
            "document": "12/CV-VP",
            "document_on": "2019-06-07",
            "as_of": "2019-06-08T09:00:00",
            "revokes": None,
            "sha256": None,
        },
        "",
    )


def test_status_tells_the_decision_and_both_due_dates(qms: Qms) -> None:
    qms("extend", *REPORT, *UNTIL, *WHY, *PAPER)
    qms("present", *PRESENTED)
    owed = _owed(qms, "BM-02", "VP")
    paper = "Văn bản: 12/CV-VP, ngày 07/6/2019."
    told = {name: owed[name] for name in ("due_on", "agreed_on", "state", "responsible", "presented_on", "decision")}
    assert told == {
        "due_on": "2019-06-20",
        "agreed_on": "2019-06-10",
        "state": "extended",
        "responsible": "VP",
        "presented_on": "2019-06-07",
        "decision": f"Gia hạn đến trước ngày 20/6/2019. Lý do: lũ lụt. {paper} (Ghi sổ số 1.)",
    }
    _, out, _ = qms("status", "--period", "2019-6T")
    assert "Hạn gốc: trước ngày 10/06/2019" in " ".join(out.replace("│", " ").split())
    assert "Đã trình Ban Chỉ đạo: ngày 07/6/2019, theo 25/BC-SLĐTBXH." in out


def test_status_tells_the_interval_and_what_decided(qms: Qms) -> None:
    owed = _owed(qms, "BM-04", "TCT")
    told = [owed[name] for name in ("not_before", "not_after", "decided_by", "submission_id", "last_submission_id")]
    assert told == [None, "2019-06-08T00:05:00", "interval", 1, 1]


REFUSED = {
    "an unknown form": (("extend", "--form", "BM-09", *REPORT[2:], *UNTIL, *WHY), "E812"),
    "an unknown division": (("exempt", *REPORT[:2], "--division", "XX", *REPORT[4:], *WHY), "E808"),
    "an unknown period": (("exempt", *REPORT[:4], "--period", "2031-6T", *WHY), "E807"),
    "no such obligation": (("exempt", "--form", "BM-04", *REPORT[2:], *WHY), "E814"),
    "nothing handed in": (("withdraw", *REPORT, *WHY), "E815"),
    "an extension to the due date itself": (("extend", *REPORT, "--until", "2019-06-10", *WHY), "E816"),
    "a paper of a day to come": (("exempt", *REPORT, *WHY, "--document", "1", "--document-on", "2019-06-09"), "E816"),
    "a blank reason": (("exempt", *REPORT, "--reason", " ", *WHY[2:]), "E817"),
    "a blank paper": (("present", *PRESENTED[:4], "--document", " ", *PRESENTED[6:]), "E817"),
    "before the last run": (("exempt", *REPORT, *WHY[:2], "--as-of", "2019-06-08T00:04"), "E804"),
    "no such decision": (("withdraw", "--decision", "7", *WHY), "E812"),
    "no workbook": (("present", "--period", "2019-CN", *PRESENTED[2:]), "E809"),
    "no day": (("extend", *REPORT, "--until", "20/6/2019", *WHY), "E813"),
    "no time": (("exempt", *REPORT, *WHY[:2], "--as-of", "hôm nay"), "E813"),
}


@pytest.mark.parametrize(("arguments", "code"), REFUSED.values(), ids=REFUSED)
def test_an_operator_mistake_is_one_line_and_records_nothing(
    qms: Qms, desk: Workspace, arguments: tuple[str, ...], code: str
) -> None:
    exit_code, out, err = qms(*arguments)
    assert (exit_code, out, err[:4], err.count("\n")) == (3, "", code, 1)
    assert _decisions(desk) == []


REPEATED = {
    "an extension": ("extend", *REPORT, *UNTIL, *WHY),
    "an exemption": ("exempt", *REPORT, *WHY, *PAPER),
}


@pytest.mark.parametrize("arguments", REPEATED.values(), ids=REPEATED)
def test_the_very_same_is_not_recorded_twice(qms: Qms, desk: Workspace, arguments: tuple[str, ...]) -> None:
    qms(*arguments)
    assert qms(*arguments)[2].startswith("E818: ")
    assert len(_decisions(desk)) == 1


def test_another_date_is_another_decision(qms: Qms, desk: Workspace) -> None:
    qms("extend", *REPORT, *UNTIL, *WHY)
    assert qms("extend", *REPORT, "--until", "2019-06-25", *WHY)[0] == 0
    assert qms("extend", *REPORT, *UNTIL, *WHY)[0] == 0
    assert len(_decisions(desk)) == 3


def test_what_was_taken_back_cannot_be_taken_back_again(qms: Qms) -> None:
    qms("withdraw", *REGISTER, *WHY)
    assert qms("withdraw", *REGISTER, *WHY)[2].startswith("E815: ")


def test_a_revoked_decision_cannot_be_revoked_again(qms: Qms) -> None:
    qms("exempt", *REPORT, *WHY)
    qms("withdraw", "--decision", "1", *WHY)
    assert qms("withdraw", "--decision", "1", *WHY)[2].startswith("E812: ")


def test_a_decision_waits_for_no_run(qms: Qms, desk: Workspace) -> None:
    with alone(desk):
        assert qms("exempt", *REPORT, *WHY)[2].startswith("E806: ")
    assert _decisions(desk) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("withdraw", *REPORT[:4], *WHY), "--period"),
        (("withdraw", *REPORT, "--decision", "1", *WHY), "--decision"),
        (("extend", *REPORT, *WHY), "--until"),
        (("exempt", *REPORT), "--reason"),
    ],
)
def test_wrong_usage_names_the_option(qms: Qms, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = qms(*arguments)
    assert (code, out) == (2, "")
    assert said in err
