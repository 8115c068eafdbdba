"""The run and what looks back on it: ``qms run``, ``rebuild``, ``audit``, ``export``, ``demo``."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.logs import trace_place
from pipeline.cli.options import OUTPUT_FILE, PATH, argument, moment, option, qms_command, yes_option
from pipeline.cli.output import HAS_ERRORS, OK, Answer, Table, picked, progress
from pipeline.findings import Verdict
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.desk.auditing import Audit
    from pipeline.desk.auditing_file import FileAudit
    from pipeline.nightly import RunReport

_PRINTED = 20
"""Failures of one check that are printed; all of them are in the JSON."""
_PATHS = (
    "feedback",
    "pre_checked",
    "seen_again",
    "open_elsewhere",
    "unsettled",
    "not_taken",
    "too_large",
    "no_look",
    "not_judged",
    "workbooks",
)
"""The lists of paths of a run's report, in the order in which they are printed."""


@qms_command("run")
@option("--as-of", words="command_line.run.as_of")
@option("--workers", words="command_line.run.workers", type=click.IntRange(1, 64))
@option("--cluster", words="command_line.run.cluster")
@yes_option
def run_command(
    workspace: Path, as_of: str | None, workers: int | None, cluster: str | None, *, is_sure: bool
) -> Answer:
    """Go the whole road once."""
    from pipeline.night.last_run import on_record
    from pipeline.nightly import RunOptions, run_night
    from pipeline.workspace import open_workspace

    at = moment(as_of)
    with progress() as advance, on_record(workspace, at, trace_place) as watch:
        options = RunOptions(workers, advance, is_sure_of_clock=is_sure, outages=watch.outages, cluster=cluster)
        report = run_night(open_workspace(workspace), at, options)
        watch.faults = len(report.faults)
    return Answer(_run_document(report), _run_text(report))


def _run_document(report: "RunReport") -> dict[str, object]:
    from pipeline.nightly import counts

    return {
        "run_id": report.run_id,
        "as_of": report.as_of.isoformat(timespec="minutes"),
        "arrived": report.arrived,
        **counts(report),
        **picked(
            report,
            "unchanged workbooks feedback receipts report pre_checked seen_again open_elsewhere unsettled not_taken"
            " too_large no_look not_judged faults seconds",
        ),
    }


def _run_text(report: "RunReport") -> Iterator[str | Table]:
    from pipeline.night.plain_day import fault_words
    from pipeline.nightly import counts

    verdicts = [(say(f"run.verdict.{verdict}"), str(count)) for verdict, count in counts(report).items() if count]
    arrived, unchanged = (
        (say(f"command_line.run.{name}"), str(getattr(report, name))) for name in ("arrived", "unchanged")
    )
    yield Table(
        say("command_line.run.title", as_of=f"{report.as_of:%H:%M %d/%m/%Y}"),
        (say("command_line.run.verdict"), say("command_line.run.count")),
        [arrived, *verdicts, unchanged],
    )
    for key in _PATHS:
        yield from (say(f"command_line.run.{key}", path=path) for path in getattr(report, key))
    yield from map(fault_words, report.faults)
    yield say("command_line.run.report", path=report.report)


@qms_command("rebuild")
@option("--as-of", words="command_line.rebuild.as_of")
def rebuild_command(workspace: Path, as_of: str | None) -> Answer:
    """Build a past night's workbooks again."""
    from pipeline.desk.rebuilding import rebuild_night
    from pipeline.workspace import Workspace

    at, files = rebuild_night(Workspace(workspace), moment(as_of))
    document = {"as_of": at.isoformat(timespec="minutes"), "files": files}
    return Answer(document, [say("command_line.rebuild.done", as_of=f"{at:%H:%M %d/%m/%Y}", count=len(files)), *files])


@qms_command("audit")
@option("--witness", "are_witnesses", words="command_line.audit.witness", is_flag=True)
@argument("files", "optional_files", nargs=-1, type=PATH)
def audit_command(workspace: Path, files: Sequence[Path], *, are_witnesses: bool) -> Answer:
    """Verify what the program has kept, also against older papers, or one committee's workbook."""
    from pipeline.desk.auditing import audit_workspace
    from pipeline.desk.auditing_file import audit_file
    from pipeline.workspace import Workspace

    if not files if are_witnesses else len(files) > 1:
        raise click.UsageError(say("command_line.other_usage"))
    if files and not are_witnesses:
        return _file_answer(audit_file(Workspace(workspace), files[0]))
    with progress() as advance:
        audit = audit_workspace(Workspace(workspace), lambda done, total: advance("audit", done, total), files)
    return _audit_answer(audit)


