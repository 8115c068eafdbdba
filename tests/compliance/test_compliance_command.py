"""``qms lint-workbook``: one line a check, exit codes, and files that are no workbook."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from compliance_edits import edited, part_of, part_text, substituted, text_cell
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.cli import main
from pipeline.compliance import NotAWorkbookError, Rule, lint
from pipeline.wording import topic


def _saved(folder: Path, content: bytes) -> str:
    path = folder / "bang.xlsx"
    path.write_bytes(content)
    return str(path)


def test_every_rule_is_told_in_one_line_with_its_places(
    workbook: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = edited(workbook, part_of(workbook, 3), text_cell("W7", "31/12/2019"))
    assert main(["lint-workbook", _saved(tmp_path, wrong)]) == 1
    said = capsys.readouterr().out.splitlines()
    titles = topic("compliance")["rule"]
    assert [line[11:] for line in said if line.startswith(("ĐẠT", "KHÔNG"))] == list(titles.values())
    place = said.index(f"KHÔNG ĐẠT  {titles['dates']}")
    assert said[place + 1] == "    - 3 Kết quả mục tiêu!W7"


def test_json_tells_the_same(workbook: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = edited(workbook, part_of(workbook, 3), text_cell("W7", "31/12/2019"))
    main(["lint-workbook", _saved(tmp_path, wrong), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["holds"] is False
    checks = {check["rule"]: check for check in told["checks"]}
    assert list(checks) == [str(rule) for rule in Rule]
    assert checks["dates"]["places"] == ["3 Kết quả mục tiêu!W7"]
    assert (checks["dates"]["holds"], checks["numbers"]["holds"]) == (False, True)


def _zip(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", text)
    return made.getvalue()


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "không phải tệp .xlsx hoặc tệp đã hỏng"),
        (b"%PDF-1.7", "không phải tệp .xlsx hoặc tệp đã hỏng"),
        (_zip(word__document="<document/>"), "không phải Bảng tính Excel (.xlsx)"),
        (_zip(xl__workbook=BOMB), "nội dung bên trong bị hỏng"),
        (_zip(xl__workbook="<workbook><sheets><sheet name='1'/></sheets></workbook>"), "nội dung bên trong bị hỏng"),
    ],
    ids=["nothing", "a PDF", "a letter", "an entity bomb", "a sheet that is not there"],
)
def test_what_is_no_workbook_is_one_line_and_exit_3(
    content: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _saved(tmp_path, content)
    assert main(["lint-workbook", path]) == 3
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith(f"E820: Không kiểm tra được {path}: {reason}.")


def test_a_missing_file_is_one_line_and_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint-workbook", str(tmp_path / "khong_co.xlsx")]) == 3
    assert capsys.readouterr().err.startswith("E820: ")


def test_a_workbook_saved_by_another_program_is_read_too(workbook: bytes) -> None:
    saved = io.BytesIO()
    load_workbook(io.BytesIO(workbook)).save(saved)
    broken = {outcome.rule for outcome in lint(saved.getvalue()) if not outcome.holds}
    # openpyxl drops every stored value; what does not look at values is as it was.
    assert Rule.CACHED in broken
    assert not broken & {Rule.SHORT, Rule.UNMERGED, Rule.CONTRAST, Rule.PAPER, Rule.LINKS, Rule.PRINT_AREAS}


def test_an_address_that_is_none_is_damage(workbook: bytes) -> None:
    wrong = edited(
        workbook, part_of(workbook, 1), substituted(r'mergeCell ref="[A-Z0-9:]*"', 'mergeCell ref="4A:nowhere"')
    )
    with pytest.raises(NotAWorkbookError, match="damaged"):
        lint(wrong)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.integers(0, 10_000),
    length=st.integers(1, 40),
    part=st.sampled_from([4, "xl/styles.xml", "xl/workbook.xml"]),
)
def test_damage_gives_outcomes_or_a_refusal_and_nothing_else(
    workbook: bytes, start: int, length: int, part: int | str
) -> None:
    name = part_of(workbook, part) if isinstance(part, int) else part
    whole = part_text(workbook, name)
    at = start % len(whole)
    damaged = edited(workbook, name, lambda text: text[:at] + text[at + length :])
    refusal = ""
    try:
        found = lint(damaged)
    except NotAWorkbookError as refused:
        found, refusal = (), str(refused)
    assert (len(found), refusal) in {(len(Rule), ""), *((0, reason) for reason in topic("compliance")["reason"])}
