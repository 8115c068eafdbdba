"""Which worker runs which tests: a folder's stay together, so that what they share is made once; the longest go first.

xdist's own groups (``loadgroup``) are names behind an item's id, which pytest 9 passes over without a word: each worker
made every shared demo, template and night for itself.
"""

from typing import Final

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

LONGEST_FIRST: Final = (
    *(
        "demo",
        "nights",
        "walls",
        "edges",
        "custody",
        "libreoffice",
        "letters",
        "nightly",
        "issuing",
        "hostile",
        "audit",
    ),
    *("clock", "committee", "consolidation", "quiet", "arrival", "deadlines", "workbooks", "opening", "live", "rules"),
)


class ByFolder(LoadScopeScheduling):
    """A folder of tests is one piece of work."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.split("::", maxsplit=1)[0].split("/")[-2]

    def _assign_work_unit(self, node: WorkerController) -> None:
        longest = next((folder for folder in LONGEST_FIRST if folder in self.workqueue), None)
        if longest:
            self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)
