"""``qms audit --witness FILE…``: whoever rewrites the whole ledger is caught by any one older paper."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.demo.replaying import build
from pipeline.desk.auditing import audit_workspace
from pipeline.seals.papers import seals_on
from pipeline.workspace import Workspace

NIGHTS = [dt.datetime(2019, 4, day, 0, 5) for day in (2, 3, 4, 5)]
REWRITTEN_FROM = 1
"""The night from which on the second telling differs."""


def _nights(root: Path, notes: list[str]) -> dict[str, Path]:
    """A year told night by night, a file each; gives a copy of each paper of each night, by its name and night."""
    build(root)
    papers: dict[str, Path] = {}
    for number, (night, note) in enumerate(zip(NIGHTS, notes, strict=True)):
        (root / "inbox" / f"ghi chu {number}.txt").write_text(note)
        assert main(["run", "--workspace", str(root), "--as-of", night.isoformat()]) == 0
        papers |= _kept(root, number)
    return papers


def _kept(root: Path, number: int) -> dict[str, Path]:
    kept = root.parent / f"{root.name}_giay_{number}"
    kept.mkdir()
    papers = [path for folder in ("tong_hop", "phan_hoi") for path in (root / "outbox" / folder).rglob("*.xlsx")]
    return {f"{path.name} {number}": Path(shutil.copy(path, kept / path.name)) for path in papers}


def _written(root: Path) -> dict[str, Path]:
    """The covering report and the reminders that the secretary has made at the end."""
    as_of = NIGHTS[-1].isoformat()
    for command in (["report", "--docx"], ["remind"]):
        assert main([*command, "--workspace", str(root), "--period", "2019-KH", "--as-of", as_of]) == 0
    outbox = root / "outbox"
    return {path.relative_to(outbox).as_posix(): path for path in outbox.rglob("*.docx")}


KINDS = {
    "the committee's workbook": "2019-KH.xlsx",
    "the covering report": "bao_cao",
    "an answer": "ghi",
    "a book of receipts": "So_tiep_nhan.xlsx",
    "a letter": "thu_nhac",
}
"""How the name of a paper of each kind begins."""


@pytest.fixture(scope="module")
def told_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict[str, Path]]:
    """A workspace that the program itself made over again with one other file, and the papers of its first telling."""
    place = tmp_path_factory.mktemp("twice")
    notes = ["một", "hai", "ba", "bốn"]
    papers = _nights(place / "dau", notes) | _written(place / "dau")
    _nights(place / "sau", [*notes[:REWRITTEN_FROM], "khác", *notes[REWRITTEN_FROM + 1 :]])
    return Workspace(place / "sau"), papers


def _failures(workspace: Workspace, *papers: Path) -> list[tuple[str, str]]:
    lines = [line for line in audit_workspace(workspace, papers=papers).lines if line.check.name == "witnesses"]
    return [(each.kind, str(each.facts.get("at", ""))) for line in lines for each in line.outcome.failures]


def test_a_ledger_rewritten_whole_and_consistently_holds_by_itself(
    told_twice: tuple[Workspace, dict[str, Path]],
) -> None:
    assert audit_workspace(told_twice[0]).holds


def test_every_paper_of_the_house_bears_a_seal(told_twice: tuple[Workspace, dict[str, Path]]) -> None:
    papers = told_twice[1]
    assert {len(seals_on(path.read_bytes())) for path in papers.values()} == {1}
    assert {name.partition(" ")[0] for name in papers} >= {"2019-KH.xlsx", "So_tiep_nhan.xlsx", "ghi"}


def test_each_older_paper_alone_tells_of_the_rewriting(told_twice: tuple[Workspace, dict[str, Path]]) -> None:
    workspace, papers = told_twice
    caught = {name: bool(_failures(workspace, path)) for name, path in papers.items()}
    printed = {name: seals_on(path.read_bytes())[0].at for name, path in papers.items()}
    assert caught == {name: at >= NIGHTS[REWRITTEN_FROM] for name, at in printed.items()}
    assert {True, False} == set(caught.values())


@pytest.mark.parametrize("kind", KINDS)
def test_any_one_older_paper_names_the_first_run_that_differs(
    kind: str, told_twice: tuple[Workspace, dict[str, Path]]
) -> None:
    """The earliest of each kind that knows of the other file; it alone turns the audit red."""
    workspace, papers = told_twice
    printed = {name: seals_on(path.read_bytes())[0].at for name, path in papers.items() if name.startswith(KINDS[kind])}
    name = min((name for name in printed if printed[name] >= NIGHTS[REWRITTEN_FROM]), key=printed.__getitem__)
    at = f"{printed[name]:%H:%M %d/%m/%Y}"
    assert _failures(workspace, papers[name]) == [("witness_first", at), ("witness_differs", at)]


def test_the_first_run_that_differs_is_named_and_the_last_that_holds(
    told_twice: tuple[Workspace, dict[str, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, papers = told_twice
    chosen = [str(path) for name, path in papers.items() if name.startswith("2019-KH")]
    assert main(["audit", "--workspace", str(workspace.root), "--witness", *chosen, "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    (line,) = [line for line in document["checks"] if not line["holds"]]
    assert (line["check"], line["failures"][0]["kind"]) == ("witnesses", "witness_first")
    assert line["failures"][0]["message"] == (
        "Sổ cái không còn như lúc lập giấy: khác từ lượt chạy 00:05 03/04/2019 hoặc trước đó;"
        " đến lượt chạy 00:05 02/04/2019 còn khớp"
    )
    assert [each["at"] for each in line["failures"][1:]] == [f"00:05 0{day}/04/2019" for day in (3, 4, 5)]


def test_papers_of_the_ledger_itself_hold(told_twice: tuple[Workspace, dict[str, Path]]) -> None:
    workspace = told_twice[0]
    own = sorted((workspace.outbox).rglob("*.xlsx"))
    assert _failures(workspace, *own) == []


def test_a_paper_without_a_seal_is_no_witness(told_twice: tuple[Workspace, dict[str, Path]], tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"no paper")
    nowhere = tmp_path / "nowhere.xlsx"
    blank = [("witness_blank", ""), ("witness_blank", "")]
    assert _failures(told_twice[0], tmp_path / "x.docx", nowhere) == blank


def test_letter_and_report_bear_the_seal_and_are_witnesses(told_twice: tuple[Workspace, dict[str, Path]]) -> None:
    workspace = told_twice[0]
    assert main(["report", "--workspace", str(workspace.root), "--period", "2019-KH", "--docx"]) == 0
    (paper,) = (workspace.outbox / "bao_cao").glob("*.docx")
    assert [seal.at for seal in seals_on(paper.read_bytes())] == [NIGHTS[-1]]
    assert _failures(workspace, paper) == []


@pytest.mark.parametrize("arguments", [["--witness"], ["a.xlsx", "b.xlsx"]])
def test_papers_are_named_with_the_option_and_only_with_it(
    arguments: list[str], told_twice: tuple[Workspace, dict[str, Path]]
) -> None:
    assert main(["audit", "--workspace", str(told_twice[0].root), *arguments]) == 2
