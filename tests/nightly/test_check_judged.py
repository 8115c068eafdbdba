"""``qms check`` of bytes that were submitted: what was told of them, and which version counts now (d13)."""

from pipeline.desk.checking import check_files
from pipeline.workspace import Workspace


def test_an_accepted_plan_is_not_returned_by_a_check_after_its_due_day(copy_of_demo: Workspace) -> None:
    """d13."""
    plans = sorted((copy_of_demo.inbox).rglob("BM-01*VLATLD*.xlsx"))
    checked = check_files(copy_of_demo, plans)
    accepted = [one for one in checked if one.verdict.is_accepted]
    assert accepted
    assert {code for one in accepted for code in (finding.code for finding in one.findings)}.isdisjoint({"C410"})
    assert all(one.submitted_at for one in accepted)
    assert "Bản này đang có hiệu lực." in [one.counting for one in accepted]
