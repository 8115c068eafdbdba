"""Every accepted original read again by the second reader, each value held against the ledger's typed rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.audit.evidence import Evidence, Row
from pipeline.audit.outcome import Failure, Outcome
from pipeline.audit.reopening import NotOpened, Reopening, Unopened
from pipeline.audit.shown import shown
from pipeline.findings import Verdict
from pipeline.forms import FORMS
from pipeline.ledger.tables import storable_rows, table_name
from pipeline.parsing import Identity, ParsedForm, parse_form, recognise
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


@dataclass
class _Tally:
    """What was compared so far."""

    files: int = 0
    values: int = 0
    untrusted: int = 0
    not_served: int = 0
    failures: list[Failure] = field(default_factory=list)


def originals_read_again(evidence: Evidence) -> Outcome:
    """Every accepted submission, current or superseded: form, obligation and each cell of each sheet.

    Only bytes whose hash is the ledger's are opened; a missing or altered original is named by the check of originals
    and counted here as not compared, and so is a kind without a second reader.
    """
    tally = _Tally()
    settings = cache(lambda sha256: _settings(evidence, sha256))
    arrivals = {row["arrival_id"]: row for row in evidence.rows("arrival")}
    with Reopening() as reopening:
        for submission in evidence.rows("submission"):
            arrival = arrivals.get(submission["arrival_id"])
            if submission["verdict"] in _ACCEPTED and arrival is not None:
                workbook = reopening.read(evidence.originals, arrival["sha256"])
                _reread(evidence, {**arrival, **submission}, settings(submission["settings"]), workbook, tally)
    figures = {"files": tally.files, "untrusted": tally.untrusted, "not_served": tally.not_served}
    return Outcome({**figures, "values": format_number(tally.values)}, tuple(tally.failures))


def _settings(evidence: Evidence, sha256: str) -> Settings | None:
    content = next((row["content"] for row in evidence.rows("settings_version") if row["sha256"] == sha256), None)
    try:
        return None if content is None else Settings.model_validate(json.loads(content))
    except ValueError:
        return None


def _reread(
    evidence: Evidence, submission: Row, settings: Settings | None, workbook: RawWorkbook | NotOpened, tally: _Tally
) -> None:
    named = {"file": submission["path"], "id": submission["submission_id"]}
    match workbook, settings:
        case NotOpened(why=Unopened.UNTRUSTED), _:
            tally.untrusted += 1
        case _, None:
            tally.failures.append(Failure("no_settings", {**named, "sha256": submission["settings"]}))
        case NotOpened(why=Unopened.NOT_SERVED), _:
            tally.not_served += 1
        case NotOpened(reason=reason), _:
            tally.failures.append(Failure("not_read_again", {**named, "reason": reason}))
        case RawWorkbook(), Settings():
            compared = list(_compared(evidence, submission, settings, workbook))
            tally.files += 1
            tally.values += len(compared)
            tally.failures += [Failure(one.kind, {**named, **one.facts}) for one in compared if one is not None]


def _compared(evidence: Evidence, submission: Row, settings: Settings, workbook: RawWorkbook) -> Iterator[Comparison]:
    form, identity = recognise(workbook, FORMS)
    yield _equal("form", submission["form"], form.number if form else None)
    if form is None or form.number != submission["form"]:
        return
    parsed = parse_form(workbook, form, lists_of(settings, Period.parse(submission["period"]).year))
    yield from _obligation(submission, parsed, identity or Identity())
    for sheet in form.all_sheets:
        yield from _sheet(evidence, submission["submission_id"], parsed, sheet)


def _equal(what: str, kept: object, read: object) -> Comparison:
    if kept == read:
        return None
    facts = {"part": say(f"audit.part.{what}"), "kept": shown(kept), "read": shown(read)}
    return Failure("identity_differs", facts)


def _obligation(submission: Row, parsed: ParsedForm, identity: Identity) -> Iterator[Comparison]:
    cover = next(iter(parsed.rows.get("cover", ())), {})
    yield _equal("division", submission["division"], cover.get("division"))
    yield _equal("period", submission["period"], f"{cover.get('year')}-{cover.get('period')}")
    yield _equal("based_on", submission["based_on"], identity.based_on)


def _sheet(evidence: Evidence, submission_id: int, parsed: ParsedForm, sheet: SheetSchema) -> Iterator[Comparison]:
    """Row by row and cell by cell; a row that only one side has is one difference."""
    table = table_name(parsed.form, sheet)
    kept: dict[Any, Row] = {
        row["excel_row"]: row for row in evidence.rows(table) if row["submission_id"] == submission_id
    }
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
            if kept.get(column) == read[column]:
                yield None
                continue
            yield Failure(
                "value_differs",
                {
                    "sheet": parsed.addresses.title(name) or sheet.title,
                    "cell": parsed.addresses.cell(name, one.name, kept["excel_row"]),
                    "label": one.label,
                    "kept": shown(kept.get(column)),
                    "read": shown(read[column]),
                },
            )
