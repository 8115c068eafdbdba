"""A workbook on the disk held to the rules of the committee's workbook."""

from pathlib import Path

from pipeline.compliance import NotAWorkbookError, Outcome, lint
from pipeline.faults import OperatorError
from pipeline.wording import say


def lint_file(path: Path) -> tuple[Outcome, ...]:
    """The outcome of every rule for the workbook at a path, wherever it lies.

    Raises:
        OperatorError: E820, there is no such file, or it is no workbook.
    """
    try:
        return lint(path.read_bytes())
    except OSError as error:
        raise OperatorError("E820", path=path, reason=error.strerror or error) from error
    except NotAWorkbookError as fault:
        raise OperatorError("E820", path=path, reason=say(f"compliance.reason.{fault}")) from fault
