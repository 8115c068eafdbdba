"""Submissions of one form held against its rules, on the ground of what the ledger knows, and against their folders."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from pipeline.findings import MISPLACED, Finding, verdict_of
from pipeline.judging.explaining import Explanations, explanations_in, with_explanations
from pipeline.judging.reading import Submission
from pipeline.ledger import Ledger
from pipeline.ledger.contents import read_submissions
from pipeline.ledger.tables import read_rows
from pipeline.obligations import in_force
from pipeline.settings import Settings
from pipeline.validation import Knowledge, judge, knowledge
from pipeline.vocabulary.choices import YesNo
from pipeline.vocabulary.sheets import Form

PLAN = "BM-01"
_TABLES = ("objectives", "tasks", "declarations", "scope_changes")


@dataclass(frozen=True)
class Ground:
    """Accepted rows, and the (division, period) whose BM-01 counts already: a new one after its due day revises it.

    ``explanations``: what senders have said of warnings before.
    """

    knowledge: Knowledge
    plans: frozenset[tuple[str, str]]
    explanations: Explanations = field(default_factory=dict)


def ground_of(ledger: Ledger, settings: Settings) -> Ground:
    """What the ledger knows now."""
    submissions, rows = read_submissions(ledger), {table: read_rows(ledger, table) for table in _TABLES}
    plans = in_force(submissions[submissions["form"] == PLAN])[["division", "period"]]
    owners = frozenset(plans.itertuples(index=False, name=None))
    return Ground(knowledge(settings, submissions, rows), owners, explanations_in(ledger))


def judge_forms(form: Form, waiting: Sequence[Submission], settings: Settings, ground: Ground) -> list[Submission]:
    """The same submissions of one form with their verdicts, judged together.

    A fault of ours is traced to the submissions that cause it; the others keep their verdicts.
    """
    try:
        return _judged_together(form, waiting, settings, ground)
    except Exception as fault:  # noqa: BLE001 - the boundary: find whose rows broke the rules' code
        if len(waiting) == 1:
            return [waiting[0].broken(fault)]
        middle = len(waiting) // 2
        halves = waiting[:middle], waiting[middle:]
        return [one for half in halves for one in judge_forms(form, half, settings, ground)]


def _judged_together(form: Form, waiting: Sequence[Submission], settings: Settings, ground: Ground) -> list[Submission]:
    parsed = {each.key: each.parsed for each in waiting if each.parsed}
    of_rules = judge(parsed, form, _submissions(form, waiting, settings, ground), ground.knowledge)
    judged = []
    for each in waiting:
        findings = (*each.findings, *_placement(each, settings), *of_rules[each.key])
        if each.parsed:
            owner = form.number, each.division, str(each.period) if each.period else None
            earlier = ground.explanations.get(owner, {})
            findings = tuple(with_explanations(findings, each.parsed, each.explanations, earlier))
        judged.append(replace(each, findings=findings, verdict=verdict_of(findings), is_open=False))
    return judged


def _placement(one: Submission, settings: Settings) -> Iterator[Finding]:
    """F108 for a form that was only seen in folders of divisions other than the one it names, or its successors."""
    folders, own = one.folders, {"", one.division, *settings.successors_of(one.division or "")}
    if one.division is not None and folders and not folders & own:
        yield Finding(MISPLACED, facts={"folder": ", ".join(sorted(folders)), "division": one.division})


def comes_late(form: Form, one: Submission, settings: Settings) -> bool:
    """Whether a form came on its due day or later."""
    due_on = _due_on(form, one, settings)
    return due_on is not None and one.arrived_at.date() >= due_on


def _due_on(form: Form, one: Submission, settings: Settings) -> dt.date | None:
    return settings.due_dates(one.period).get(form.number) if one.period else None


def _submissions(form: Form, waiting: Sequence[Submission], settings: Settings, ground: Ground) -> pd.DataFrame:
    """What the rules know of each submission, indexed by submission_id (``validation.context.with_context``)."""
    records = [_context(form, each, settings, ground) for each in waiting]
    index = pd.Index([each.key for each in waiting], name="submission_id")
    dtypes = {name: _DTYPES.get(name, "str") for name in records[0]}
    return pd.DataFrame(records, index=index).astype(dtypes)


_DTYPES = {"arrived_on": "datetime64[us]", "form_due_on": "datetime64[us]", "formats_known": "bool"}


def _context(form: Form, one: Submission, settings: Settings, ground: Ground) -> dict[str, object]:
    due_on = _due_on(form, one, settings)
    is_revision = comes_late(form, one, settings) and (one.division, str(one.period)) in ground.plans
    return {
        "division": one.cover.get("division"),
        "year": one.cover.get("year"),
        "period": one.cover.get("period"),
        "period_kind": one.cover.get("period"),
        "period_code": str(one.period or ""),
        "arrived_on": pd.Timestamp(one.arrived_at.date()),
        "form_due_on": pd.Timestamp(due_on) if due_on else pd.NaT,
        "formats_known": one.formats_known,
        "is_revision": str(YesNo.YES if is_revision else YesNo.NO),
        "identity_division": one.identity.division,
        "identity_year": one.identity.year,
        "identity_period": one.identity.period,
    }
