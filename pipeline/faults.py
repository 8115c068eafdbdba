"""Operator mistakes: a missing folder, a bad setting, a locked outbox. One typed error, one line (design 2.6)."""

from pipeline.findings import Finding, explain


class OperatorError(Exception):
    """Something that the secretary must put right before the work can go on. Exit code 3."""

    def __init__(self, code: str, **facts: object) -> None:
        """Name the catalogue's code and the facts that its words ask for."""
        self.finding = Finding(code, facts={name: str(fact) for name, fact in facts.items()})
        super().__init__(code)

    @property
    def line(self) -> str:
        """The fault in one Vietnamese line: what is wrong, what to do."""
        words = explain(self.finding)
        return f"{self.finding.code}: {words.problem} {words.fix}"
