"""Filled BM-01 of the demo's divisions."""

from collections.abc import Mapping

from pipeline.demo.filling import Row
from pipeline.demo.submissions import Forger


class Forms:
    """BM-01 of the divisions, each filled once a session."""

    def __init__(self, forger: Forger) -> None:
        self._forger = forger
        self._filled: dict[tuple[str, str], bytes] = {}

    def plan(self, division: str) -> bytes:
        """As it should be."""
        return self._of(division, "plan", {})

    def revised(self, division: str) -> bytes:
        """Another version of it."""
        return self._of(division, "revised", {"MT01": {"note": "Bản sửa"}})

    def spoilt(self, division: str) -> bytes:
        """Returned for one mistake."""
        return self._of(division, "spoilt", {"MT01": {"owner": None}})

    def _of(self, division: str, version: str, changes: Mapping[str, Row]) -> bytes:
        if (division, version) not in self._filled:
            self._filled[division, version] = self._forger.plan(division, changes)
        return self._filled[division, version]
