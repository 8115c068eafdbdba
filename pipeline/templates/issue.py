"""What a template is issued with: to whom, for when, and what is already filled."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.settings import AgencyName
from pipeline.settings.model import Contact
from pipeline.vocabulary.lists import Lists

IssuedRow = Mapping[str, object]
"""Field name to value: text, number, day, or nothing; a coded answer stands under the field or its coded column."""


@dataclass(frozen=True)
class Issue:
    """One issue of a form. Without ``division`` and ``rows`` it is a blank template.

    ``division`` and ``period`` (KH, 6T, CN) are codes; ``rows`` are the pre-filled rows by sheet name, ``cover`` the
    pre-filled fields of the cover; ``remarks`` say on a sheet (or ``cover``) what was pre-filled and what was not;
    ``based_on`` is the SHA-256 of the accepted BM-01 that a report answers, ``commitments`` what each of its codes
    promised: ``objective_measure`` and the others of ``rules.achieved``, for the live checks alone. ``signed_by`` is
    the title of the division's head, ``symbol`` what stands for the division in the numbers of its papers.
    """

    lists: Lists
    agency: AgencyName
    made_on: dt.date
    division: str = ""
    year: str = ""
    period: str = ""
    rows: Mapping[str, Sequence[IssuedRow]] = field(default_factory=dict)
    cover: Mapping[str, object] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    based_on: str = ""
    commitments: Mapping[str, IssuedRow] = field(default_factory=dict)
    due_on: dt.date | None = None
    contact: Contact = field(default_factory=Contact)
    signed_by: str = ""
    symbol: str = ""

    @property
    def identity(self) -> Mapping[str, str]:
        """What the issue itself says about the cover: division, year, period; the empty ones left out."""
        identity = {"division": self.division, "year": self.year, "period": self.period}
        return {name: value for name, value in identity.items() if value}

    @property
    def division_name(self) -> str:
        """The name of the division without its code; empty in a blank template."""
        words = self.lists.get("divisions", {}).get(self.division, self.division)
        return words.removeprefix(f"{self.division} - ")
