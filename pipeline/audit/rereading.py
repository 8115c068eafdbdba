"""Every accepted original read again by the second reader, each value held against the ledger's typed rows."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.audit.evidence import Evidence, Row
from pipeline.audit.outcome import Failure, Outcome, display
from pipeline.audit.reopening import NotOpened, Reopening, Unopened
from pipeline.findings import Verdict
from pipeline.findings.finding import EXPLANATION
from pipeline.forms import FORMS
from pipeline.ledger.tables import storable_rows, table_name
from pipeline.parsing import Identity, ParsedForm, parse_form, recognise
from pipeline.parsing.explanations import explanations_of
from pipeline.settings import Period, Settings
from pipeline.spreadsheet import RawWorkbook
from pipeline.vietnamese import format_number
from pipeline.vocabulary.fields import coded_column
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import SheetSchema
from pipeline.wording import say

_ACCEPTED = frozenset({str(verdict) for verdict in Verdict if verdict.is_accepted})
Comparison = Failure | None
"""None where both readers saw the same."""


def originals_read_again(evidence: Evidence) -> Outcome:
    """Every accepted submission, current or superseded: form, obligation and each cell of each sheet.

    Only bytes whose hash is the ledger's are opened; a missing or altered original is named by the check of originals
    and counted here as not compared, and so is a kind without a second reader.
    """
    counts: Counter[str] = Counter(files=0, untrusted=0, not_served=0)
    failures: list[Failure] = []
    settings = cache(lambda sha256: _settings(evidence, sha256))
    arrivals = {row["arrival_id"]: row for row in evidence.rows("arrival")}
    with Reopening() as reopening:
        for row in evidence.rows("submission"):
            arrival = arrivals.get(row["arrival_id"])
            if row["verdict"] in _ACCEPTED and arrival is not None:
                workbook = reopening.read(evidence.originals, arrival["sha256"])
                failures += _reread(evidence, {**arrival, **row}, settings(row["settings"]), workbook, counts)
    return Outcome({**counts, "values": format_number(counts["values"])}, tuple(failures))


def _settings(evidence: Evidence, sha256: str) -> Settings | None:
    content = next((row["content"] for row in evidence.rows("settings_version") if row["sha256"] == sha256), None)
    try:
        return None if content is None else Settings.model_validate(json.loads(content))
    except ValueError:
        return None


def _reread(
    evidence: Evidence,
    submission: Row,
    settings: Settings | None,
    workbook: RawWorkbook | NotOpened,
    counts: Counter[str],
) -> Iterator[Failure]:
    named = {"file": submission["path"], "id": submission["submission_id"]}
    match workbook, settings:
        case NotOpened(why=Unopened.UNTRUSTED), _:
            counts["untrusted"] += 1
        case _, None:
            yield Failure("no_settings", {**named, "sha256": submission["settings"]})
        case NotOpened(why=Unopened.NOT_SERVED), _:
            counts["not_served"] += 1
        case NotOpened(reason=reason), _:
            yield Failure("not_read_again", {**named, "reason": reason})
        case RawWorkbook(), Settings():
            counts["files"] += 1
            for one in _compared(evidence, submission, settings, workbook):
                counts["values"] += 1
                if one is not None:
                    yield Failure(one.kind, {**named, **one.facts})


def _compared(evidence: Evidence, submission: Row, settings: Settings, workbook: RawWorkbook) -> Iterator[Comparison]:
    form, identity = recognise(workbook, FORMS)
    yield _equal("form", submission["form"], form.number if form else None)
    if form is None or form.number != submission["form"]:
        return
    parsed = parse_form(workbook, form, lists_of(settings, Period.parse(submission["period"]).year))
    yield from _obligation(submission, parsed, identity or Identity())
    yield from _explanations(evidence, submission, workbook)
    for sheet in form.all_sheets:
        yield from _sheet(evidence, submission["submission_id"], parsed, sheet)


def _equal(what: str, kept: object, read: object) -> Comparison:
    if kept == read:
        return None
    facts = {"part": say(f"audit.part.{what}"), "kept": display(kept), "read": display(read)}
    return Failure("identity_differs", facts)


def _obligation(submission: Row, parsed: ParsedForm, identity: Identity) -> Iterator[Comparison]:
    cover = next(iter(parsed.rows.get("cover", ())), {})
    yield _equal("division", submission["division"], cover.get("division"))
    yield _equal("period", submission["period"], f"{cover.get('year')}-{cover.get('period')}")
    yield _equal("based_on", submission["based_on"], identity.based_on)


def _explanations(evidence: Evidence, submission: Row, workbook: RawWorkbook) -> Iterator[Comparison]:
    """What the ledger keeps as the sender's words stands on the sender's sheet, or stood on one before."""
    number, findings = submission["submission_id"], evidence.by_submission("finding")
    on_sheet = {one.words for one in explanations_of(workbook)}
    for words in filter(None, map(_explanation, findings.get(number, ()))):
        before = (row for earlier, rows in findings.items() if earlier < number for row in rows)
        is_known = words in on_sheet or any(_explanation(row) == words for row in before)
        yield _equal("explanation", words, words if is_known else None)


def _explanation(finding: Row) -> str:
    return str(json.loads(finding["facts"]).get(EXPLANATION, ""))


def _sheet(evidence: Evidence, submission_id: int, parsed: ParsedForm, sheet: SheetSchema) -> Iterator[Comparison]:
    """Row by row and cell by cell; a row that only one side has is one difference."""
    table = table_name(parsed.form, sheet)
    kept: dict[Any, Row] = {row["excel_row"]: row for row in evidence.by_submission(table).get(submission_id, ())}
    read: dict[Any, Row] = {row["excel_row"]: row for row in storable_rows(sheet, parsed.rows[sheet.name])}
    title = parsed.addresses.title(sheet.name) or sheet.title
    for excel_row in sorted(set(kept) | set(read)):
        place = {"sheet": title, "row": excel_row, "table": table}
        if excel_row not in read:
            yield Failure("row_not_read", place)
        elif excel_row not in kept:
            yield Failure("row_not_kept", place)
        else:
            yield from _cells(parsed, sheet, kept[excel_row], read[excel_row])


def _cells(parsed: ParsedForm, sheet: SheetSchema, kept: Row, read: Row) -> Iterator[Comparison]:
    name = sheet.name
    for one in sheet.fields:
        for column in (one.name, coded_column(one.name)) if one.coded else (one.name,):
            # An older ledger keeps a word in another spelling as it was typed.
            typed = parsed.visible.get((name, kept["excel_row"], one.name))
            if kept.get(column) in (read[column], typed if one.may_be_spelt_otherwise else read[column]):
                yield None
                continue
            yield Failure(
                "value_differs",
                {
                    "sheet": parsed.addresses.title(name) or sheet.title,
                    "cell": parsed.addresses.cell(name, one.name, kept["excel_row"]),
                    "label": one.label,
                    "kept": display(kept.get(column)),
                    "read": display(read[column]),
                },
            )
