"""``qms check``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import json_option, workspace_option
from pipeline.cli.output import print_json, print_line
from pipeline.cli.vietnamese_click import VietnameseCommand
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.findings import Finding
    from pipeline.judging import Submission


@click.command(
    "check",
    cls=VietnameseCommand,
    help=say("command_line.check.help"),
    short_help=say("command_line.check.short"),
)
@workspace_option
@json_option
@click.argument("files", nargs=-1, required=True, metavar="TỆP…", type=click.Path(path_type=Path))
def command(workspace: Path, files: tuple[Path, ...], *, as_json: bool) -> int:
    """Judge files without recording them."""
    from pipeline.desk.checking import check_files
    from pipeline.workspace import open_workspace

    judged = check_files(open_workspace(workspace), files)
    documents = [as_document(file, one) for file, one in zip(files, judged, strict=True)]
    if as_json:
        print_json(documents)
    else:
        for document in documents:
            _print(document)
    return 0 if all(one.verdict.is_accepted for one in judged) else 1


def as_document(file: Path, judged: "Submission") -> dict[str, object]:
    """One checked file as JSON (issue 2's shape)."""
    return {
        "file": file.as_posix(),
        "verdict": str(judged.verdict),
        "form": judged.form.number if judged.form else None,
        "division": judged.division,
        "period": str(judged.period) if judged.period else None,
        "findings": [finding_document(finding) for finding in judged.findings],
    }


def finding_document(finding: "Finding") -> dict[str, str]:
    """One finding as JSON: its place and all its words."""
    from pipeline.findings import explain

    words = explain(finding)
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "field": finding.field,
        "label": finding.label,
        "found": words.found,
        "expected": words.expected,
        "example": words.example,
        "problem": words.problem,
        "fix": words.fix,
    }


def _print(document: dict[str, object]) -> None:
    verdict = say(f"run.verdict.{document['verdict']}")
    print_line(say("command_line.check.file", file=document["file"], verdict=verdict))
    findings = document["findings"]
    for finding in findings if isinstance(findings, list) else []:
        place = f"{finding['sheet']}!{finding['cell']}:" if finding["cell"] else ""
        mark = say(f"command_line.mark.{finding['severity']}")
        print_line(say("command_line.check.finding", **{**finding, "place": place, "mark": mark}))
