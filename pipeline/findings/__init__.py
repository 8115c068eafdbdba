"""Findings: a code at a place with facts, and the catalogue that gives each code its words."""

from pipeline.findings.catalogue import CATALOGUE, Entry, Severity, Stage, Suggests, entry_of
from pipeline.findings.codes import Code
from pipeline.findings.finding import MISPLACED, Explained, Finding, explain, is_error
from pipeline.findings.verdict import DecisionKind, Verdict, verdict_of

__all__ = [
    "CATALOGUE",
    "MISPLACED",
    "Code",
    "DecisionKind",
    "Entry",
    "Explained",
    "Finding",
    "Severity",
    "Stage",
    "Suggests",
    "Verdict",
    "entry_of",
    "explain",
    "is_error",
    "verdict_of",
]
