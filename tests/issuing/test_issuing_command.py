"""``qms issue``: what it writes, whom it cannot serve, and whose work it leaves alone."""

import json
from pathlib import Path

import pytest
from issuing_years import Years, opened

from pipeline.cli import main
from pipeline.workspace import Workspace

FORM = "bieu_mau/NCC/BM-02_2020-6T_NCC.xlsx"


def _issue(workspace: Workspace, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, list[object]]:
    assert main(["issue", "--workspace", str(workspace.root), "--json", *more]) == 0
    document: dict[str, list[object]] = json.loads(capsys.readouterr().out)
    return document


def test_it_names_whom_it_could_not_serve_and_why(copy_of_years: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    told = _issue(copy_of_years, capsys, "--period", "2020-6T")
    assert told["written"] == [f"outbox/{FORM}", "outbox/bieu_mau/TCT/BM-04_2020-6T_TCT.xlsx"]
    assert {one["division"] for one in told["not_served"]} == {  # type: ignore[index]
        "BTXH", "GDNN", "KHTC", "LDTL", "PCTNXH", "TEBDG", "TTR", "VLATLD", "VP",
    }  # fmt: skip
    assert {one["reason"] for one in told["not_served"]} == {  # type: ignore[index]
        "chưa có BM-01 năm 2020 được chấp nhận"
    }
    assert all((copy_of_years.root / str(path)).is_file() for path in told["written"])


def test_it_says_what_a_served_form_lacks(copy_of_years: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    told = _issue(copy_of_years, capsys, "--period", "2020-KH", "--division", "VP")
    assert told["written"] == [f"outbox/bieu_mau/VP/BM-0{n}_2020-KH_VP.xlsx" for n in (1, 3)]
    assert told["lacking"] == [
        {
            "form": "BM-01",
            "division": "VP",
            "reason": "chưa có BM-01 năm 2019 được chấp nhận: chỉ in sẵn trang Thông tin chung",
        }
    ]


def test_in_the_first_year_of_the_calendar_nothing_is_lacking(
    copy_of_years: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _issue(copy_of_years, capsys, "--period", "2019-KH", "--division", "VP")["lacking"] == []


def test_issuing_again_changes_nothing(copy_of_years: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    _issue(copy_of_years, capsys, "--period", "2020-6T", "--division", "NCC")
    before = {path: path.read_bytes() for path in (copy_of_years.outbox / "bieu_mau").rglob("*") if path.is_file()}
    told = _issue(copy_of_years, capsys, "--period", "2020-6T", "--division", "NCC")
    assert told["worked_on"] == []
    after = {path: path.read_bytes() for path in (copy_of_years.outbox / "bieu_mau").rglob("*") if path.is_file()}
    assert after == before


def test_a_form_that_somebody_has_begun_to_fill_in_the_outbox_stays(
    copy_of_years: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    _issue(copy_of_years, capsys, "--period", "2020-6T", "--division", "NCC")
    lying = copy_of_years.outbox / FORM
    workbook = opened(lying.read_bytes())
    workbook["Kết quả"]["G6"] = 99
    workbook.save(lying)
    begun = lying.read_bytes()
    told = _issue(copy_of_years, capsys, "--period", "2020-6T", "--division", "NCC")
    assert lying.read_bytes() == begun
    assert told["worked_on"] == [f"outbox/{FORM}"]
    assert [str(path).startswith("outbox/bieu_mau/NCC/BM-02_2020-6T_NCC_") for path in told["written"]] == [True]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["issue"], 2, "--period"),
        (["issue", "--period", "2019-6T", "--division", "XYZ"], 3, "E808"),
        (["issue", "--period", "2031-6T"], 3, "E807"),
        (["templates", "--period", "2019-6T"], 2, "--period"),
    ],
)
def test_a_mistake_is_one_line(
    arguments: list[str], code: int, said: str, years: Years, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--workspace", str(years.workspace.root)]) == code
    assert said in capsys.readouterr().err


def test_people_read_lines(copy_of_years: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    del tmp_path
    assert main(["issue", "--workspace", str(copy_of_years.root), "--period", "2020-6T", "--division", "VP"]) == 0
    assert capsys.readouterr().out == "Chưa in sẵn được BM-02 cho VP: chưa có BM-01 năm 2020 được chấp nhận\n"
