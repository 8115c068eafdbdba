"""Who signs which paper from when to when (NĐ 30/2020/NĐ-CP, Điều 13)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Any, Final

from pydantic import Field, model_validator

from pipeline.settings.tables import Dated, choice, in_force, refused
from pipeline.wording import say

_BY_ORDER: Final = "TL."
_SECRETARY: Final = "thư ký"


class PaperKind(StrEnum):
    """The papers that are written for signing."""

    REPORT = "báo cáo"
    LETTER = "công văn"


class Signatory(Dated):
    """Who signs the papers of these kinds, all where none is named; ``by_order_of`` is blank where nobody's order is.

    By order (*TL.*) sign the heads of the agency's own units alone (Điều 13, khoản 4): a secretary does not.
    """

    papers: tuple[Annotated[str, choice("papers")], ...] = ()
    by_order_of: str = ""
    title: Annotated[str, Field(min_length=1)]
    name: str = ""

    @model_validator(mode="after")
    def _may_sign(self) -> "Signatory":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise refused("dates_reversed")
        if self.by_order_of.upper().startswith(_BY_ORDER) and _SECRETARY in self.title.casefold():
            raise refused("not_by_order", title=self.title)
        return self

    def signs(self, kind: PaperKind) -> bool:
        """Whether papers of the kind are this one's to sign."""
        return not self.papers or kind in self.papers


def usual_signatory() -> Signatory:
    """Who signs where the settings name nobody: the head of the office, by order of the director."""
    return Signatory(by_order_of=say("letters.signature.by_order_of"), title=say("letters.signature.title"))


def signatory_of(signatories: Sequence[Signatory], kind: PaperKind, day: dt.date) -> Signatory:
    """Who signs a paper of the kind that day."""
    signing = (each for each in in_force(signatories, day) if each.signs(kind))
    return next(signing, None) or usual_signatory()


def one_at_a_time(signatories: Sequence[Signatory]) -> None:
    """No two sign papers of one kind on one day.

    Raises:
        PydanticCustomError: two do.
    """
    for first, second in combinations(signatories, 2):
        kinds = [kind for kind in PaperKind if first.signs(kind) and second.signs(kind)]
        if kinds and (first.covers(_from(second)) or second.covers(_from(first))):
            raise refused("two_sign", first=first.title, second=second.title, paper=kinds[0])


def _from(entry: Dated) -> dt.date:
    return entry.valid_from or dt.date.min


def of_signature(content: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    """The entry that stands for the table ``[signature]`` of version 0.3.0; none where it named nobody who may sign."""
    named = {name: str(content.get(name, "")) for name in ("by_order_of", "title", "name")}
    if not named["title"] or _SECRETARY in named["title"].casefold():
        return ()
    usual = usual_signatory()
    return ({**named, "by_order_of": named["by_order_of"] or usual.by_order_of},)
