"""A year under wrong clocks and its twin under a right one: after the decision all that is told is the same."""

from pathlib import Path

import pytest
from clock_cases import CASES, LAST, READ_ANEW
from clock_office import (
    NIGHTS,
    Year,
    begun,
    holds,
    obligations,
    published,
    qms,
    rebuilt,
    receipts,
    reminded,
    states,
    texts_of_receipts,
)

from pipeline.workspace import Workspace


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_after_the_decision_the_year_is_told_as_under_a_right_clock(name: str, year: Year, tmp_path: Path) -> None:
    case = CASES[name]
    played = begun(case, year, tmp_path / "so")
    workspace, twin = played.workspace, year.end
    past = [NIGHTS[night][0] for night in (min(case.clocks) - 1, LAST - 1) if night > 0]
    before = [rebuilt(workspace, at) for at in past]
    played.night(LAST)

    after = [rebuilt(workspace, at) for at in past]
    assert after == [rebuilt(workspace, at) for at in past]
    assert (after == before) is (name not in READ_ANEW)
    _is_calm(workspace)
    told, right = obligations(workspace), obligations(twin)
    assert len(right) > 40
    assert states(told) == states(right)
    assert holds(told, right)
    assert reminded(workspace) == reminded(twin)
    assert receipts(workspace) == receipts(twin)
    assert not [text for text in ("2091", "2009", "2020") if text in texts_of_receipts(workspace)]
    code, audit = qms(workspace, "audit")
    assert (code, [one for line in audit["checks"] for one in line["failures"]]) == (0, [])


def _is_calm(workspace: Workspace) -> None:
    """A second run of the night that followed the decision changes nothing."""
    first = published(workspace)
    code, done = qms(workspace, "run", "--as-of", NIGHTS[LAST][0].replace("00:05", "00:15"))
    assert (code, done["receipts"], done["feedback"]) == (0, [], [])
    assert published(workspace) == first
