"""The JSON documents of the commands, as the README lists them."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.findings import DecisionKind, Explained, Finding, explain

if TYPE_CHECKING:
    from pipeline.audit import Line
    from pipeline.desk.auditing import Audit
    from pipeline.desk.auditing_file import FileAudit
    from pipeline.desk.issuing import Issued
    from pipeline.desk.recording import Recorded
    from pipeline.desk.reminding import Reminded
    from pipeline.desk.reporting import Report
    from pipeline.desk.scheduling import Proposal
    from pipeline.desk.status import Obligation
    from pipeline.judging import Judged
    from pipeline.letters.content import Debt
    from pipeline.measurability import Reading
    from pipeline.nightly import RunReport
    from pipeline.settings import Period

Document = dict[str, Any]


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a record
    """Days and times in ISO form, a whole number without its decimal point, all else as it is."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def run_document(report: "RunReport") -> Document:
    """A run (issue 2's shape)."""
    from pipeline.nightly import counts

    lists = ("pre_checked", "seen_again", "open_elsewhere", "unsettled", "not_taken", "too_large", "no_look")
    return {
        "run_id": report.run_id,
        "as_of": report.as_of.isoformat(timespec="minutes"),
        "arrived": report.arrived,
        **counts(report),
        "unchanged": report.unchanged,
        **{name: list(getattr(report, name)) for name in ("workbooks", "feedback", "receipts")},
        "report": report.report,
        **{name: list(getattr(report, name)) for name in (*lists, "not_judged")},
        "faults": [dataclasses.asdict(fault) for fault in report.faults],
        "seconds": report.seconds,
    }


def check_document(file: Path, judged: "Judged") -> Document:
    """One checked file (issue 2's shape)."""
    return {
        "file": file.as_posix(),
        "verdict": str(judged.verdict),
        "form": judged.form.number if judged.form else None,
        "division": judged.division,
        "period": str(judged.period) if judged.period else None,
        "findings": [_finding_document(finding) for finding in judged.findings],
    }


def _finding_document(finding: Finding) -> Document:
    words = explain(finding)
    place = {name: getattr(finding, name) for name in ("sheet", "cell", "field", "label")}
    said = {name: getattr(words, name) for name in ("found", "expected", "example", "problem", "fix")}
    return {"code": finding.code, "severity": str(finding.severity), **place, **said}


def coach_document(reading: "Reading", year: int) -> Document:
    """One sentence (issue 5's shape)."""
    from pipeline.measurability.proposal import alternatives, propose

    proposal = {name: _plain(value) for name, value in propose(reading, year).items()}
    return {
        "text": reading.text,
        "measurable": reading.measurable,
        "comparator": reading.comparator,
        "targets": [_plain(value) for value in reading.values],
        "unit": reading.unit,
        "deadline": reading.deadline,
        "vague_terms": [reading.text[term.span.start : term.span.end].lower() for term in reading.vague],
        "indicator": reading.indicator.words if reading.indicator else None,
        "subject": reading.subject.words if reading.subject else None,
        "frequency": reading.frequency.words if reading.frequency else None,
        "baseline": [_plain(target.baseline) for target in reading.targets if target.baseline is not None],
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                **{name: getattr(words, name) for name in ("found", "problem", "fix")},
            }
            for finding, words in sentence_findings(reading)
        ],
        "proposal": {
            name: value if isinstance(value, int) else value if isinstance(value, float) else str(value)
            for name, value in proposal.items()
        },
        "alternatives": list(alternatives(reading, year)),
    }


def sentence_findings(reading: "Reading") -> Iterator[tuple[Finding, Explained]]:
    """What is to be said of a sentence, in the words that BM-01 is returned with."""
    from pipeline.measurability.advice import advise

    for advice in advise(reading):
        facts = {"against": advice.words, "readings": advice.readings, "found": advice.words}
        finding = Finding(advice.code, facts=facts)
        yield finding, explain(finding)


def obligation_document(obligation: "Obligation") -> Document:
    """One obligation (issue 2's shape)."""
    return {name: _plain(value) for name, value in dataclasses.asdict(obligation).items()}


def issued_document(issued: "Issued") -> Document:
    """The pre-filled forms of a period, and who could not be served."""
    return {
        name: [vars(each) if dataclasses.is_dataclass(each) else each for each in getattr(issued, name)]
        for name in ("written", "not_served", "lacking", "worked_on", "open_elsewhere")
    }


def reminded_document(reminded: "Reminded", period: "Period", as_of: dt.datetime) -> Document:
    """A round of reminders: whom each letter goes to, where it is, which debts it names."""
    return {
        "period": str(period),
        "as_of": as_of.isoformat(timespec="minutes"),
        "letters": [
            {"division": letter.addressee.code, "path": path, "debts": [_debt_document(debt) for debt in letter.debts]}
            for letter, path in reminded.written
        ],
        "removed": list(reminded.removed),
        "kept": list(reminded.kept),
        "without_contact": [{"division": each.code, "name": each.name} for each in reminded.without_contact],
    }


def _debt_document(debt: "Debt") -> Document:
    return {
        "form": debt.form,
        "division": debt.owner.code,
        "period": str(debt.period),
        "due_on": debt.due_on.isoformat(),
        "state": debt.state,
        "days_late": debt.days_late,
    }


def report_document(report: "Report", period: str) -> Document:
    """A covering report; ``period`` as it was typed."""
    return {
        "period": period,
        "path": report.path,
        "day": report.day.isoformat(),
        "worked_on": report.published.was_worked_on,
        "open_elsewhere": report.published.was_open_elsewhere,
    }


def recorded_document(recorded: "Recorded") -> Document:
    """A recorded decision; what does not apply is null, and runs are named only where a clock was wrong."""
    decision = recorded.decision
    names = ["form", "division", "period", "until", "reason", "document", "document_on", "as_of", "revokes", "sha256"]
    if decision.kind is DecisionKind.CLOCK:
        names += ["wrong_from", "wrong_until"]
    fields = {name: _plain(getattr(decision, name)) for name in names}
    return {"decision": recorded.number, "kind": str(decision.kind), **fields}


def schedule_document(proposal: "Proposal", *, is_written: bool) -> Document:
    """What to give the scheduler."""
    return {
        "for": str(proposal.scheduler),
        "files": [{"name": proposal.name, "text": proposal.text}],
        "written": [str(proposal.path)] if is_written else [],
        "steps": list(proposal.steps),
    }


def audit_document(audit: "Audit") -> Document:
    """Every check of the audit."""
    return {
        "holds": audit.holds,
        "workspace_moved": audit.workspace_moved,
        "checks": [_line_document(line) for line in audit.lines],
    }


def _line_document(line: "Line") -> Document:
    return {
        "check": line.check.name,
        "subject": line.check.subject,
        "holds": line.holds,
        "title": line.title,
        "figures": line.figures,
        "failures": [
            {"kind": each.kind, "message": each.words, **{name: str(fact) for name, fact in each.facts.items()}}
            for each in line.outcome.failures
        ],
    }


def file_audit_document(audit: "FileAudit") -> Document:
    """Where a committee's workbook differs from its edition."""
    return {
        "file": audit.file,
        "holds": audit.holds,
        "same_bytes": audit.is_same_bytes,
        "period": str(audit.period),
        "as_of": audit.as_of.isoformat(),
        "differences": [vars(each) for each in audit.differences],
    }
