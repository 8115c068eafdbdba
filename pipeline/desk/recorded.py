"""A decision that was recorded, as it is told: in one sentence, and as JSON."""

import datetime as dt
from dataclasses import dataclass

from pipeline.findings import DecisionKind
from pipeline.ledger import Decision
from pipeline.vietnamese import say_date
from pipeline.wording import say


@dataclass(frozen=True)
class Recorded:
    """A decision in the ledger under its number; ``revoked`` is the one that it takes back."""

    number: int
    decision: Decision
    revoked: Decision | None = None

    @property
    def sentence(self) -> str:
        """What was recorded, in one Vietnamese sentence."""
        what = _named(self.decision, "" if self.revoked is None else _named(self.revoked))
        return say("decisions.recorded", number=self.number, what=what)

    def as_document(self) -> dict[str, object]:
        """As JSON: days and times in ISO form, what does not apply null."""
        decision = self.decision
        looks = {name: getattr(decision, name) for name in ("wrong_from", "wrong_until")}
        return {
            "decision": self.number,
            "kind": str(decision.kind),
            "form": decision.form,
            "division": decision.division,
            "period": decision.period,
            "until": _iso(decision.until),
            "reason": decision.reason,
            "document": decision.document,
            "document_on": _iso(decision.document_on),
            "as_of": _iso(decision.as_of),
            "revokes": decision.revokes,
            "sha256": decision.sha256,
            **(looks if decision.kind is DecisionKind.CLOCK else {}),
        }


def _named(decision: Decision, revoked: str = "") -> str:
    """A decision as it is named in a sentence: what it does for whom."""
    until, day = decision.until, decision.document_on
    return say(
        f"decisions.named.{decision.kind}",
        form=decision.form,
        division=decision.division,
        period=decision.period,
        until=say_date(until) if until else "",
        last_day=say_date(until - dt.timedelta(days=1)) if until else "",
        document=decision.document,
        day=say_date(day) if day else "",
        number=decision.revokes,
        revoked=revoked,
        wrong_from=decision.wrong_from,
        wrong_until=decision.wrong_until,
    )


def _iso(moment: dt.date | None) -> str | None:
    return None if moment is None else moment.isoformat()
