"""The seal that every paper of the house bears: the head of the ledger's chain, and the run at which it was the head.

Whoever rewrites the ledger afterwards, however consistently, gives that run another head: any paper that was printed
before is a witness against it (docs/decisions/0055). Twelve characters are for the eye and for ``qms audit --witness``;
the picture (``seals.qr``) holds all of them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.wording import say

SHORT: Final = 12
"""How many characters of a head are printed."""
_CLOCK: Final = "%H:%M %d/%m/%Y"


@dataclass(frozen=True)
class Seal:
    """The head of the chain of events, in full or its first characters as a paper has them, and the time of the run."""

    head: str
    at: dt.datetime

    @property
    def short(self) -> str:
        """The characters that are printed."""
        return self.head[:SHORT]

    @property
    def clock(self) -> str:
        """The time of the run as it is printed."""
        return f"{self.at:{_CLOCK}}"

    @property
    def words(self) -> str:
        """What stands at the foot of a paper."""
        return say("seal.words", head=self.short, at=self.clock)

    @property
    def full(self) -> str:
        """What the picture holds."""
        return f"QMS {self.head} {self.at.isoformat(timespec='minutes')}"


def seals_in(text: str) -> Iterator[Seal]:
    """The seals that stand in a text, in their order, as they are printed: a short head, a time in whole minutes."""
    for head, at in _printed().findall(text):
        try:
            yield Seal(head, dt.datetime.strptime(" ".join(at.split()), _CLOCK))  # noqa: DTZ007 - local, as all times
        except ValueError:
            continue  # such as 31/02: nobody printed that


@cache
def _printed() -> re.Pattern[str]:
    """The words of a seal, however the blanks between them were saved again."""
    words = r"\s+".join(map(re.escape, say("seal.words", head="HEAD", at="AT").split()))
    clock = r"\d{2}:\d{2}\s+\d{2}/\d{2}/\d{4}"
    return re.compile(words.replace("HEAD", rf"([0-9a-f]{{{SHORT}}})").replace("AT", f"({clock})"))