def _audit_answer(audit: "Audit") -> Answer:
    """A line a check; of each that fails what exactly."""
    checks = [
        {
            "check": line.check.name,
            "subject": line.check.subject,
            **picked(line, "holds title figures"),
            "failures": [
                {"kind": each.kind, "message": each.words, **{name: str(fact) for name, fact in each.facts.items()}}
                for each in line.outcome.failures
            ],
        }
        for line in audit.lines
    ]
    document = {**picked(audit, "holds workspace_moved"), "checks": checks}
    return Answer(document, _audit_lines(audit), OK if audit.holds else HAS_ERRORS)


def _file_answer(audit: "FileAudit") -> Answer:
    """Where a committee's workbook differs from its edition: ``found`` in the file, ``expected`` by the ledger."""
    differences = [
        {**picked(each, "sheet cell"), "found": each.in_file, "expected": each.expected} for each in audit.differences
    ]
    document = {
        **picked(audit, "file holds"),
        "same_bytes": audit.is_same_bytes,
        **picked(audit, "period as_of"),
        "differences": differences,
    }
    return Answer(document, _file_lines(audit, differences), OK if audit.holds else HAS_ERRORS)


def _file_lines(audit: "FileAudit", differences: Sequence[Mapping[str, str]]) -> Iterator[str]:
    outcome = "same_bytes" if audit.is_same_bytes else "same_content" if audit.holds else "differs"
    facts = {"file": audit.file, "period": audit.period, "as_of": f"{audit.as_of:%H:%M %d/%m/%Y}"}
    yield say(f"audit.workbook.{outcome}", **facts, count=len(audit.differences))
    lines = [
        say("audit.workbook.difference", place=f"{each['sheet']}!{each['cell']}".rstrip("!"), **each)
        for each in differences
    ]
    yield from _first(lines, "audit.workbook.more")


def _audit_lines(audit: "Audit") -> Iterator[str]:
    width = len(say("audit.fails"))
    for line in audit.lines:
        verdict = say("audit.holds" if line.holds else "audit.fails").ljust(width)
        figures = say("audit.figures", figures=line.figures) if line.figures else ""
        yield say("audit.line", verdict=verdict, title=line.title, figures=figures)
        failures = [say("audit.failure_line", failure=failure.words) for failure in line.outcome.failures]
        yield from _first(failures, "audit.more")
    failed = sum(not line.holds for line in audit.lines)
    if audit.workspace_moved:
        yield say("audit.moved")
    yield say("audit.some_fail" if failed else "audit.all_hold", failed=failed, count=len(audit.lines))


def _first(lines: Sequence[str], more: str) -> Iterator[str]:
    yield from lines[:_PRINTED]
    if len(lines) > _PRINTED:
        yield say(more, count=len(lines) - _PRINTED)


@qms_command("export")
@option("--output", words="command_line.export.output", type=OUTPUT_FILE)
@argument("table", "table")
def export_command(workspace: Path, table: str, output: Path | None) -> Answer:
    """Print the accepted rows in force of one table, or write them into a file and print nothing."""
    from pipeline.desk.rebuilding import export_table, to_csv, to_records
    from pipeline.workspace import open_workspace
    from pipeline.writing import write_whole_or_fault

    rows = export_table(open_workspace(workspace), table)
    if output is not None:
        write_whole_or_fault(output, to_csv(rows).encode("utf-8-sig"))
        return Answer(iter(()))
    return Answer(to_records(rows), (to_csv(table).removesuffix("\n") for table in [rows]))


@qms_command("demo")
@argument("folder", "optional_folder", required=False, type=PATH)
def demo_command(workspace: Path, folder: Path | None) -> Answer:
    """Build the demo workspace and replay its nights."""
    from pipeline.demo import replay

    target = folder or workspace / "demo"
    with progress() as advance:
        reports = replay(target, progress=advance)
    document = {"workspace": target.as_posix(), "nights": [_run_document(report) for report in reports]}
    paths = (say("command_line.demo.workbook", path=target / path) for path in reports[-1].workbooks)
    return Answer(document, [_nights(reports), *paths, say("command_line.demo.done", path=target)])


def _nights(reports: "Sequence[RunReport]") -> Table:
    """One line a night: what came and what became of it."""
    from pipeline.nightly import counts

    by_night = [counts(report) for report in reports]
    verdicts = [verdict for verdict in Verdict if any(of_night[verdict] for of_night in by_night)]
    headings = [say("command_line.demo.night"), say("command_line.run.arrived")]
    rows = [
        (f"{report.as_of:%H:%M %d/%m/%Y}", str(report.arrived), *(str(of_night[verdict]) for verdict in verdicts))
        for report, of_night in zip(reports, by_night, strict=True)
    ]
    totals = [str(sum(of_night[verdict] for of_night in by_night)) for verdict in verdicts]
    last = (say("command_line.demo.total"), str(sum(report.arrived for report in reports)), *totals)
    words = (say(f"run.verdict.{verdict}") for verdict in verdicts)
    return Table(say("command_line.demo.title"), [*headings, *words], [*rows, last])
