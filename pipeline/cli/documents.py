"""The JSON documents of the commands, as the README lists them."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.findings import DecisionKind, Explained, Finding, explain

if TYPE_CHECKING:
    from pipeline.desk.auditing import Audit
    from pipeline.desk.auditing_file import Difference, FileAudit
    from pipeline.desk.correspondence import Reminded, Report
    from pipeline.desk.issuing import Issued
    from pipeline.desk.recording import Recorded
    from pipeline.desk.scheduling import Proposal
    from pipeline.desk.status import Obligation
    from pipeline.judging import Submission
    from pipeline.measurability import Reading
    from pipeline.nightly import RunReport
    from pipeline.settings import Period

Document = dict[str, Any]


def _picked(record: object, names: str) -> Document:
    """The fields of a record by name, in this order, in JSON's own types."""
    return {name: _plain(getattr(record, name)) for name in names.split()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a record
    """Days and times in ISO form, records by their fields, what has a text of its own (a period, an enum) by that."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if dataclasses.is_dataclass(value) and type(value).__str__ is object.__str__:
        return {name: _plain(part) for name, part in vars(value).items()}
    return value if value is None or isinstance(value, int | float | Mapping) else str(value)


def run_document(report: "RunReport") -> Document:
    """A run (issue 2's shape)."""
    from pipeline.nightly import counts

    return {
        "run_id": report.run_id,
        "as_of": report.as_of.isoformat(timespec="minutes"),
        "arrived": report.arrived,
        **counts(report),
        **_picked(
            report,
            "unchanged workbooks feedback receipts report pre_checked seen_again open_elsewhere unsettled not_taken"
            " too_large no_look not_judged faults seconds",
        ),
    }


def _explained(words: Explained) -> Document:
    return {"found": words.typed, **_picked(words, "expected example problem fix")}


def check_document(file: Path, judged: "Submission") -> Document:
    """One checked file (issue 2's shape)."""
    return {
        "file": file.as_posix(),
        "verdict": str(judged.verdict),
        "form": judged.form.number if judged.form else None,
        **_picked(judged, "division period"),
        "findings": [
            {
                **_picked(finding, "code severity sheet cell field label"),
                **_explained(explain(finding)),
            }
            for finding in judged.findings
        ],
    }


def coach_document(reading: "Reading", year: int) -> Document:
    """One sentence (issue 5's shape)."""
    from pipeline.measurability.proposal import alternatives, propose

    parts = {name: getattr(reading, name) for name in ("indicator", "subject", "frequency")}
    return {
        **_picked(reading, "text measurable comparator"),
        "targets": [_number(value) for value in reading.values],
        **_picked(reading, "unit deadline"),
        "vague_terms": [reading.text[term.span.start : term.span.end].lower() for term in reading.vague],
        **{name: part.words if part else None for name, part in parts.items()},
        "baseline": [_number(target.baseline) for target in reading.targets if target.baseline is not None],
        "findings": [
            {**_picked(finding, "code severity"), "found": words.typed, **_picked(words, "problem fix")}
            for finding, words in sentence_findings(reading)
        ],
        "proposal": {
            name: _number(value) if isinstance(value, float) else str(value)
            for name, value in propose(reading, year).items()
        },
        "alternatives": list(alternatives(reading, year)),
    }


def _number(value: float) -> float:
    """A whole number without its decimal point."""
    return int(value) if value.is_integer() else value


def sentence_findings(reading: "Reading") -> Iterator[tuple[Finding, Explained]]:
    """What is to be said of a sentence, in the words that BM-01 is returned with."""
    from pipeline.measurability.advice import advise

    for advice in advise(reading):
        facts = {"against": advice.words, "readings": advice.readings, "found": advice.words}
        finding = Finding(advice.code, facts=facts)
        yield finding, explain(finding)


def obligations_document(obligations: "Sequence[Obligation]") -> list[Document]:
    """Obligations (issue 2's shape)."""
    return [_plain(obligation) for obligation in obligations]


def issued_document(issued: "Issued") -> Document:
    """The pre-filled forms of a period, and who could not be served."""
    return _picked(issued, "written not_served lacking worked_on open_elsewhere")


def reminded_document(reminded: "Reminded", period: "Period", as_of: dt.datetime) -> Document:
    """A round of reminders: whom each letter goes to, where it is, which debts it names."""
    return {
        "period": str(period),
        "as_of": as_of.isoformat(timespec="minutes"),
        "letters": [
            {
                "division": letter.addressee.code,
                "path": path,
                "debts": [
                    {"form": debt.form, "division": debt.owner.code, **_picked(debt, "period due_on state days_late")}
                    for debt in letter.debts
                ],
            }
            for letter, path in reminded.written
        ],
        **_picked(reminded, "removed kept"),
        "without_contact": [{"division": each.code, "name": each.name} for each in reminded.without_contact],
    }


def report_document(report: "Report", period: str) -> Document:
    """A covering report; ``period`` as it was typed."""
    published = report.published
    stays = {"worked_on": published.was_worked_on, "open_elsewhere": published.was_open_elsewhere}
    return {"period": period, **_picked(report, "path day"), **stays}


def recorded_document(recorded: "Recorded") -> Document:
    """A recorded decision; what does not apply is null, and runs are named only where a clock was wrong."""
    names = "kind form division period until reason document document_on as_of revokes sha256"
    looks = " wrong_from wrong_until" if recorded.decision.kind is DecisionKind.CLOCK else ""
    return {"decision": recorded.number, **_picked(recorded.decision, names + looks)}


def schedule_document(proposal: "Proposal", *, is_written: bool) -> Document:
    """What to give the scheduler."""
    return {
        "for": str(proposal.scheduler),
        "files": [{"name": proposal.path.name, "text": proposal.text}],
        "written": [str(proposal.path)] if is_written else [],
        "steps": list(proposal.steps),
    }


def audit_document(audit: "Audit") -> Document:
    """Every check of the audit."""
    checks = [
        {
            "check": line.check.name,
            "subject": line.check.subject,
            **_picked(line, "holds title figures"),
            "failures": [
                {"kind": each.kind, "message": each.words, **{name: str(fact) for name, fact in each.facts.items()}}
                for each in line.outcome.failures
            ],
        }
        for line in audit.lines
    ]
    return {**_picked(audit, "holds workspace_moved"), "checks": checks}


def file_audit_document(audit: "FileAudit") -> Document:
    """Where a committee's workbook differs from its edition."""
    return {
        **_picked(audit, "file holds"),
        "same_bytes": audit.is_same_bytes,
        **_picked(audit, "period as_of"),
        "differences": [difference_document(each) for each in audit.differences],
    }


def difference_document(difference: "Difference") -> Document:
    """One place where a workbook differs: ``found`` in the file, ``expected`` by the ledger."""
    return {**_picked(difference, "sheet cell"), "found": difference.in_file, "expected": difference.expected}
